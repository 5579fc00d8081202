import { useRef, useState } from 'preact/hooks';
import { useTask } from '../shared/hooks.ts';
import { hubNow, useTick } from '../shared/hub-clock.ts';
import { ChatIcon, MailIcon, PhoneIcon } from '../shared/icons.tsx';
import { formatAmount } from '../shared/money.ts';
import { OnceMore } from '../shared/once-more.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import type { Customer, Payment } from '../shared/types.ts';
import { Button, Field, Notice } from '../shared/ui.tsx';
import { countdown } from '../shared/when.ts';
import { t } from '../words/words.ts';
import { openChat } from '../chat/corner.tsx';
import { cameTooLate } from './late.ts';
import { SandboxHint } from './sandbox-hint.tsx';
import type { Journey } from './use-journey.ts';

interface Props {
  /** What of a journey an answer needs, so that other pages can ask as well. */
  journey: Pick<Journey, 'api' | 'setPayment' | 'wasAnswered'>;
  payment: Payment;
  customer: Customer;
  sandbox: boolean;
}

type Answer = { answer: 'approve'; code: string } | { answer: 'reject'; reason?: 'not_me' };

/** The customer's yes or no to one amount and one payee; any channel may answer, this page follows. */
export function ConfirmStep({ journey, payment, customer, sandbox }: Props) {
  const [code, setCode] = useState('');
  const [asksWhy, setAsksWhy] = useState(false);
  const approve = useTask();
  const reject = useTask();
  const once = useRef(new OnceMore<Answer>());
  const answer = (given: Answer) => async () => {
    try {
      journey.setPayment(await once.current.run(JSON.stringify(given), async () => given,
        (body, key) => journey.api.post<Payment>(`/v1/payments/${payment.id}/confirmation`, body, { key })));
    } catch (error) {
      // Whoever lost the race is told what happened, not that something failed.
      if (!cameTooLate(error)) throw error;
      journey.wasAnswered();
    }
  };
  const channel = payment.confirmation?.channel ?? customer.confirmation.method;
  return (
    <div class="stack">
      <div class="confirm-top">
        <span class="waiting-icon">{channel === 'email' ? <MailIcon size={28} /> : channel === 'chat' ? <ChatIcon size={28} /> : <PhoneIcon size={28} />}</span>
        <div>
          <h2>{channel === 'email' ? t.checkout.confirm.byMail : channel === 'chat' ? t.checkout.confirm.byChat : t.checkout.confirm.byPhone}</h2>
          <p class="muted" data-testid="confirm-sent-to">{sentText(payment, customer)}</p>
        </div>
      </div>
      <dl class="facts confirm-facts">
        <div><dt>{t.checkout.confirm.amount}</dt><dd class="strong" data-testid="confirm-amount">{formatAmount(payment.amount)}</dd></div>
        <div><dt>{t.checkout.confirm.to}</dt><dd class="strong" data-testid="confirm-payee">{payment.merchant.name}</dd></div>
        <div><dt>{t.checkout.confirm.timeLeft}</dt><dd><TimeLeft until={payment.confirmation?.expires_at ?? null} /></dd></div>
      </dl>
      {sandbox && channel !== 'chat' && <SandboxHint channel={channel} />}
      {channel === 'chat' ? <Button testid="confirm-open-chat" wide big onPress={openChat}><ChatIcon /> {t.checkout.confirm.openChat}</Button> : <form class="stack" onSubmit={(event) => { event.preventDefault(); if (code.length === 6) void approve.run(answer({ answer: 'approve', code })).then(() => setCode('')); }}>
        <Field label={channel === 'email' ? t.checkout.confirm.codeOfMail : t.checkout.confirm.codeOfMessage} testid="confirm-code" class="code" value={code}
          onValue={(v) => { setCode(v.replace(/\D/g, '').slice(0, 6)); approve.clear(); }} problem={answerError(approve.error, payment)}
          inputMode="numeric" autoComplete="one-time-code" pattern="[0-9]{6}" maxLength={6} />
        <Button testid="confirm-approve" type="submit" wide big busy={approve.busy} disabled={code.length !== 6}>{t.checkout.confirm.approve}</Button>
      </form>}
      {reject.error !== null && <Notice tone="bad" testid="reject-problem">{sentenceFor(reject.error)}</Notice>}
      {asksWhy ? (
        <div class="reject stack" data-testid="reject-choice">
          <h3>{t.checkout.confirm.whyReject}</h3>
          <Button testid="reject-changed-mind" kind="secondary" wide busy={reject.busy} onPress={() => reject.run(answer({ answer: 'reject' }))}>{t.checkout.confirm.differently}</Button>
          <Button testid="reject-not-me" kind="danger" wide busy={reject.busy} onPress={() => reject.run(answer({ answer: 'reject', reason: 'not_me' }))}>{t.checkout.confirm.notMe}</Button>
          <Button testid="reject-back" kind="plain" onPress={() => setAsksWhy(false)}>{t.back}</Button>
        </div>
      ) : <Button testid="reject" kind="danger" wide big onPress={() => setAsksWhy(true)}>{t.checkout.confirm.reject}</Button>}
      <Resend journey={journey} payment={payment} customer={customer} />
    </div>
  );
}

function Resend({ journey, payment, customer }: Omit<Props, 'sandbox'>) {
  const task = useTask();
  const [sent, setSent] = useState(false);
  const now = payment.confirmation?.channel ?? customer.confirmation.method;
  const others = [...new Set(customer.addresses.filter((a) => a.verified && a.channel !== now).map((a) => a.channel))];
  const send = (channel: string | null) => task.run(async () => {
    setSent(false);
    try {
      const next = await journey.api.post<Payment | undefined>(`/v1/payments/${payment.id}/confirmation/resend`, channel ? { channel } : {});
      if (next?.version) journey.setPayment(next);
    } catch (error) {
      if (!cameTooLate(error)) throw error;
      return journey.wasAnswered();
    }
    setSent(true);
  });
  return (
    <div>
      <div class="row resend">
        <span class="muted small">{t.checkout.confirm.nothing}</span>
        <Button testid="resend" kind="plain" busy={task.busy} onPress={() => send(null)}>{t.sendAgain}</Button>
        {others.filter((other) => other in t.checkout.confirm.instead).map((other) => (
          <Button key={other} testid={`resend-${other}`} kind="plain" busy={task.busy} onPress={() => send(other)}>{t.checkout.confirm.instead[other]}</Button>
        ))}
      </div>
      <p class="small muted" role="status" data-testid="resend-result">{sent ? t.checkout.confirm.sentAgain : null}</p>
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
  // Its buttons are the answer; there is no code to type.
  if (channel === 'chat') return t.checkout.confirm.inChat;
  const to = customer.addresses.find((a) => a.channel === channel)?.display ?? null;
  const what = t.checkout.confirm.what[channel] ?? t.checkout.confirm.what['sms']!;
  // A mailbox cannot answer for a payment: its code is typed here.
  return confirmation?.status === 'created' ? t.checkout.confirm.sending(what) : t.checkout.confirm.sent(what, to, channel === 'email');
}

function answerError(error: unknown, payment: Payment): string | null {
  if (error === null) return null;
  if (!(error instanceof ApiProblem) || error.code !== 'wrong_code') return sentenceFor(error);
  const wrong = payment.confirmation?.wrong_answers ?? 0;
  return wrong > 0 ? t.checkout.confirm.wrong(wrong) : t.checkout.confirm.wrongNewest;
}
