import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimalsOf, formatMinor, parseMinor, toDecimal } from '../src/shared/money.ts';

test('An amount is written with exactly its currency’s decimals', () => {
  assert.equal(formatMinor(4990, 'EUR', 'en'), '€49.90');
  assert.equal(formatMinor(5, 'EUR', 'en'), '€0.05');
  assert.equal(formatMinor(4990, 'JPY', 'en'), '¥4,990');
  assert.equal(formatMinor(4990, 'KWD', 'en').replace(/\s/g, ' '), 'KWD 4.990');
});

test('An amount that no float could hold keeps its last cent', () => {
  assert.equal(formatMinor(9007199254740991, 'EUR', 'en'), '€90,071,992,547,409.91');
});

test('An amount below zero keeps its sign, even under one', () => {
  assert.equal(formatMinor(-5, 'EUR', 'en'), '−€0.05');
});

test('What is written for a field is read back as the same amount', () => {
  for (const currency of ['EUR', 'JPY', 'KWD'])
    for (const minor of [0, 1, 9, 10, 99, 100, 101, 999, 1000, 1001, 123456789])
      assert.equal(parseMinor(toDecimal(minor, currency), currency), minor);
});

test('A typed amount may use a comma, and may not use more decimals than the currency has', () => {
  assert.equal(parseMinor('49,9', 'EUR'), 4990);
  assert.equal(parseMinor(' 49. ', 'EUR'), 4900);
  assert.equal(parseMinor('49.99', 'EUR'), 4999);
  assert.equal(parseMinor('49.999', 'EUR'), null);
  assert.equal(parseMinor('49.9', 'JPY'), null);
  for (const text of ['', '-1', '1e3', '1,000.00', 'NaN', '99999999999999999']) assert.equal(parseMinor(text, 'EUR'), null, text);
});

test('Currencies have the decimals of ISO 4217', () => {
  assert.deepEqual(['EUR', 'JPY', 'KWD'].map(decimalsOf), [2, 0, 3]);
});
