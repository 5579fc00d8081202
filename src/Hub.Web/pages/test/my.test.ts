import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canPayAgain } from '../src/checkout/pay-again.tsx';
import { cameTooLate } from '../src/checkout/late.ts';
import { channelsOf, changesOf, orders, wishesOf, withChanges } from '../src/my/wishes.ts';
import { withOrder } from '../src/my/use-mine.ts';
import { ApiProblem, NetworkFailure } from '../src/shared/problem.ts';
import type { Customer, Order, Payment } from '../src/shared/types.ts';

const customer = {
  addresses: [{ channel: 'email' }, { channel: 'sms' }], confirmation: { method: 'sms', fallback: ['email'], fallback_after_seconds: 120 },
  locale: 'de', notifications: { receipts: ['email'], payment_status: [], refunds: ['email', 'sms'], shipping: ['sms'] }, quiet_hours: null, digest: null,
} as unknown as Customer;

test('Wishes go back as they came, and no quiet hours are an empty object', () => {
  assert.deepEqual(wishesOf(customer), {
    locale: 'de', confirmation: { method: 'sms', fallback: ['email'], fallback_after_seconds: 120 },
    notifications: { receipts: ['email'], payment_status: [], refunds: ['email', 'sms'], shipping: ['sms'] }, quiet_hours: {}, digest: {},
  });
});

test('Only what was changed is sent, and each topic by itself, so that an unsubscribe from elsewhere stands', () => {
  const loaded = wishesOf(customer);
  assert.deepEqual(changesOf(loaded, loaded), {});
  assert.deepEqual(changesOf({ ...loaded, locale: 'en' }, loaded), { locale: 'en' });
  assert.deepEqual(changesOf({ ...loaded, notifications: { ...loaded.notifications, shipping: [] } }, loaded), { notifications: { shipping: [] } });
  assert.deepEqual(changesOf({ ...loaded, quiet_hours: { from: '22:00', to: '07:00', time_zone: 'Europe/Berlin' } }, loaded), { quiet_hours: { from: '22:00', to: '07:00', time_zone: 'Europe/Berlin' } });
  const confirmation = { ...loaded.confirmation, fallback: [] };
  assert.deepEqual(changesOf({ ...loaded, confirmation }, loaded), { confirmation });
});

test('What was changed elsewhere while the form was open shows in it, beside what was changed in it', () => {
  const loaded = wishesOf(customer);
  const typed = { ...loaded, locale: 'en', notifications: { ...loaded.notifications, shipping: [] } };
  const now = { ...loaded, notifications: { ...loaded.notifications, receipts: [] } };
  const shown = withChanges(now, changesOf(typed, loaded));
  assert.deepEqual(shown, { ...loaded, locale: 'en', notifications: { ...loaded.notifications, receipts: [], shipping: [] } });
  assert.deepEqual(changesOf(shown, now), { locale: 'en', notifications: { shipping: [] } });
});

test('Only channels the customer has, or has chosen, are offered, in one or two places of an order', () => {
  assert.deepEqual(channelsOf(customer), ['sms', 'email']);
  assert.deepEqual(orders(['sms', 'email'], []), [['sms'], ['email'], ['sms', 'email'], ['email', 'sms']]);
  assert.deepEqual(orders(['sms'], ['sms', 'email', 'whatsapp']), [['sms'], ['sms', 'email', 'whatsapp']]);
});

test('Orders stand newest first, each once, and an older version changes nothing', () => {
  const order = (id: string, created_at: string, version: number, status = 'placed') => ({ id, created_at, version, status }) as Order;
  const all = [order('a', '2026-03-01', 1), order('b', '2026-03-03', 4, 'paid'), order('c', '2026-03-02', 1), order('b', '2026-03-03', 3)].reduce<readonly Order[]>(withOrder, []);
  assert.deepEqual(all.map((one) => [one.id, one.status]), [['b', 'paid'], ['c', 'placed'], ['a', 'placed']]);
});

test('An order is paid anew when its payment ended and it is owed, and never while one is open', () => {
  const pay = (status: Payment['status'], orderStatus: Order['status'], payment = 'pay_1', returned: string | null = null) =>
    canPayAgain({ status: orderStatus, payment, payment_returned_at: returned } as Order, { id: 'pay_1', status } as Payment);
  assert.equal(pay('canceled', 'accepted'), true);
  assert.equal(pay('expired', 'placed'), true);
  assert.equal(pay('succeeded', 'accepted', 'pay_1', '2026-03-01T12:00:00Z'), true);
  assert.equal(pay('succeeded', 'paid'), false);
  assert.equal(pay('canceled', 'accepted', 'pay_2'), false);
  assert.equal(pay('canceled', 'canceled'), false);
  assert.equal(pay('awaiting_confirmation', 'paying'), false);
});

test('Whoever lost a race is no error; a wrong code, a lost line and a refusal are', () => {
  const refusal = (status: number, code: string) => new ApiProblem(status, { code, detail: 'x' });
  for (const code of ['already_answered', 'no_open_confirmation', 'confirmation_superseded', 'attempt_in_progress']) assert.equal(cameTooLate(refusal(409, code)), true, code);
  for (const error of [refusal(409, 'wrong_code'), refusal(403, 'forbidden'), refusal(422, 'already_answered'), new NetworkFailure('x')]) assert.equal(cameTooLate(error), false);
});
