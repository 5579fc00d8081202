import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countOf, filtered, groups, seeded, withUpdates, type View } from '../src/support/queue.ts';
import { merged } from '../src/support/use-timeline.ts';
import type { Update } from '../src/shared/live.ts';
import type { Payment, PaymentStatus, TimelineEntry } from '../src/shared/types.ts';

const payment = (id: string, status: PaymentStatus = 'processing', version = 1) =>
  ({ object: 'payment', id, status, version, order: 'ord_1', customer: 'cus_1', attempts: [{ instrument: { type: 'card', brand: 'visa', last4: '4242' } }], refunds: [], disputes: [], case: null }) as unknown as Payment;
const update = (view: unknown, sequence: number) =>
  ({ topic: 'queue:mer_1', sequence, type: '', time: `t${sequence}`, entry: { summary: `s${sequence}` }, view }) as unknown as Update<View>;
const ids = (queue: ReadonlyMap<string, unknown>) => [...queue.keys()];

test('What moved last is on top, and everything else keeps its order', () => {
  const queue = withUpdates(seeded([payment('a'), payment('b'), payment('c')]), [update(payment('c', 'succeeded', 2), 1), update(payment('b', 'canceled', 2), 2)]);
  assert.deepEqual(ids(queue), ['b', 'c', 'a']);
});

test('A replayed older view never replaces a newer one', () => {
  const queue = withUpdates(seeded([payment('a', 'succeeded', 5)]), [update(payment('a', 'processing', 3), 1)]);
  assert.equal(queue.get('a')!.payment.status, 'succeeded');
});

test('Updates about something else than a payment change nothing', () => {
  const queue = seeded([payment('a')]);
  assert.equal(withUpdates(queue, [update({ object: 'customer', id: 'cus_1' }, 1), update(null, 2)]), queue);
});

test('The counters and the filter see the same rows', () => {
  const queue = seeded([payment('pay_a', 'succeeded'), payment('pay_b', 'canceled'), payment('pay_c', 'expired')]);
  assert.equal(countOf(queue, groups.find((group) => group.id === 'ended')!), 2);
  assert.deepEqual(filtered(queue, 'ended', '').map((row) => row.payment.id), ['pay_b', 'pay_c']);
  assert.deepEqual(filtered(queue, null, 'visa PAY_A').map((row) => row.payment.id), ['pay_a']);
  assert.deepEqual(filtered(queue, 'succeeded', 'mastercard'), []);
});

test('Whatever needs a person is under review, paid or not', () => {
  const disputed = { ...payment('pay_d', 'succeeded'), disputes: [{ status: 'needs_response' }] } as unknown as Payment;
  const late = { ...payment('pay_l', 'succeeded'), refunds: [{ status: 'requires_review' }] } as unknown as Payment;
  const unclear = { ...payment('pay_c'), case: { id: 'cas_1', reason: 'outcome_unknown' } };
  const won = { ...payment('pay_w', 'succeeded'), disputes: [{ status: 'won' }] } as unknown as Payment;
  const queue = seeded([disputed, late, unclear, won, payment('pay_h', 'requires_review'), payment('pay_p', 'succeeded')]);
  assert.deepEqual(filtered(queue, 'review', '').map((row) => row.payment.id), ['pay_d', 'pay_l', 'pay_c', 'pay_h']);
});

test('A timeline holds each entry once, however load and push overlap', () => {
  const entry = (sequence: number) => ({ topic: 'payment:a', sequence, time: `2026-03-01T12:00:0${sequence}Z` }) as TimelineEntry;
  assert.deepEqual(merged([entry(1), entry(2)], [entry(2), entry(3)]).map((one) => one.sequence), [1, 2, 3]);
});
