import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysLeft } from '../src/shared/when.ts';
import { shownStatus } from '../src/shared/status.tsx';
import { caseQuestion, disputeQuestions, questionsOf, refundQuestions } from '../src/support/payment-questions.ts';
import { askedOf, problemsIn, startOf } from '../src/support/question.ts';
import type { Case, Dispute, Payment, Refund } from '../src/shared/types.ts';

const payment = (more: object = {}) => ({
  id: 'pay_1', amount: { amount: 3970, currency: 'EUR' }, status: 'succeeded', captures: [], refunds: [], disputes: [], case: null, allowed_actions: [],
  amount_captured: 0, amount_refunded: 0, amount_authorized: 0, amount_returned: 0, ...more,
}) as unknown as Payment;
const ids = (one: Payment) => questionsOf(one).map((question) => question.id);

test('A held payment is approved, or rejected with a reason', () => {
  const held = payment({ status: 'requires_review', allowed_actions: ['approve', 'reject'] });
  assert.deepEqual(ids(held), ['approve', 'reject']);
  const reject = questionsOf(held)[1]!;
  assert.equal(reject.path, '/v1/payments/pay_1/reject');
  assert.deepEqual(Object.keys(problemsIn(reject, { reason: ' ' })), ['reason']);
  assert.deepEqual(reject.body({ reason: ' odd address ' }), { reason: 'odd address' });
});

test('What may be done is what the hub says may be done, whatever the status', () => {
  for (const action of ['hold', 'resend', 'cancel', 'capture']) {
    assert.ok(ids(payment({ status: 'awaiting_confirmation', allowed_actions: [action] })).includes(action), action);
    assert.ok(!ids(payment({ status: 'awaiting_confirmation' })).includes(action), action);
  }
});

test('A refund takes what is left, to the cent; what is under way or returned is not there to give', () => {
  const rows: [string, boolean][] = [['19.69', true], ['19.70', true], ['19.71', false], ['0', false], ['', false]];
  const paid = payment({ allowed_actions: ['refund'], amount_captured: 3970, amount_refunded: 1000, amount_returned: 500, refunds: [{ status: 'requires_review', amount: { amount: 500, currency: 'EUR' } }] });
  const refund = questionsOf(paid).find((one) => one.id === 'refund')!;
  assert.equal(startOf(refund)['amount'], '19.70');
  for (const [amount, good] of rows) assert.equal(Object.keys(problemsIn(refund, { amount })).length === 0, good, amount);
  assert.deepEqual(refund.body({ amount: '19.70' }), { amount: 1970 });
});

test('Only a refund that waits for a second person is agreed to or declined', () => {
  const refund = (status: string) => ({ id: 'ref_1', status, amount: { amount: 500, currency: 'EUR' }, failure_code: null }) as unknown as Refund;
  assert.deepEqual(refundQuestions(payment(), refund('requires_review')).map((one) => one.path), ['/v1/payments/pay_1/refunds/ref_1/approve', '/v1/payments/pay_1/refunds/ref_1/decline']);
  for (const status of ['pending', 'unknown', 'succeeded', 'failed', 'canceled', 'reversed']) assert.deepEqual(refundQuestions(payment(), refund(status)), [], status);
});

test('A dispute is answered while the bank waits for it, and only then', () => {
  const dispute = (status: string) => ({ id: 'dsp_1', status, amount: { amount: 3970, currency: 'EUR' } }) as unknown as Dispute;
  const open = payment({ allowed_actions: ['submit_evidence', 'accept_dispute'] });
  assert.deepEqual(disputeQuestions(open, dispute('needs_response')).map((one) => one.id), ['evidence', 'accept-dispute']);
  assert.deepEqual(disputeQuestions(payment(), dispute('needs_response')), []);
  assert.deepEqual(disputeQuestions(open, dispute('under_review')), []);
});

test('A case about a bank operation asks what the bank did, and for its reference where it did it', () => {
  const about = (operation: string | null) => caseQuestion({ id: 'cas_1', reason: 'outcome_unknown', payment: 'pay_1', operation, open: true } as Case);
  assert.deepEqual(askedOf(about(null), {}).map((field) => field.id), ['note']);
  assert.deepEqual(about(null).body({ note: ' seen ' }), { note: 'seen' });
  const bank = about('att_1/authorize');
  assert.deepEqual(askedOf(bank, { outcome: '' }).map((field) => field.id), ['outcome', 'note']);
  assert.deepEqual(Object.keys(problemsIn(bank, { outcome: '', note: '' })), ['outcome', 'note']);
  assert.deepEqual(Object.keys(problemsIn(bank, { outcome: 'succeeded', note: 'n', bank_reference: 'two words' })), ['bank_reference']);
  assert.deepEqual(bank.body({ outcome: 'succeeded', note: 'n', bank_reference: ' bau_1 ' }), { note: 'n', outcome: 'succeeded', bank_reference: 'bau_1' });
  assert.deepEqual(bank.body({ outcome: 'failed', note: 'n', bank_reference: 'left over' }), { note: 'n', outcome: 'failed' });
});

test('Money that a dispute or the customer’s bank took away is no plain success', () => {
  assert.equal(shownStatus(payment()), 'succeeded');
  assert.equal(shownStatus(payment({ disputes: [{ status: 'needs_response' }] })), 'disputed');
  assert.equal(shownStatus(payment({ disputes: [{ status: 'won' }] })), 'succeeded');
  assert.equal(shownStatus(payment({ amount_returned: 1 })), 'returned');
});

test('A deadline counts in days, then hours, and is over at its instant', () => {
  const at = '2026-03-10T12:00:00Z';
  const before = (hours: number) => daysLeft(at, Date.parse(at) - hours * 3_600_000);
  assert.deepEqual(before(49), { text: '2 days left', urgent: false });
  assert.deepEqual(before(24), { text: 'one day left', urgent: false });
  assert.deepEqual(before(23.9), { text: '23 hours left', urgent: true });
  assert.deepEqual(before(1), { text: 'one hour left', urgent: true });
  assert.deepEqual(before(0.5), { text: 'less than an hour', urgent: true });
  assert.deepEqual(before(0), { text: 'too late', urgent: true });
});
