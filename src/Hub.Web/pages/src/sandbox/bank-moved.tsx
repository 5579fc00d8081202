import type { Api } from '../shared/api.ts';
import { useTask } from '../shared/hooks.ts';
import { hubNow } from '../shared/hub-clock.ts';
import { formatMinor } from '../shared/money.ts';
import { sentenceFor } from '../shared/problem.ts';
import { sentence } from '../shared/status.tsx';
import { Button, Notice } from '../shared/ui.tsx';
import { shortWhen } from '../shared/when.ts';
import { Lines } from './bank-lines.tsx';
import { movedLinesOf, type Bank, type BookKey, type MovedEntry } from './books.ts';

interface Props {
  api: Api;
  bank: Bank;
  entry: MovedEntry;
  keys: BookKey[];
  onChanged: () => void;
}

/** One payment from a bank account, and the buttons by which a developer lets it clear or go back. */
export function MovedEntryView({ api, bank, entry, keys, onChanged }: Props) {
  const task = useTask();
  const moved = entry.object;
  const act = (path: string) => task.run(async () => {
    await api.post(`${bank.actions}/${moved.id}/${path}`, {});
    onChanged();
  });
  const atNetBank = bank.name === 'sandbox_netbank';
  return (
    <li class="panel book-entry" data-testid={`moved-${moved.id}`}>
      <div class="spread">
        <span><b>{formatMinor(moved.amount, moved.currency)}</b> to {entry.payee}</span>
        <small class="muted">{shortWhen(entry.at, hubNow())}</small>
      </div>
      <p class="muted small">{atNetBank ? `From ${sentence(entry.account)}` : `Account ending in ${entry.account}`} · <span class="mono">{moved.reference}</span></p>
      <Lines of={moved.id} lines={movedLinesOf(entry, keys, atNetBank ? 'Order' : 'Debit')} currency={moved.currency} />
      <div class="book-actions">
        {moved.status === 'accepted' && <Button testid={`clear-${moved.id}`} kind="secondary" busy={task.busy} onPress={() => act('clear')}>Clear it</Button>}
        {(moved.status === 'accepted' || moved.status === 'cleared') && <Button testid={`return-${moved.id}`} kind="plain" busy={task.busy} onPress={() => act('return')}>Return it unpaid</Button>}
        {moved.status === 'succeeded' && <Button testid={`recall-${moved.id}`} kind="plain" busy={task.busy} onPress={() => act('recall')}>Take the money back</Button>}
      </div>
      {task.error !== null && <Notice tone="bad">{sentenceFor(task.error)}</Notice>}
    </li>
  );
}
