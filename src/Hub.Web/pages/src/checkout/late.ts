import { ApiProblem } from '../shared/problem.ts';
import type { Payment } from '../shared/types.ts';
import { t } from '../words/words.ts';

/** What the hub says when somebody was quicker: the question was answered, replaced or closed on another channel or in another tab. */
const overtaken = new Set(['already_answered', 'no_open_confirmation', 'confirmation_superseded', 'confirmation_expired', 'illegal_state', 'nothing_to_do',
  'attempt_in_progress', 'order_already_paid', 'address_already_verified']);

/** Whether a refusal only says that the journey has gone on meanwhile: then the page shows where it stands instead of an error. */
export function cameTooLate(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 409 && overtaken.has(error.code);
}

/** What happened to the question that was answered too late, kindly. */
export function whatHappened(payment: Payment): string {
  const confirmation = payment.confirmation;
  const where = t.checkout.result.by[confirmation?.answered_by ?? ''] ?? '';
  switch (confirmation?.status) {
    case 'matched': return t.checkout.answered.yes(where).replace(' .', '.');
    case 'rejected': return t.checkout.answered.no(where).replace(' .', '.');
    default: return t.checkout.answered.other;
  }
}
