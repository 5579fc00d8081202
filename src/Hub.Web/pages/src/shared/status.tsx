import { minorOf, type Payment, type PaymentStatus } from './types.ts';

type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

const payment: Record<PaymentStatus, [string, Tone]> = {
  requires_payment_method: ['Not paid yet', 'quiet'],
  requires_action: ['At the bank', 'info'],
  processing: ['Processing', 'info'],
  awaiting_confirmation: ['Awaiting confirmation', 'warn'],
  requires_review: ['In review', 'warn'],
  requires_capture: ['Ready to capture', 'info'],
  partially_captured: ['Partly captured', 'info'],
  succeeded: ['Succeeded', 'good'],
  canceled: ['Canceled', 'bad'],
  expired: ['Expired', 'bad'],
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

const names: Record<string, string> = { paying: 'Being paid', waits: 'Waits for a second person' };

export function statusName(status: string): string {
  return payment[status as PaymentStatus]?.[0] ?? names[status] ?? sentence(status);
}

export function statusTone(status: string): Tone {
  return payment[status as PaymentStatus]?.[1] ?? others[status] ?? 'quiet';
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
