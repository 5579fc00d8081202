import { decimalsOf, formatMinor, parseMinor, toDecimal } from '../shared/money.ts';
import { minorOf, type Case, type Dispute, type Payment, type Refund } from '../shared/types.ts';
import { reasonField, type AskField, type Question } from './question.ts';

/** The most characters of evidence the hub passes on. */
export const longestEvidence = 10_000;

/** What may be done about a payment now. */
export function questionsOf(payment: Payment): Question[] {
  const may = (action: string) => payment.allowed_actions.includes(action);
  const path = `/v1/payments/${payment.id}`;
  const currency = payment.amount.currency;
  const capturable = (minorOf(payment.amount_authorized) || payment.amount.amount) - minorOf(payment.amount_captured);
  const refundable = minorOf(payment.amount_captured) - minorOf(payment.amount_returned) - minorOf(payment.amount_refunded) - inFlight(payment);
  const all: (Question | false)[] = [
    may('approve') && { id: 'approve', name: 'Approve', path: `${path}/approve`, fields: [], body: () => ({}),
      question: 'The payment goes on where it was held. What the customer has confirmed is taken.' },
    may('reject') && { id: 'reject', name: 'Reject', path: `${path}/reject`, danger: true, fields: [reasonField('Why is it rejected?')], body: reasonOf,
      question: 'The payment ends. What is held at the bank is released first, and the customer is told. This cannot be taken back.' },
    may('resend') && { id: 'resend', name: 'Send again', path: `${path}/confirmation/resend`, fields: [], body: () => ({}),
      question: 'The customer gets the confirmation once more. Wrong answers stay counted.' },
    may('capture') && { id: 'capture', name: 'Capture', path: `${path}/captures`, fields: [amountField(capturable, currency)], body: (v) => ({ amount: parseMinor(v['amount']!, currency) }),
      question: `Takes money that the customer has confirmed: up to ${formatMinor(capturable, currency)}.` },
    may('refund') && refundable > 0 && { id: 'refund', name: 'Refund', path: `${path}/refunds`, fields: [amountField(refundable, currency)], body: (v) => ({ amount: parseMinor(v['amount']!, currency) }),
      question: 'The money goes back to where it came from. This cannot be taken back. More than three months after the capture, a second person has to agree.' },
    may('hold') && { id: 'hold', name: 'Hold', path: `${path}/hold`, fields: [reasonField('Why is it held?')], body: reasonOf,
      question: 'Nothing is taken until somebody approves or rejects the payment. The customer may confirm meanwhile.' },
    may('cancel') && { id: 'cancel', name: 'Cancel payment', path: `${path}/cancel`, danger: true, fields: [], body: () => ({}),
      question: 'What is held for it is released first. The customer is told. This cannot be taken back.' },
  ];
  return all.filter((one): one is Question => one !== false);
}

/** A refund after the window waits for another person than the one who asked for it. */
export function refundQuestions(payment: Payment, refund: Refund): Question[] {
  if (refund.status !== 'requires_review') return [];
  const path = `/v1/payments/${payment.id}/refunds/${refund.id}`;
  const amount = formatMinor(minorOf(refund.amount), payment.amount.currency);
  return [
    { id: 'approve-refund', name: 'Approve refund', path: `${path}/approve`, fields: [], body: () => ({}),
      question: `${amount} goes back to the customer. You agree as the second person: whoever asked for it cannot.` },
    { id: 'decline-refund', name: 'Decline refund', path: `${path}/decline`, danger: true, fields: [reasonField('Why is it not made?')], body: reasonOf,
      question: `The refund of ${amount} is not made. It can be asked for anew.` },
  ];
}

/** Until its deadline a dispute is contested with evidence, or given in to. */
export function disputeQuestions(payment: Payment, dispute: Dispute): Question[] {
  if (dispute.status !== 'needs_response' || !payment.allowed_actions.includes('submit_evidence')) return [];
  const path = `/v1/payments/${payment.id}/disputes/${dispute.id}`;
  const amount = formatMinor(minorOf(dispute.amount), payment.amount.currency);
  return [
    { id: 'evidence', name: 'Send evidence', path: `${path}/evidence`, body: (v) => ({ text: v['text']!.trim() }),
      question: 'The bank reads it once and decides. It is kept encrypted under the customer’s key.',
      fields: [{ id: 'text', label: 'What happened', kind: 'text', maxLength: longestEvidence,
        hint: 'What was sold, how and when it was delivered, what the customer said. No card numbers.',
        problem: (value) => (value.trim() === '' ? 'Write down what the bank should know.' : null) }] },
    { id: 'accept-dispute', name: 'Accept dispute', path: `${path}/accept`, danger: true, fields: [], body: () => ({}),
      question: `You give in: ${amount} is the customer’s. This cannot be taken back.` },
  ];
}

/** A case ends with a note; where it is about a bank operation, with what the bank did as well. */
export function caseQuestion(about: Case): Question {
  const path = `/v1/cases/${about.id}/settle`;
  const note: AskField = { id: 'note', label: 'What was found out', kind: 'line', maxLength: 500, hint: 'For whoever reads it later. Nothing personal.',
    problem: (value) => (value.trim() === '' ? 'Say what was found out.' : null) };
  if (about.operation === null) return { id: 'settle', name: 'Settle case', path, fields: [note], body: (v) => ({ note: v['note']!.trim() }),
    question: 'The case ends with your note.' };
  const outcome: AskField = { id: 'outcome', label: 'Did the bank do it?', kind: 'choice', options: [['succeeded', 'Yes, it did'], ['failed', 'No, it did not']],
    problem: (value) => (value === '' ? 'Ask the bank, then choose.' : null) };
  const reference: AskField = { id: 'bank_reference', label: 'The bank’s own reference', kind: 'line', maxLength: 100, hint: 'As the bank’s statement or support names it.',
    asked: (values) => values['outcome'] === 'succeeded', problem: (value) => (/^\S+$/.test(value.trim()) ? null : 'Enter the reference, without spaces.') };
  return { id: 'settle', name: 'Settle case', path, danger: true, fields: [outcome, reference, note],
    question: `This counts as the bank’s answer to ${about.operation}. Money follows from it, and your name stays with it.`,
    body: (v) => ({ note: v['note']!.trim(), outcome: v['outcome'], ...(v['outcome'] === 'succeeded' ? { bank_reference: v['bank_reference']!.trim() } : {}) }) };
}

/** Whether a person has to decide something here: what the desk counts as review. */
export function needsPerson(payment: Payment): boolean {
  return payment.status === 'requires_review' || payment.case !== null
    || payment.refunds.some((refund) => refund.status === 'requires_review') || payment.disputes.some((dispute) => dispute.status === 'needs_response');
}

const reasonOf = (values: Readonly<Record<string, string>>) => ({ reason: values['reason']!.trim() });

function amountField(most: number, currency: string): AskField {
  return {
    id: 'amount', label: `Amount in ${currency}`, kind: 'amount', start: toDecimal(most, currency), hint: `Up to ${formatMinor(most, currency)}.`,
    problem: (value) => {
      const amount = parseMinor(value, currency);
      if (amount === null || amount <= 0) return amountHint(currency);
      return amount > most ? `At most ${formatMinor(most, currency)}.` : null;
    },
  };
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
