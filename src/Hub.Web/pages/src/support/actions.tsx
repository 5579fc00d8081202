import { useRef, useState } from 'preact/hooks';
import type { Api } from '../shared/api.ts';
import { useTask } from '../shared/hooks.ts';
import { decimalsOf, formatMinor, parseMinor, toDecimal } from '../shared/money.ts';
import { OnceMore } from '../shared/once-more.ts';
import { sentenceFor } from '../shared/problem.ts';
import { minorOf, type Payment } from '../shared/types.ts';
import { Button, Field, Notice } from '../shared/ui.tsx';

type ActionId = 'resend' | 'capture' | 'cancel' | 'refund';

interface Action {
  id: ActionId;
  name: string;
  path: string;
  question: string;
  danger?: boolean;
  /** The most that may be moved, in minor units; null where no amount is asked. */
  most: number | null;
}

/** What the hub allows now, each behind a question. */
export function Actions(props: { api: Api; payment: Payment; onDone: (payment: Payment) => void }) {
  const [open, setOpen] = useState<Action | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const actions = actionsOf(props.payment);
  return (
    <>
      <div class="row journey-actions">
        {actions.map((action) => (
          <button key={action.id} type="button" class={`button button-small ${action.danger ? 'button-danger' : 'button-secondary'}`}
            data-testid={`action-${action.id}`} onClick={() => { setDone(null); setOpen(action); }}>{action.name}</button>
        ))}
        <span class="muted small" role="status" data-testid="action-done">{done ?? (actions.length === 0 ? 'Nothing to do here.' : null)}</span>
      </div>
      {open && <Ask key={open.id} action={open} api={props.api} payment={props.payment} onClose={() => setOpen(null)}
        onDone={(payment) => { setDone(`${open.name}: done.`); setOpen(null); if (payment) props.onDone(payment); }} />}
    </>
  );
}

function Ask(props: { action: Action; api: Api; payment: Payment; onClose: () => void; onDone: (payment: Payment | null) => void }) {
  const { action, payment } = props;
  const currency = payment.amount.currency;
  const [text, setText] = useState(action.most === null ? '' : toDecimal(action.most, currency));
  const [problem, setProblem] = useState<string | null>(null);
  const once = useRef(new OnceMore<object>());
  const task = useTask();
  const press = () => {
    const amount = action.most === null ? null : parseMinor(text, currency);
    if (action.most !== null && (amount === null || amount <= 0)) return setProblem(amountHint(currency));
    if (action.most !== null && amount! > action.most) return setProblem(`At most ${formatMinor(action.most, currency)}.`);
    const body = amount === null ? {} : { amount };
    void task.run(async () => {
      const answer = await once.current.run(JSON.stringify(body), async () => body,
        (kept, key) => props.api.post<Payment | { object?: string } | undefined>(`/v1/payments/${payment.id}/${action.path}`, kept, { key }));
      props.onDone((answer as { object?: string } | undefined)?.object === 'payment' ? (answer as Payment) : null);
    });
  };
  return (
    <dialog ref={(dialog: HTMLDialogElement | null) => { if (dialog && !dialog.open) dialog.showModal(); }} onClose={props.onClose} aria-labelledby="ask-title" data-testid="dialog">
      <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); press(); }}>
        <h2 id="ask-title">{action.name}?</h2>
        <p class="muted">{action.question}</p>
        {action.most !== null && (
          <Field label={`Amount in ${currency}`} testid="action-amount" value={text} inputMode="decimal" problem={problem}
            hint={`Up to ${formatMinor(action.most, currency)}.`} onValue={(value) => { setText(value); setProblem(null); }} />
        )}
        {task.error !== null && <Notice tone="bad" testid="action-problem">{sentenceFor(task.error)}</Notice>}
        <div class="row dialog-buttons">
          <Button testid="action-back" kind="secondary" onPress={props.onClose}>Go back</Button>
          <Button testid="action-confirm" type="submit" kind={action.danger ? 'danger' : 'primary'} busy={task.busy}>{action.name}</Button>
        </div>
      </form>
    </dialog>
  );
}

function actionsOf(payment: Payment): Action[] {
  const currency = payment.amount.currency;
  const captured = minorOf(payment.amount_captured);
  const refundable = captured - minorOf(payment.amount_refunded) - inFlight(payment);
  const capturable = (minorOf(payment.amount_authorized) || payment.amount.amount) - captured;
  const all: (Action | false)[] = [
    (payment.status === 'awaiting_confirmation' || payment.allowed_actions.includes('resend')) && {
      id: 'resend', name: 'Send again', path: 'confirmation/resend', most: null,
      question: 'The customer gets the confirmation once more. Wrong answers stay counted.' },
    payment.allowed_actions.includes('capture') && {
      id: 'capture', name: 'Capture', path: 'captures', most: capturable,
      question: `Takes money that the customer has confirmed: up to ${formatMinor(capturable, currency)}.` },
    payment.allowed_actions.includes('refund') && refundable > 0 && {
      id: 'refund', name: 'Refund', path: 'refunds', most: refundable,
      question: 'The money goes back to the card it came from. This cannot be taken back.' },
    payment.allowed_actions.includes('cancel') && {
      id: 'cancel', name: 'Cancel payment', path: 'cancel', most: null, danger: true,
      question: 'What is held on the card is released first. The customer is told. This cannot be taken back.' },
  ];
  return all.filter((action): action is Action => action !== false);
}

/** Refunds that have begun and not ended count against what is left. */
function inFlight(payment: Payment): number {
  return payment.refunds.filter((refund) => ['requires_review', 'pending', 'unknown'].includes(refund.status))
    .reduce((sum, refund) => sum + minorOf(refund.amount), 0);
}

function amountHint(currency: string): string {
  const decimals = decimalsOf(currency);
  return decimals === 0 ? 'Enter a whole amount.' : `Enter an amount such as 12.${'5'.padEnd(decimals, '0')}.`;
}
