import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { findWanted, goesTo } from '../src/my/wanted.ts';
import { ApiProblem, NetworkFailure } from '../src/shared/problem.ts';
import type { Customer, Order, Payment } from '../src/shared/types.ts';

const customer = { addresses: [{ verified: true }] } as Customer;
const payment = (status: Payment['status']) => ({ id: 'pay_1', order: 'ord_1', status, confirmation: null }) as Payment;
const order = { id: 'ord_1', accepted_at: '2026-03-01T12:00:00Z' } as Order;

/** A hub whose answers are given beforehand. */
function hub(context: TestContext, ...answers: unknown[]) {
  const asked: string[] = [];
  const get = async <T>(path: string) => {
    asked.push(path);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer as T;
  };
  const pass = async () => { for (let turn = 0; turn < 20; turn++) { await Promise.resolve(); context.mock.timers.tick(5000); } };
  const look = (signal = new AbortController().signal, orders: readonly Order[] = [], known: readonly Payment[] = []) =>
    findWanted('pay_1', { get, customer, orders, payments: new Map(known.map((one) => [one.id, one])) }, signal);
  return { look, asked, pass };
}

test('A message’s link goes to the checkout where there is something to do', () => {
  const rows = [['requires_payment_method', order, 'checkout'], ['requires_action', order, 'checkout'], ['processing', order, 'checkout'], ['awaiting_confirmation', order, 'here'], ['succeeded', order, 'here'],
    ['requires_payment_method', undefined, 'checkout'], ['awaiting_confirmation', undefined, 'checkout'], ['succeeded', undefined, 'here'], ['expired', undefined, 'here'], ['canceled', undefined, 'here']] as const;
  for (const [status, known, place] of rows) assert.equal(goesTo(payment(status), known, customer), place, `${status}, order ${known ? 'loaded' : 'not loaded'}`);
});

test('A request that is lost, or that a busy hub turns away, says nothing about whose the payment is: it is sent again', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { look, asked, pass } = hub(context, new NetworkFailure('x'), new ApiProblem(503, {}), payment('requires_action'));
  const found = look();
  await pass();
  assert.deepEqual(await found, { place: 'checkout', old: null });
  assert.equal(asked.length, 3);
});

test('Only a payment that is refused or not there is not this customer’s', async (context) => {
  for (const status of [403, 404]) assert.deepEqual(await hub(context, new ApiProblem(status, {})).look(), { place: 'nowhere', old: null });
  await assert.rejects(hub(context, new ApiProblem(401, {})).look(), ApiProblem);
});

test('A payment that ended long ago comes with its order, so that it can be seen here', async (context) => {
  const { look, asked } = hub(context, payment('succeeded'), order);
  assert.deepEqual(await look(), { place: 'here', old: { order, payment: payment('succeeded') } });
  assert.deepEqual(asked, ['/v1/payments/pay_1', '/v1/orders/ord_1']);
});

test('What is loaded already is not asked for', async (context) => {
  const { look, asked } = hub(context);
  assert.deepEqual(await look(undefined, [order], [payment('succeeded')]), { place: 'here', old: null });
  assert.equal(asked.length, 0);
});

test('Whoever leaves the page is not waited for', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { look, pass } = hub(context, new NetworkFailure('x'), payment('succeeded'));
  const page = new AbortController();
  const found = look(page.signal);
  page.abort();
  await pass();
  assert.equal(await found, null);
});
