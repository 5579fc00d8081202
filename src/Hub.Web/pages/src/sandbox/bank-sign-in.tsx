import { useState } from 'preact/hooks';
import type { Api } from '../shared/api.ts';
import { useLoaded, useTask } from '../shared/hooks.ts';
import { BankIcon, CheckIcon, CrossIcon } from '../shared/icons.tsx';
import { formatMinor } from '../shared/money.ts';
import { sentenceFor } from '../shared/problem.ts';
import { Button, Empty, Field, Notice } from '../shared/ui.tsx';

interface Door {
  status: string;
  bank: string;
  number: string;
  password: string;
  hint: string;
  back: string | null;
}

interface Seen {
  session: string;
  payee: string;
  amount: number;
  currency: string;
  reference: string;
}

/** The page of a customer's own bank: nothing is seen or sent before its own number and password. */
export function SignInAtBank({ api, order }: { api: Api; order: string }) {
  const root = `/sandbox/api/banks/net/orders/${encodeURIComponent(order)}`;
  const door = useLoaded(() => api.get<Door>(root), order);
  const [seen, setSeen] = useState<Seen | null>(null);
  const [lost, setLost] = useState(false);
  if (!door.value) {
    return door.error === null ? <p class="muted" role="status">One moment…</p> : <div class="panel" data-testid="order-unknown"><h1 class="hidden">Your bank</h1><Empty icon={<BankIcon size={26} />} title="The bank knows nothing of this">{sentenceFor(door.error)}</Empty></div>;
  }
  const { status, bank } = door.value;
  const open = status === 'requires_action';
  return (
    <section class="panel question stack" aria-labelledby="order-title" data-testid="order" data-status={status}>
      <span class="question-mark">{open ? <BankIcon size={28} /> : status === 'succeeded' ? <CheckIcon size={28} /> : <CrossIcon size={28} />}</span>
      <div aria-live="polite">
        <h1 id="order-title">{bank}</h1>
        <p class="muted">{open ? (seen ? 'Is this what you want to pay?' : 'Sign in to see and answer the order.') : status === 'succeeded' ? 'You paid.' : status === 'returned' ? 'The money went back to you.' : 'Nothing was paid.'}</p>
      </div>
      {open && !seen && <SignIn api={api} root={root} door={door.value} onSeen={setSeen} onEnd={door.reload} />}
      {open && seen && <Answer api={api} root={root} seen={seen} onLost={() => { setLost(true); door.reload(); }} />}
      {lost && <Notice tone="warn" testid="return-lost">This bank sends you nowhere and tells nobody. The hub finds out by asking.</Notice>}
      {!open && door.value.back && /^\/checkout\/pay_[0-9a-z]+$/.test(door.value.back) && <a class="button button-primary button-wide" href={door.value.back} data-testid="order-back">Back to the checkout</a>}
    </section>
  );
}

function SignIn(props: { api: Api; root: string; door: Door; onSeen: (seen: Seen) => void; onEnd: () => void }) {
  const [customer, setCustomer] = useState('');
  const [password, setPassword] = useState('');
  const task = useTask();
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => {
      try {
        props.onSeen(await props.api.post<Seen>(`${props.root}/sign-in`, { customer, password }));
      } catch (refused) {
        setPassword('');
        props.onEnd();
        throw refused;
      }
    });
  };
  return (
    <form class="stack" onSubmit={submit}>
      <Field label="Customer number" testid="order-customer" value={customer} onValue={setCustomer} inputMode="numeric" autoComplete="off" required />
      <Field label="Password" type="password" testid="order-password" value={password} onValue={setPassword} autoComplete="off" required />
      {task.error !== null && <Notice tone="bad" testid="order-problem">{sentenceFor(task.error)}</Notice>}
      <Button type="submit" testid="order-sign-in" wide busy={task.busy}>Sign in</Button>
      <p class="muted small" data-testid="order-hint">Sandbox: customer <code>{props.door.number}</code>, password <code>{props.door.password}</code>. {props.door.hint}</p>
    </form>
  );
}

function Answer(props: { api: Api; root: string; seen: Seen; onLost: () => void }) {
  const task = useTask();
  const { seen } = props;
  const answer = (given: 'approve' | 'deny') => task.run(async () => {
    const after = await props.api.post<{ status: string; return_to: string | null }>(`${props.root}/answer`, { answer: given, session: seen.session });
    if (after.return_to) location.assign(after.return_to);
    else props.onLost();
  });
  return (
    <>
      <dl class="question-facts">
        <div><dt>Amount</dt><dd class="strong">{formatMinor(seen.amount, seen.currency)}</dd></div>
        <div><dt>To</dt><dd class="strong">{seen.payee}</dd></div>
        <div><dt>Reference</dt><dd class="mono small">{seen.reference}</dd></div>
      </dl>
      {task.error !== null && <Notice tone="bad" testid="order-problem">{sentenceFor(task.error)}</Notice>}
      <div class="question-answers">
        <Button testid="order-approve" wide busy={task.busy} onPress={() => answer('approve')}>Pay</Button>
        <Button testid="order-deny" kind="danger" wide busy={task.busy} onPress={() => answer('deny')}>Do not pay</Button>
      </div>
    </>
  );
}
