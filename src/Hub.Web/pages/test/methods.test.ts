import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastFailure } from '../src/checkout/last-failure.ts';
import { chosenMethod, declinedIn, firstMethod, offersOf, savedOf } from '../src/checkout/methods.ts';
import { passwordProblem, proofAddress } from '../src/checkout/wallet.ts';
import { instrumentName } from '../src/shared/instrument.ts';
import type { Attempt, Bank, Customer, ECash, Instrument, InstrumentType, Payment } from '../src/shared/types.ts';

const aster: Bank = { id: 'aster', name: 'Aster Bank', up: true };
const dogwood: Bank = { id: 'dogwood', name: 'Dogwood Trust', up: false };
const instrument = (type: InstrumentType, brand = 'visa', last4 = '4242'): Instrument => ({ id: `ins_${type}`, type, brand, last4 });
const customer = (instruments: Instrument[] = [], ecash: ECash[] = []) => ({ instruments, ecash }) as unknown as Customer;
const everything: InstrumentType[] = ['card', 'wallet_card', 'bank_account', 'ecash', 'echeck'];
const payment = (attempts: Partial<Attempt>[] = [], more: Partial<Payment> = {}) =>
  ({ amount: { amount: 3970, currency: 'EUR' }, attempts, confirmation: null, last_error: null, offered_instruments: everything, ...more }) as unknown as Payment;
const euros = (available: number): ECash => ({ currency: 'EUR', balance: available, available });

test('Cards, the wallet and e-checks are offered to everybody, e-cash only to whom some was given', () => {
  assert.deepEqual(offersOf(customer(), payment(), [aster]).map((offer) => offer.method), ['card', 'wallet', 'net_banking', 'echeck']);
  assert.deepEqual(offersOf(customer([instrument('ecash')], [euros(5000)]), payment(), [aster]).map((offer) => offer.method),
    ['card', 'wallet', 'net_banking', 'ecash', 'echeck']);
});

test('Only what the hub offers for this payment is shown, and what shows first can be chosen', () => {
  const rich = customer([instrument('ecash')], [euros(5000)]);
  const shown = (offered: InstrumentType[]) => offersOf(rich, payment([], { offered_instruments: offered }), [aster]);
  for (const [type, method] of [['card', 'card'], ['wallet_card', 'wallet'], ['bank_account', 'net_banking'], ['ecash', 'ecash'], ['echeck', 'echeck']] as const) {
    assert.deepEqual(shown([type]).map((offer) => offer.method), [method]);
    assert.equal(firstMethod(payment(), shown([type])), method);
    assert.ok(!shown(everything.filter((one) => one !== type)).some((offer) => offer.method === method), method);
  }
  assert.equal(firstMethod(payment(), shown([])), null);
  assert.equal(chosenMethod('wallet', shown(['card'])), 'card');
  assert.equal(chosenMethod('wallet', shown(['card', 'wallet_card'])), 'wallet');
});

test('The code for a new wallet goes to a verified address, the one the customer is asked on where it is one', () => {
  const [phone, mail, other] = ['sms', 'email', 'sms'].map((channel, n) => ({ id: `adr_${n}`, channel, display: '', verified: n !== 2 }));
  const whose = (addresses: object[], method: string) => ({ addresses, confirmation: { method, fallback: [] } }) as unknown as Customer;
  assert.equal(proofAddress(whose([phone!, mail!], 'email'))?.id, 'adr_1');
  assert.equal(proofAddress(whose([other!, phone!], 'sms'))?.id, 'adr_0');
  assert.equal(proofAddress(whose([phone!], 'email'))?.id, 'adr_0');
  assert.equal(proofAddress(whose([other!], 'sms')), null);
});

test('Without banks there is no net banking; where none is up, or nobody knows, it is barred and says so', () => {
  const netBanking = (banks: Bank[] | null) => offersOf(customer(), payment(), banks).find((offer) => offer.method === 'net_banking');
  assert.equal(netBanking([]), undefined);
  assert.equal(netBanking([dogwood])?.barred, true);
  assert.equal(netBanking([dogwood, aster])?.barred, false);
  assert.equal(netBanking(null)?.barred, true);
});

test('E-cash pays what it holds to the last cent', () => {
  const rows: [number, boolean][] = [[3969, true], [3970, false], [3971, false]];
  for (const [available, barred] of rows) {
    const offer = offersOf(customer([instrument('ecash')], [euros(available)]), payment(), []).find((one) => one.method === 'ecash');
    assert.equal(offer?.barred, barred, available.toString());
    assert.match(offer?.note ?? '', barred ? /not enough$/ : /to spend$/);
  }
});

test('What an open payment waits for is not there to spend, and another currency is not exchanged', () => {
  const held = offersOf(customer([instrument('ecash')], [{ currency: 'EUR', balance: 5000, available: 1000 }]), payment(), []);
  assert.equal(held.find((one) => one.method === 'ecash')?.barred, true);
  const dollars = offersOf(customer([instrument('ecash')], [{ currency: 'USD', balance: 5000, available: 5000 }]), payment(), []);
  assert.match(dollars.find((one) => one.method === 'ecash')?.note ?? '', /another currency$/);
});

test('After an attempt its own way is open again, unless that is out of reach now', () => {
  const tried = (type: InstrumentType) => payment([{ status: 'declined', instrument: instrument(type) }]);
  const rich = customer([instrument('ecash')], [euros(5000)]);
  assert.equal(firstMethod(payment(), offersOf(rich, payment(), [aster])), 'card');
  for (const [type, method] of [['wallet_card', 'wallet'], ['bank_account', 'net_banking'], ['ecash', 'ecash'], ['echeck', 'echeck'], ['card', 'card']] as const)
    assert.equal(firstMethod(tried(type), offersOf(rich, tried(type), [aster])), method);
  const poor = customer([instrument('ecash')], [euros(0)]);
  assert.equal(firstMethod(tried('ecash'), offersOf(poor, tried('ecash'), [aster])), 'card');
});

test('Saved instruments are told apart by type, and those this payment saw declined are known', () => {
  const all = customer([instrument('card'), instrument('echeck', 'Aster Bank', '0001'), instrument('ecash')]);
  assert.deepEqual(savedOf('card', all).map((one) => one.id), ['ins_card']);
  const declined = declinedIn(payment([{ status: 'declined', instrument: instrument('card') }, { status: 'authorized', instrument: instrument('echeck') }]));
  assert.deepEqual([...declined], ['ins_card']);
});

test('What was paid with has a name of its own', () => {
  assert.equal(instrumentName(instrument('card')), 'Visa •••• 4242');
  assert.equal(instrumentName(instrument('wallet_card')), 'Visa •••• 4242, from the wallet');
  assert.equal(instrumentName(instrument('bank_account', 'aster', ''), [aster]), 'Aster Bank, net banking');
  assert.equal(instrumentName(instrument('bank_account', 'elm', ''), [aster]), 'Elm, net banking');
  assert.equal(instrumentName(instrument('ecash', 'ecash', '')), 'E-cash');
  assert.equal(instrumentName(instrument('echeck', 'Aster Bank', '0001')), 'E-check, Aster Bank •••• 0001');
});

test('A decline says who refused and what to do, in the words of what was paid with', () => {
  const declined = (one: Instrument, code: string) => lastFailure(payment([{ status: 'declined', instrument: one, decline_code: code }]), [aster]);
  assert.equal(declined(instrument('wallet_card'), 'insufficient_funds')?.text, 'There is not enough money there. Nothing was taken. Pick another card of your wallet.');
  assert.equal(declined(instrument('bank_account', 'aster', ''), 'customer_denied')?.title, 'Aster Bank did not make the payment');
  assert.match(declined(instrument('echeck', 'Aster Bank', '0002'), 'account_not_found')?.text ?? '', /^The bank knows no such account\. Nothing was taken\./);
  assert.equal(lastFailure(payment(), []), null);
});

test('A wallet’s password has eight characters, and is no card number', () => {
  assert.notEqual(passwordProblem('1234567'), null);
  assert.equal(passwordProblem('12345678'), null);
  assert.notEqual(passwordProblem('4242 4242 4242 4242'), null);
});
