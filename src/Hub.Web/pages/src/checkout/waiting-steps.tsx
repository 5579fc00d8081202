import { BankIcon } from '../shared/icons.tsx';
import { Spinner } from '../shared/ui.tsx';
import type { StepProps } from './step-props.ts';

/** The bank wants to see the customer on its own page. */
export function BankStep({ payment }: StepProps) {
  return (
    <div class="stack waiting">
      <span class="waiting-icon"><BankIcon size={28} /></span>
      <h2>Your bank has a question</h2>
      <p class="muted">It asks you to approve this card on its own page. It brings you back here afterwards.</p>
      {payment.next_action && (
        <a class="button button-primary button-wide" href={withReturn(payment.next_action.url)} data-testid="bank-page">Continue at your bank</a>
      )}
    </div>
  );
}

/** The bank's page in this very tab, and the way back: the session lives in this tab alone. */
function withReturn(url: string): string {
  const bank = new URL(url, location.href);
  bank.searchParams.set('return', location.pathname);
  return bank.href;
}

/** Nothing to do but wait; the hub says when. */
export function WorkingStep({ payment }: StepProps) {
  return (
    <div class="stack waiting" data-testid="working">
      <span class="waiting-icon"><Spinner /></span>
      <h2>{title(payment)}</h2>
      <p class="muted">This page follows by itself. You may close it: nothing is lost, and nothing is charged twice.</p>
    </div>
  );
}

function title(payment: StepProps['payment']): string {
  if (payment.status === 'requires_review' || payment.case !== null) return 'Somebody is looking at this payment';
  switch (payment.confirmation?.status) {
    case 'matched': return 'Confirmed. Taking the payment…';
    case 'rejected': case 'exhausted': case 'expired': return 'Releasing your card…';
    default: return 'Asking your bank…';
  }
}
