import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quickReplies } from '../src/sandbox/quick-replies.ts';

const texts = (body: string) => quickReplies(body).map((reply) => `${reply.kind}: ${reply.text}`);

test('The answers a message names are offered in its order, each once', () => {
  assert.deepEqual(texts('Pay EUR 39.70 to ACME Books? Reply PAY 4839 to pay, NO 4839 to refuse. PAY 4839'), ['answer: PAY 4839', 'answer: NO 4839']);
});

test('A six-digit code is offered to be copied', () => {
  assert.deepEqual(texts('Your code is 135790.\n@localhost #135790'), ['copy: 135790']);
});

test('Numbers that are no codes offer nothing', () => {
  assert.deepEqual(texts('Call +15005551234, order 1234567, EUR 1234.56. NO 48391. PAYPAY 4839x'), []);
});
