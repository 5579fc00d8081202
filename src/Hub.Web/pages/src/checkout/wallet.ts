import type { Api } from '../shared/api.ts';
import { OnceMore } from '../shared/once-more.ts';
import { ApiProblem } from '../shared/problem.ts';
import type { Address, Customer, Instrument } from '../shared/types.ts';
import { t } from '../words/words.ts';

/** A wallet as it is while it is closed. */
export interface ClosedWallet {
  /** Whether it has a password. */
  set: boolean;
  cards: number;
  locked_until: string | null;
  /** Whether a link to one payment sets the first password with a code alone. */
  code_required: boolean;
  /** Until when a code that was sent can be typed; null where none can. */
  code_expires_at: string | null;
}

/** The code that proves that the wallet is the customer's own. */
export interface WalletProof {
  address: string;
  code: string;
}

/** The verified address a code goes to: the one the customer wants to be asked on, or else the first. */
export function proofAddress(customer: Customer): Address | null {
  const verified = customer.addresses.filter((address) => address.verified);
  return verified.find((address) => address.channel === customer.confirmation.method) ?? verified[0] ?? null;
}

/** A wallet whose password was typed. Kept in memory alone: whoever loads the page anew types it again. */
export interface OpenWallet {
  /** What opens it, for minutes. */
  wallet: string;
  expires_at: string;
  instruments: Instrument[];
}

export const shortestPassword = 8;
export const longestPassword = 200;

/** Why a new password cannot be taken; null when it can. */
export function passwordProblem(password: string): string | null {
  if (password.length < shortestPassword) return t.pay.wallet.atLeast(shortestPassword);
  return /^[\d\s-]{12,}$/.test(password) ? t.pay.wallet.noCardNumber : null;
}

/** No code was sent, since the last one was not long enough ago; its message says how long to wait, and whether there is a code to type. */
export class CodeNotSent extends Error {
  /** Whether a code that was sent before can be typed. */
  readonly open: boolean;

  constructor(seconds: number | null, open: boolean) {
    const next = t.pay.wallet.next(seconds === null ? null : waitInWords(seconds));
    super(`${open ? t.pay.wallet.stillCounts : t.pay.wallet.codeEnded} ${next}`);
    this.name = 'CodeNotSent';
    this.open = open;
  }
}

/** Such as `40 seconds` or `22 minutes`; never less than there is. */
export function waitInWords(seconds: number): string {
  return seconds < 120 ? t.pay.wallet.seconds(Math.max(1, Math.ceil(seconds))) : t.pay.wallet.minutes(Math.ceil(seconds / 60));
}

/** Sets the wallet's password and opens it, each request once however often the button is pressed. */
export class WalletDoor {
  readonly #api: Api;
  readonly #path: string;
  readonly #set = new OnceMore<object>();
  readonly #send = new OnceMore<object>();
  readonly #open = new OnceMore<{ password: string }>();

  constructor(api: Api, customer: string) {
    this.#api = api;
    this.#path = `/v1/customers/${customer}/wallet`;
  }

  look(): Promise<ClosedWallet> {
    return this.#api.get<ClosedWallet>(this.#path);
  }

  /**
   * Has a code sent; while an answer is missing, pressing again asks for the same one.
   * @throws CodeNotSent when it is too soon for another one
   */
  async sendCode(address: string): Promise<void> {
    try {
      await this.#send.run(address, async () => ({ address }), (body, key) => this.#api.post<ClosedWallet>(`${this.#path}/code`, body, { key }));
    } catch (error) {
      if (!(error instanceof ApiProblem && error.code === 'resend_too_soon')) throw error;
      throw new CodeNotSent(error.retryAfter, ((await this.look()).code_expires_at ?? null) !== null);
    }
  }

  set(password: string, proof: WalletProof | null): Promise<ClosedWallet> {
    return this.#set.run(JSON.stringify([password, proof]), async () => ({ password, ...proof }), (body, key) => this.#api.post<ClosedWallet>(this.#path, body, { key }));
  }

  open(password: string): Promise<OpenWallet> {
    return this.#open.run(password, async () => ({ password }), (body, key) => this.#api.post<OpenWallet>(`${this.#path}/open`, body, { key }));
  }
}
