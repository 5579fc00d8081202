import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Api } from '../src/shared/api.ts';
import { ApiProblem } from '../src/shared/problem.ts';
import { CodeNotSent, waitInWords, WalletDoor } from '../src/checkout/wallet.ts';

/** A hub that sends no code yet. */
const tooSoon = (retryAfter: string | null, codeExpiresAt: string | null) => new WalletDoor({
  get: async () => ({ set: false, code_expires_at: codeExpiresAt }),
  post: async () => { throw new ApiProblem(409, { code: 'resend_too_soon' }, retryAfter); },
} as unknown as Api, 'cus_1');

test('Whoever asks too soon is told how long to wait, and whether there is a code to type', async () => {
  await assert.rejects(tooSoon('1320', null).sendCode('adr_1'), (error) => error instanceof CodeNotSent && !error.open
    && error.message === 'The last code has ended, and no other one was sent. Another one can be sent in 22 minutes.');
  await assert.rejects(tooSoon('30', '2026-03-02T12:00:00Z').sendCode('adr_1'), (error) => error instanceof CodeNotSent && error.open
    && error.message === 'The last code can still be typed. Another one can be sent in 30 seconds.');
  await assert.rejects(tooSoon(null, null).sendCode('adr_1'), /can be sent later/);
});

test('Another refusal stays what it is', async () => {
  const door = new WalletDoor({ post: async () => { throw new ApiProblem(403, { code: 'forbidden' }); } } as unknown as Api, 'cus_1');
  await assert.rejects(door.sendCode('adr_1'), (error) => error instanceof ApiProblem && error.code === 'forbidden');
});

test('A wait is never told shorter than it is', () => {
  assert.deepEqual([0, 1, 2, 119, 120, 121, 3840].map(waitInWords), ['1 second', '1 second', '2 seconds', '119 seconds', '2 minutes', '3 minutes', '64 minutes']);
});
