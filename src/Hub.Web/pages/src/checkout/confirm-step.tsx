import { useRef, useState } from 'preact/hooks';
import { useTask } from '../shared/hooks.ts';
import { hubNow, useTick } from '../shared/hub-clock.ts';
import { MailIcon, PhoneIcon } from '../shared/icons.tsx';
import { formatAmount } from '../shared/money.ts';
import { OnceMore } from '../shared/once-more.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import type { Customer, Payment } from '../shared/types.ts';
import { Button, Field, Notice } from '../shared/ui.tsx';
import { countdown } from '../shared/when.ts';
import { SandboxHint } from './sandbox-hint.tsx';
import type { StepProps } from './step-props.ts';

type Answer = { answer: 'approve'; code: string } | { answer: 'reject'; reason?: 'not_me' };

/** The customer's yes or no to one amount and one payee; any channel may answer, this page follows. */
export function ConfirmStep({ journey, payment, customer, sandbox }: StepProps & { sandbox: boolean }) {
  const [code, setCode] = useState('');
  const [asksWhy, setAsksWhy] = useState(false);
  const approve = useTask();
  const reject = useTask();
  const once = useRef(new OnceMore<Answer>());
  const answer = (given: Answer) => async () => {
    journey.setPayment(await once.current.run(JSON.stringify(given), async () => given,
      (body, key) => journey.api.post<Payment>(`/v1/payments/${payment.id}/confirmation`, body, { key })));
  };
  const channel = payment.confirmation?.channel ?? customer.confirmation.method;
  return (
    <div class="stack">
      <div class="confirm-top">
        <span class="waiting-icon">{channel === 'email' ? <MailIcon size={28} /> : <PhoneIcon size={28} />}</span>
        <div>
          <h2>{channel === 'email' ? 'Confirm from your mailbox' : 'Confirm on your phone'}</h2>
          <p class="muted" data-testid="confirm-sent-to">{sentText(payment, customer)}</p>
        </div>
      </div>
      <dl class="facts confirm-facts">
        <div><dt>Amount</dt><dd class="strong" data-testid="confirm-amount">{formatAmount(payment.amount)}</dd></div>
        <div><dt>To</dt><dd class="strong" data-testid="confirm-payee">{payment.merchant.name}</dd></div>
        <div><dt>Time left</dt><dd><TimeLeft until={payment.confirmation?.expires_at ?? null} /></dd></div>
      </dl>
      {sandbox && <SandboxHint channel={channel} />}
      <form class="stack" onSubmit={(event) => { event.preventDefault(); if (code.length === 6) void approve.run(answer({ answer: 'approve', code })).then(() => setCode('')); }}>
        <Field label={channel === 'email' ? 'The six-digit code from the e-mail' : 'Or type the six-digit code from the message'} testid="confirm-code" class="code" value={code}
          onValue={(v) => { setCode(v.replace(/\D/g, '').slice(0, 6)); approve.clear(); }} problem={answerError(approve.error, payment)}
          inputMode="numeric" autoComplete="one-time-code" pattern="[0-9]{6}" maxLength={6} />
        <Button testid="confirm-approve" type="submit" wide busy={approve.busy} disabled={code.length !== 6}>Confirm the payment</Button>
      </form>
      <Resend journey={journey} payment={payment} customer={customer} />
      {reject.error !== null && <Notice tone="bad" testid="reject-problem">{sentenceFor(reject.error)}</Notice>}
      {asksWhy ? (
        <div class="reject stack" data-testid="reject-choice">
          <h3>Why do you reject it?</h3>
          <Button testid="reject-changed-mind" kind="secondary" wide busy={reject.busy} onPress={() => reject.run(answer({ answer: 'reject' }))}>I want to pay differently</Button>
          <Button testid="reject-not-me" kind="danger" wide busy={reject.busy} onPress={() => reject.run(answer({ answer: 'reject', reason: 'not_me' }))}>I did not order this</Button>
          <Button testid="reject-back" kind="plain" onPress={() => setAsksWhy(false)}>Go back</Button>
        </div>
      ) : <Button testid="reject" kind="danger" wide onPress={() => setAsksWhy(true)}>Reject this payment</Button>}
    </div>
  );
}

function Resend({ journey, payment, customer }: { journey: StepProps['journey']; payment: Payment; customer: Customer }) {
  const task = useTask();
  const [sent, setSent] = useState<string | null>(null);
  const now = payment.confirmation?.channel ?? customer.confirmation.method;
  const other = customer.addresses.find((a) => a.verified && a.channel !== now);
  const send = (channel: string | null) => task.run(async () => {
    setSent(null);
    const next = await journey.api.post<Payment | undefined>(`/v1/payments/${payment.id}/confirmation/resend`, channel ? { channel } : {});
    if (next?.version) journey.setPayment(next);
    setSent('Sent again. The newest message counts; so do the codes already sent.');
  });
  return (
    <div>
      <div class="row resend">
        <span class="muted small">Nothing arrived?</span>
        <Button testid="resend" kind="plain" busy={task.busy} onPress={() => send(null)}>Send again</Button>
        {other && (
          <Button testid={`resend-${other.channel}`} kind="plain" busy={task.busy} onPress={() => send(other.channel)}>
            {other.channel === 'email' ? 'Send an e-mail instead' : 'Send a text message instead'}
          </Button>
        )}
      </div>
      <p class="small muted" role="status" data-testid="resend-result">{sent}</p>
      {task.error !== null && <Notice tone="bad" testid="resend-problem">{sentenceFor(task.error)}</Notice>}
    </div>
  );
}

function TimeLeft({ until }: { until: string | null }) {
  useTick(500);
  if (until === null) return <>–</>;
  const left = Date.parse(until) - hubNow();
  return <span role="timer" class={left < 60_000 ? 'time-left late' : 'time-left'} data-testid="confirm-time-left">{countdown(left)}</span>;
}

function sentText(payment: Payment, customer: Customer): string {
  const confirmation = payment.confirmation;
  const channel = confirmation?.channel ?? customer.confirmation.method;
  const to = customer.addresses.find((a) => a.channel === channel)?.display;
  const what = channel === 'email' ? 'an e-mail' : 'a text message';
  if (confirmation?.status === 'created') return `We are sending you ${what}…`;
  // A mailbox cannot answer for a payment: its code is typed here.
  const how = channel === 'email' ? 'Type its code below.' : 'Answer it there, or type its code below.';
  return to ? `We sent ${what} to ${to}. ${how}` : `We sent you ${what}. ${how}`;
}

function answerError(error: unknown, payment: Payment): string | null {
  if (error === null) return null;
  if (!(error instanceof ApiProblem)) return sentenceFor(error);
  if (error.code === 'already_answered') return 'This payment has already been answered on another channel.';
  if (error.code !== 'wrong_code') return sentenceFor(error);
  const wrong = payment.confirmation?.wrong_answers ?? 0;
  return wrong > 0 ? `That code does not match. ${wrong} of 5 wrong answers used.` : 'That code does not match. Check the newest message.';
}
