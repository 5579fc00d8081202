import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stageOf, stepOf, type Step } from '../src/checkout/step.ts';
import type { Confirmation, Customer, Order, Payment, PaymentStatus } from '../src/shared/types.ts';

const order = (accepted: boolean) => ({ accepted_at: accepted ? '2026-03-01T12:00:00Z' : null }) as Order;
const customer = (verified: boolean) => ({ addresses: [{ id: 'adr_1', channel: 'sms', display: '', verified }] }) as unknown as Customer;
const payment = (status: PaymentStatus, confirmation: Confirmation['status'] | null = null) =>
  ({ status, confirmation: confirmation && { status: confirmation } }) as Payment;

test('A new payment asks for the invoice, then an address, then how to pay', () => {
  const open = payment('requires_payment_method');
  assert.equal(stepOf(order(false), customer(false), open), 'review');
  assert.equal(stepOf(order(true), customer(false), open), 'verify');
  assert.equal(stepOf(order(true), customer(true), open), 'pay');
});

test('A confirmation is asked for only while it is open', () => {
  const rows: [Confirmation['status'], Step][] = [['created', 'confirm'], ['sent', 'confirm'], ['matched', 'working'], ['rejected', 'working'], ['expired', 'working'], ['exhausted', 'working']];
  for (const [status, step] of rows) {
    assert.equal(stepOf(order(true), customer(true), payment('awaiting_confirmation', status)), step, status);
    // Also while a person looks at the payment: an answer counts then as well.
    assert.equal(stepOf(order(true), customer(true), payment('requires_review', status)), step, status);
  }
});

test('Every status of a payment has its step and its mark', () => {
  const rows: [PaymentStatus, Step, number][] = [['requires_payment_method', 'pay', 1], ['requires_action', 'bank', 1], ['processing', 'working', 1], ['requires_review', 'working', 1],
    ['awaiting_confirmation', 'confirm', 2], ['requires_capture', 'done', 3], ['partially_captured', 'done', 3], ['succeeded', 'done', 3], ['canceled', 'done', 3], ['expired', 'done', 3]];
  for (const [status, step, stage] of rows) {
    const one = payment(status);
    assert.equal(stepOf(order(true), customer(true), one), step, status);
    assert.equal(stageOf(step, one), stage, status);
  }
});

test('The bank’s page comes before the confirmation of a card, and after that of net banking', () => {
  assert.equal(stageOf('bank', payment('requires_action')), 1);
  assert.equal(stageOf('bank', payment('requires_action', 'matched')), 2);
});
