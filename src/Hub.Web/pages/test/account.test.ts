import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountClaims, accountProblem, accountProblemsOf, routingFits, routingProblem } from '../src/checkout/account-entry.ts';
import { accounts, routingNumber } from '../src/landing/cards.ts';

test('A routing number is right when its weighted digits sum to a multiple of ten', () => {
  for (const good of ['011000015', '021000021', '122000030', '111000025']) assert.ok(routingFits(good), good);
});

test('One changed digit, or two neighbours swapped, is found', () => {
  const good = '111000025';
  for (let at = 0; at < good.length; at++) {
    const other = ((Number(good[at]) + 1) % 10).toString();
    assert.ok(!routingFits(good.slice(0, at) + other + good.slice(at + 1)), `digit ${at}`);
  }
  assert.ok(!routingFits('011000051'));
});

test('A routing number has nine digits, and nine zeros are no bank', () => {
  for (const bad of ['', '01100001', '0110000150', '000000000', '01100001a', '011 00015']) assert.ok(!routingFits(bad), bad);
  assert.equal(routingProblem('01100001'), 'A routing number has nine digits.');
  assert.equal(routingProblem('011000016'), 'One digit seems wrong: check the routing number.');
});

test('An account has 4 to 17 digits', () => {
  const rows: [number, boolean][] = [[3, false], [4, true], [5, true], [16, true], [17, true], [18, false]];
  for (const [digits, good] of rows) assert.equal(accountProblem('1'.repeat(digits)) === null, good, `${digits} digits`);
});

test('Every account offered for testing can be entered', () => {
  for (const { number } of accounts) assert.deepEqual(accountProblemsOf({ routing: routingNumber, account: number, holder: 'Ada Lovelace' }), {});
});

test('Each field that is wrong is named, and what is sent has no spaces around the name', () => {
  assert.deepEqual(Object.keys(accountProblemsOf({ routing: '', account: '', holder: ' ' })), ['routing', 'account', 'holder']);
  assert.deepEqual(accountClaims({ routing: '011000015', account: '1234', holder: ' Ada ' }), { routing_number: '011000015', account_number: '1234', holder: 'Ada' });
});
