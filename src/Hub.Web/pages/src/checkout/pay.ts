import type { Api } from '../shared/api.ts';
import { hubNow } from '../shared/hub-clock.ts';
import { boundClaims, chooseKey, encryptJwe, type EncryptionKey } from '../shared/jwe.ts';
import { OnceMore } from '../shared/once-more.ts';
import type { Customer, Instrument, Payment } from '../shared/types.ts';
import { accountClaims, type AccountEntry } from './account-entry.ts';
import { instrumentClaims, type CardEntry } from './card-entry.ts';
import { cameTooLate } from './late.ts';

/** What makes an instrument; numbers travel encrypted. */
interface NewInstrument {
  type: 'card' | 'wallet_card' | 'bank_account' | 'echeck';
  encrypted?: string;
  bank?: string;
  wallet?: string;
}

interface Submit {
  instrument: string;
  security_code?: string;
  wallet?: string;
}

/** Carries "pay now" out: what was typed becomes an instrument, the security code travels in an envelope of its own. */
export class Payer {
  readonly #api: Api;
  readonly #customer: string;
  readonly #payment: string;
  readonly #store = new OnceMore<NewInstrument>();
  readonly #submit = new OnceMore<Submit>();
  /** The instrument that the entry has already become, should only the second step have to be repeated. */
  #stored: { inputs: string; instrument: Instrument } | null = null;

  constructor(api: Api, customer: string, payment: string) {
    this.#api = api;
    this.#customer = customer;
    this.#payment = payment;
  }

  /** Keeps a card, in the open wallet where there is one, without paying yet. */
  storeCard(card: CardEntry, wallet?: string): Promise<Instrument> {
    const claims = instrumentClaims(card);
    return this.#kept(JSON.stringify([claims, wallet]), async () => wallet
      ? { type: 'wallet_card', encrypted: await this.#seal(claims), wallet }
      : { type: 'card', encrypted: await this.#seal(claims) });
  }

  payByCard(instrument: string, code: string, wallet?: string): Promise<Payment> {
    return this.#pay(`${instrument} ${code}`, async () => ({
      instrument, security_code: await this.#seal({ security_code: code }), ...(wallet ? { wallet } : {}),
    }));
  }

  /** A bank stays chosen once, so a second payment at it finds the account of the first. */
  async payAtBank(bank: string, customer: Customer): Promise<Payment> {
    const known = customer.instruments.find((one) => one.type === 'bank_account' && one.brand === bank);
    const account = known ?? await this.#kept(`bank ${bank}`, async () => ({ type: 'bank_account', bank }));
    return this.payWith(account.id);
  }

  async payByCheck(entry: AccountEntry): Promise<Payment> {
    const claims = accountClaims(entry);
    const account = await this.#kept(JSON.stringify(claims), async () => ({ type: 'echeck', encrypted: await this.#seal(claims) }));
    return this.payWith(account.id);
  }

  /** Pays with something that asks for no code of its own. */
  payWith(instrument: string): Promise<Payment> {
    return this.#pay(instrument, async () => ({ instrument }));
  }

  async #kept(inputs: string, prepare: () => Promise<NewInstrument>): Promise<Instrument> {
    if (this.#stored?.inputs !== inputs) {
      const instrument = await this.#store.run(inputs, prepare,
        (body, key) => this.#api.post<Instrument>(`/v1/customers/${this.#customer}/instruments`, body, { key }));
      this.#stored = { inputs, instrument };
    }
    return this.#stored.instrument;
  }

  #pay(inputs: string, prepare: () => Promise<Submit>): Promise<Payment> {
    return this.#submit.run(inputs, prepare, (body, key) => this.#api.post<Payment>(`/v1/payments/${this.#payment}/submit`, body, { key }))
      .catch((error: unknown) => this.#paidElsewhere(error));
  }

  /** Another tab or device was quicker: then the payment goes on from there. What it still waits for here is an error after all. */
  async #paidElsewhere(error: unknown): Promise<Payment> {
    if (!cameTooLate(error)) throw error;
    const now = await this.#api.get<Payment>(`/v1/payments/${this.#payment}`);
    if (now.status === 'requires_payment_method') throw error;
    return now;
  }

  async #seal(claims: object): Promise<string> {
    const { keys } = await this.#api.get<{ keys: EncryptionKey[] }>('/v1/keys/encryption');
    return encryptJwe({ ...claims, ...boundClaims(this.#customer, hubNow()) }, chooseKey(keys));
  }
}
