import { t } from '../words/words.ts';
import { minorOf, type Payment, type PaymentStatus } from './types.ts';

type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

const payment: Record<PaymentStatus, Tone> = {
  requires_payment_method: 'quiet', requires_action: 'info', processing: 'info', awaiting_confirmation: 'warn', requires_review: 'warn',
  requires_capture: 'info', partially_captured: 'info', succeeded: 'good', canceled: 'bad', expired: 'bad',
};

const others: Record<string, Tone> = {
  placed: 'quiet', accepted: 'info', paying: 'warn', paid: 'good', shipped: 'good', delivered: 'good',
  authorized: 'good', declined: 'bad', failed: 'bad', voided: 'quiet', voiding: 'quiet', expired: 'bad', unknown: 'warn',
  matched: 'good', rejected: 'bad', exhausted: 'bad', superseded: 'quiet', sent: 'warn', created: 'quiet',
  delivered_to: 'good', undelivered: 'bad', queued: 'quiet', pending: 'warn', requires_action: 'info', abandoned: 'quiet',
  cleared: 'good', returned: 'bad', reversed: 'bad', waits: 'warn', disputed: 'warn', succeeded: 'good',
  needs_response: 'warn', under_review: 'info', won: 'good', lost: 'bad',
  refunded: 'info', partly_refunded: 'info',
};

/** The status that people care about: money that went back, or may have to, is no longer just a success. */
export function shownStatus(one: Payment): string {
  if (one.disputes.some((dispute) => dispute.status === 'needs_response' || dispute.status === 'under_review')) return 'disputed';
  if (one.status === 'succeeded' && minorOf(one.amount_returned) > 0) return 'returned';
  const refunded = minorOf(one.amount_refunded);
  if (one.status !== 'succeeded' || refunded === 0) return one.status;
  return refunded < minorOf(one.amount_captured) ? 'partly_refunded' : 'refunded';
}

export function statusName(status: string): string {
  return t.status[status] ?? sentence(status);
}

export function statusTone(status: string): Tone {
  return payment[status as PaymentStatus] ?? others[status] ?? 'quiet';
}

/** A status as a small coloured label; the words carry it, the colour only helps. */
export function Status(props: { of: string; testid?: string }) {
  return (
    <span class={`pill pill-${statusTone(props.of)}`} data-testid={props.testid} data-status={props.of}>
      {statusName(props.of)}
    </span>
  );
}

/** `incorrect_security_code` → `Incorrect security code` */
export function sentence(code: string): string {
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
