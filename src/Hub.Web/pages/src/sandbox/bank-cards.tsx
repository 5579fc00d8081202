import type { Api } from '../shared/api.ts';
import { useTask } from '../shared/hooks.ts';
import { hubNow } from '../shared/hub-clock.ts';
import { formatMinor } from '../shared/money.ts';
import { sentenceFor } from '../shared/problem.ts';
import { Button, Notice } from '../shared/ui.tsx';
import { shortWhen } from '../shared/when.ts';
import { Lines } from './bank-lines.tsx';
import { linesOf, type Bank, type BookEntry, type BookKey } from './books.ts';

interface Props {
  api: Api;
  bank: Bank;
  entry: BookEntry;
  keys: BookKey[];
  onChanged: () => void;
}

/** One authorization in a card bank's books, and what a developer may do to it in the bank's name. */
export function CardEntry({ api, bank, entry, keys, onChanged }: Props) {
  const task = useTask();
  const { authorization } = entry;
  const act = (path: string, body: unknown = {}) => task.run(async () => {
    await api.post(`/sandbox/api/banks/cards/${bank.name}/${path}`, body);
    onChanged();
  });
  const open = entry.disputes.filter((one) => one.dispute.status === 'needs_response' || one.dispute.status === 'under_review');
  const disputed = new Set(entry.disputes.map((one) => one.dispute.capture));
  return (
    <li class="panel book-entry" data-testid={`authorization-${authorization.id}`}>
      <div class="spread">
        <span><b>{formatMinor(authorization.amount, authorization.currency)}</b> to {entry.payee}</span>
        <small class="muted">{shortWhen(entry.at, hubNow())}</small>
      </div>
      <p class="muted small">Card ending in {entry.last4} · <span class="mono">{authorization.reference}</span></p>
      <Lines of={authorization.id} lines={linesOf(entry, keys)} currency={authorization.currency} />
      {entry.disputes.filter((one) => one.evidence).map((one) => <p key={one.dispute.id} class="small">The merchant says: “{one.evidence}”</p>)}
      <div class="book-actions">
        {open.map((one) => (
          <span key={one.dispute.id}>
            <Button testid={`dispute-win-${one.dispute.id}`} kind="secondary" busy={task.busy} onPress={() => act(`disputes/${one.dispute.id}/decide`, { won: true })}>Decide for the merchant</Button>
            <Button testid={`dispute-lose-${one.dispute.id}`} kind="plain" busy={task.busy} onPress={() => act(`disputes/${one.dispute.id}/decide`, { won: false })}>For the customer</Button>
          </span>
        ))}
        {entry.captures.filter((one) => one.status === 'succeeded' && !disputed.has(one.id)).map((one) => (
          <Button key={one.id} testid={`dispute-${one.id}`} kind="plain" busy={task.busy} onPress={() => act(`captures/${one.id}/dispute`)}>Dispute the capture</Button>
        ))}
      </div>
      {task.error !== null && <Notice tone="bad">{sentenceFor(task.error)}</Notice>}
    </li>
  );
}
