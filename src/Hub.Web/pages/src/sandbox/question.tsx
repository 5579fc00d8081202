import type { Api } from '../shared/api.ts';
import { useTask } from '../shared/hooks.ts';
import { BankIcon, CheckIcon, CrossIcon } from '../shared/icons.tsx';
import { formatMinor } from '../shared/money.ts';
import { sentenceFor } from '../shared/problem.ts';
import { Button, Notice } from '../shared/ui.tsx';
import type { Bank, BookEntry } from './books.ts';

interface Props {
  api: Api;
  bank: Bank;
  entry: BookEntry;
  /** Where the checkout waits; null when nobody came from one. */
  back: string | null;
  onAnswered: () => void;
}

/** What a bank asks its customer before it lets a card pay, and the way back to the shop's checkout. */
export function Question({ api, bank, entry, back, onAnswered }: Props) {
  const { authorization } = entry;
  const task = useTask();
  const answer = (given: 'approve' | 'deny') => task.run(async () => {
    await api.post(`${bank.actions}/authorizations/${encodeURIComponent(authorization.id)}/answer`, { answer: given });
    onAnswered();
  });
  const open = authorization.status === 'requires_action';
  return (
    <section class="panel question stack" aria-labelledby="question-title" data-testid="question" data-status={authorization.status}>
      <span class="question-mark">{open ? <BankIcon size={28} /> : authorization.status === 'declined' ? <CrossIcon size={28} /> : <CheckIcon size={28} />}</span>
      <div aria-live="polite">
        <h1 id="question-title">{title(authorization.status)}</h1>
        <p class="muted">{open ? 'The sandbox bank asks you before this card pays.' : 'That is all the bank wanted to know.'}</p>
      </div>
      <dl class="question-facts">
        <div><dt>Amount</dt><dd class="strong">{formatMinor(authorization.amount, authorization.currency)}</dd></div>
        <div><dt>To</dt><dd class="strong">{entry.payee}</dd></div>
        <div><dt>Card</dt><dd>•••• {entry.last4}</dd></div>
      </dl>
      {task.error !== null && <Notice tone="bad" testid="question-problem">{sentenceFor(task.error)}</Notice>}
      {open && (
        <div class="question-answers">
          <Button testid="bank-approve" wide busy={task.busy} onPress={() => answer('approve')}>Approve</Button>
          <Button testid="bank-deny" kind="danger" wide busy={task.busy} onPress={() => answer('deny')}>Deny</Button>
        </div>
      )}
      {back && <a class={`button button-wide ${open ? 'button-plain' : 'button-primary'}`} href={back} data-testid="bank-back">Back to the checkout</a>}
    </section>
  );
}

function title(status: string): string {
  switch (status) {
    case 'requires_action': return 'Is this you?';
    case 'declined': return 'You said no';
    default: return 'You said yes';
  }
}
