import { useEffect, useState } from 'preact/hooks';
import { isCard, bankName } from '../shared/instrument.ts';
import { BankIcon } from '../shared/icons.tsx';
import type { Bank, Payment } from '../shared/types.ts';
import { Spinner } from '../shared/ui.tsx';
import type { StepProps } from './step-props.ts';
import { t } from '../words/words.ts';

/** Which visit to the bank has begun: whoever comes back from one waits for its answer. Kept in this tab, as the session is. */
const visitOf = (payment: Payment) => `omnihub.bank.${payment.attempts.at(-1)?.id}`;

/** The bank wants to see the customer on its own page: to approve a card, or to sign in and pay. */
export function BankStep({ payment, banks }: StepProps) {
  const [back] = useState(() => sessionStorage.getItem(visitOf(payment)) !== null);
  const bank = netBankOf(payment, banks);
  const url = payment.next_action ? withReturn(payment.next_action.url) : null;
  const leave = () => sessionStorage.setItem(visitOf(payment), 'begun');
  if (back) return (
    <div class="stack waiting" data-testid="waiting-for-bank">
      <span class="waiting-icon"><Spinner /></span>
      <h2>{t.checkout.bank.waiting(bank ?? t.checkout.bank.yourBank)}</h2>
      <p class="muted">{t.checkout.bank.waitingText}</p>
      {url && <a class="button button-plain" href={url} onClick={leave} data-testid="bank-page">{t.checkout.bank.notFinished}</a>}
    </div>
  );
  return (
    <div class="stack waiting">
      <span class="waiting-icon"><BankIcon size={28} /></span>
      <h2>{bank ? t.checkout.bank.signIn(bank) : t.checkout.bank.question}</h2>
      <p class="muted">{bank ? t.checkout.bank.ownPage : t.checkout.bank.approve}</p>
      {url && <a class="button button-primary button-wide" href={url} onClick={leave} data-testid="bank-page">{t.checkout.bank.go(bank ?? t.checkout.bank.yourBank)}</a>}
    </div>
  );
}

function netBankOf(payment: Payment, banks: readonly Bank[] | null): string | null {
  const instrument = payment.attempts.at(-1)?.instrument;
  return instrument?.type === 'bank_account' ? bankName(instrument.brand, banks ?? []) : null;
}

/** The bank's page in this very tab, and the way back: the session lives in this tab alone. */
function withReturn(url: string): string {
  const bank = new URL(url, location.href);
  bank.searchParams.set('return', location.pathname);
  return bank.href;
}

/** Milliseconds between two looks at a payment that is being worked on. */
const lookAgain = 10_000;

/** Nothing to do but wait; the hub says when. */
export function WorkingStep({ journey, payment, banks }: StepProps) {
  // What concerns the staff alone is not pushed to a customer; that a person has taken the payment up shows all the same.
  useEffect(() => {
    const timer = setInterval(journey.refresh, lookAgain);
    return () => clearInterval(timer);
  }, [journey.refresh]);
  return (
    <div class="stack waiting" data-testid="working">
      <span class="waiting-icon"><Spinner /></span>
      <h2>{title(payment, banks)}</h2>
      <p class="muted">{t.checkout.working.text}</p>
    </div>
  );
}

function title(payment: Payment, banks: readonly Bank[] | null): string {
  if (payment.status === 'requires_review' || payment.case !== null) return t.checkout.working.review;
  const instrument = payment.attempts.at(-1)?.instrument;
  const card = !instrument || isCard(instrument);
  switch (payment.confirmation?.status) {
    case 'matched': return card || instrument.type === 'ecash' ? t.checkout.working.taking : t.checkout.working.asking(netBankOf(payment, banks) ?? t.checkout.bank.yourBank);
    case 'rejected': case 'exhausted': case 'expired': return card ? t.checkout.working.releasing : t.checkout.working.stopping;
    default: return card ? t.checkout.working.askingBank : t.checkout.working.preparing;
  }
}
