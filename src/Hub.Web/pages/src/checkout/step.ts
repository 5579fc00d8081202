import type { Customer, Order, Payment } from '../shared/types.ts';

/** What the customer has to do, or wait for, next. */
export type Step = 'review' | 'verify' | 'pay' | 'bank' | 'working' | 'confirm' | 'done';

/** Follows from what the hub says alone, so that a reload or another tab shows the same step. */
export function stepOf(order: Order, customer: Customer, payment: Payment): Step {
  switch (payment.status) {
    case 'requires_payment_method':
      if (order.accepted_at === null) return 'review';
      return customer.addresses.some((address) => address.verified) ? 'pay' : 'verify';
    case 'requires_action':
      return 'bank';
    case 'awaiting_confirmation':
      return isOpen(payment) ? 'confirm' : 'working';
    case 'requires_review':
      // Holding a payment takes nothing away from the customer: an answer still counts, and is waited for.
      return payment.confirmation !== null && isOpen(payment) ? 'confirm' : 'working';
    case 'processing':
      return 'working';
    default:
      return 'done';
  }
}

/** Between a no and the voided authorization the payment still awaits, but there is nothing left to answer. */
function isOpen(payment: Payment): boolean {
  const status = payment.confirmation?.status;
  return status === undefined || status === 'created' || status === 'sent';
}

/** The place of a step among the marks of the progress bar: review, pay, confirm, done. */
export function stageOf(step: Step, payment: Payment): number {
  switch (step) {
    case 'review': return 0;
    case 'verify': case 'pay': return 1;
    // A card's bank asks before the confirmation, net banking after it.
    case 'bank': return payment.confirmation?.status === 'matched' ? 2 : 1;
    case 'working': return payment.confirmation === null ? 1 : 2;
    case 'confirm': return 2;
    case 'done': return 3;
  }
}
