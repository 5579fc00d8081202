import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { endedTeller } from '../src/chat/ended.ts';
import { keep, readKept } from '../src/chat/kept.ts';

const stored = new Map<string, string>();
const storage = { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => void stored.set(key, value), removeItem: (key: string) => void stored.delete(key) };

beforeEach(() => {
  stored.clear();
  Object.defineProperty(globalThis, 'sessionStorage', { configurable: true, value: storage });
});

test('What was not sent is there again for the same customer, under its key, and for nobody else', () => {
  keep('cus_1', { draft: 'And in', outgoing: [{ key: 'k1', text: 'Do you have it in green?', failed: false }] });
  assert.deepEqual(readKept('cus_1'), { draft: 'And in', outgoing: [{ key: 'k1', text: 'Do you have it in green?', failed: true }] });
  assert.deepEqual(readKept('cus_2'), { draft: '', outgoing: [] });
  keep('cus_1', { draft: '', outgoing: [] });
  assert.equal(stored.size, 0);
});

test('Card numbers and answers to a request for money are not kept in the browser', () => {
  for (const text of ['my card is 4242 4242 4242 4242', '4242424242424242', 'PAY 4839', 'no 4839 ']) {
    keep('cus_1', { draft: text, outgoing: [{ key: 'k1', text, failed: true }] });
    assert.equal(stored.size, 0, text);
  }
  keep('cus_1', { draft: 'Order 123456 of 2026-11-22, please', outgoing: [] });
  assert.equal(stored.size, 1);
});

test('A page without storage keeps nothing and still works', () => {
  Object.defineProperty(globalThis, 'sessionStorage', { configurable: true, get: () => { throw new DOMException('The operation is insecure.', 'SecurityError'); } });
  keep('cus_1', { draft: 'Hello', outgoing: [] });
  assert.deepEqual(readKept('cus_1'), { draft: '', outgoing: [] });
});

test('The page is told that a visit has ended where another token helps, and once a minute', () => {
  let [now, told] = [0, 0];
  const tell = endedTeller(() => told++, () => now);
  for (const status of [403, 404, 429, 503]) tell({ status });
  assert.equal(told, 0);
  const rows: [number, number][] = [[0, 1], [1, 1], [59_999, 1], [60_000, 2], [119_999, 2], [120_000, 3]];
  for (const [at, times] of rows) {
    now = at;
    tell({ status: 401 });
    assert.equal(told, times, `${at}`);
  }
});
