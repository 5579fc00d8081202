import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cards } from '../src/landing/cards.ts';
import { brandOf, codeProblem, expiryProblem, groupExpiry, groupNumber, numberProblem, parseExpiry, passesLuhn, takenBrands } from '../src/shared/card.ts';

test('Every card offered for testing passes the Luhn check', () => {
  for (const card of cards) assert.equal(numberProblem(card.number), null, card.number);
});

test('One changed digit, or two neighbours swapped, fails the Luhn check', () => {
  assert.ok(passesLuhn('4242424242424242'));
  assert.ok(!passesLuhn('4242424242424241'));
  assert.ok(!passesLuhn('2442424242424242'));
  assert.ok(!passesLuhn(''));
});

test('A brand follows from the first digits', () => {
  const rows: [string, string][] = [['4', 'visa'], ['51', 'mastercard'], ['2221', 'mastercard'], ['2720', 'mastercard'], ['2721', 'unknown'],
    ['2220', 'unknown'], ['34', 'amex'], ['37', 'amex'], ['36', 'diners'], ['35', 'jcb'], ['6011', 'discover'], ['62', 'unionpay'], ['81', 'unionpay'], ['80', 'unknown'], ['', 'unknown']];
  for (const [digits, brand] of rows) assert.equal(brandOf(digits).id, brand, digits);
});

test('A number is grouped as the card prints it, and takes no digit too many', () => {
  assert.equal(groupNumber('4242424242424242'), '4242 4242 4242 4242');
  assert.equal(groupNumber('378282246310005'), '3782 822463 10005');
  assert.equal(groupNumber('55555555555544449'), '5555 5555 5555 4444');
  assert.equal(groupNumber('4242-42x'), '4242 42');
  assert.equal(groupNumber(''), '');
});

test('An expiry is grouped while it is typed, and its separator can be deleted', () => {
  assert.equal(groupExpiry('1', ''), '1');
  assert.equal(groupExpiry('5', ''), '05 / ');
  assert.equal(groupExpiry('12', '1'), '12 / ');
  assert.equal(groupExpiry('12 / 30', '12 / 3'), '12 / 30');
  assert.equal(groupExpiry('12/2030', ''), '12 / 30');
  assert.equal(groupExpiry('12 /', '12 / '), '12');
});

test('A card is good to the last moment of its month', () => {
  assert.deepEqual(parseExpiry('12 / 30'), { month: 12, year: 2030 });
  assert.equal(parseExpiry('13 / 30'), null);
  assert.equal(parseExpiry('00 / 30'), null);
  const december = new Date('2030-12-31T23:59:59Z');
  assert.notEqual(expiryProblem('11 / 30', december), null);
  assert.equal(expiryProblem('12 / 30', december), null);
  assert.equal(expiryProblem('01 / 31', december), null);
});

test('A security code has exactly the digits of its brand', () => {
  assert.notEqual(codeProblem('12', 3), null);
  assert.equal(codeProblem('123', 3), null);
  assert.notEqual(codeProblem('1234', 3), null);
  assert.notEqual(codeProblem('12a', 3), null);
});

test('A scheme that the hub does not take is named as soon as six digits tell', () => {
  assert.match(numberProblem('6011000990139424') ?? '', /^Discover cards are not taken here/);
  assert.match(numberProblem('30569309025904') ?? '', /^Diners Club cards are not taken here/);
  assert.match(numberProblem('9999990000000000') ?? '', /^Cards of this kind are not taken here/);
  assert.equal(numberProblem('60110'), 'The card number is incomplete.');
});

test('Each scheme that is taken has its lengths and its code', () => {
  const rows: [string, number[], number][] = [['visa', [13, 16, 19], 3], ['mastercard', [16], 3], ['amex', [15], 4], ['unionpay', [16, 17, 18, 19], 3]];
  assert.deepEqual(takenBrands.map((brand) => [brand.id, brand.lengths, brand.codeLength]), rows);
});
