import type { Api } from '../shared/api.ts';
import { hubNow } from '../shared/hub-clock.ts';
import { boundClaims, chooseKey, encryptJwe, type EncryptionKey } from '../shared/jwe.ts';
import { OnceMore } from '../shared/once-more.ts';
import type { Instrument, Payment } from '../shared/types.ts';
import { instrumentClaims, type CardEntry } from './card-entry.ts';

/** Carries "pay now" out: the card becomes an instrument, the security code travels in an envelope of its own. */
export class Payer {
  readonly #api: Api;
  readonly #customer: string;
  readonly #payment: string;
  readonly #store = new OnceMore<{ type: 'card'; encrypted: string }>();
  readonly #submit = new OnceMore<{ instrument: string; security_code: string }>();
  /** The instrument that the entry has already become, should only the second step have to be repeated. */
  #stored: { inputs: string; instrument: Instrument } | null = null;

  constructor(api: Api, customer: string, payment: string) {
    this.#api = api;
    this.#customer = customer;
    this.#payment = payment;
  }

  async payWithNew(card: CardEntry): Promise<Payment> {
    const claims = instrumentClaims(card);
    const inputs = JSON.stringify(claims);
    if (this.#stored?.inputs !== inputs) {
      const instrument = await this.#store.run(inputs,
        async () => ({ type: 'card', encrypted: await this.#seal(claims) }),
        (body, key) => this.#api.post<Instrument>(`/v1/customers/${this.#customer}/instruments`, body, { key }));
      this.#stored = { inputs, instrument };
    }
    return this.payWithSaved(this.#stored.instrument.id, card.code);
  }

  payWithSaved(instrument: string, code: string): Promise<Payment> {
    return this.#submit.run(`${instrument} ${code}`,
      async () => ({ instrument, security_code: await this.#seal({ security_code: code }) }),
      (body, key) => this.#api.post<Payment>(`/v1/payments/${this.#payment}/submit`, body, { key }));
  }

  async #seal(claims: object): Promise<string> {
    const { keys } = await this.#api.get<{ keys: EncryptionKey[] }>('/v1/keys/encryption');
    return encryptJwe({ ...claims, ...boundClaims(this.#customer, hubNow()) }, chooseKey(keys));
  }
}
