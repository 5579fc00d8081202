import type { Api } from '../shared/api.ts';
import { OnceMore } from '../shared/once-more.ts';
import type { Address, Customer, Instrument } from '../shared/types.ts';

/** A wallet as it is while it is closed. */
export interface ClosedWallet {
  /** Whether it has a password. */
  set: boolean;
  cards: number;
  locked_until: string | null;
  /** Whether a link to one payment sets the first password with a code alone. */
  code_required: boolean;
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
  if (password.length < shortestPassword) return `Use at least ${shortestPassword} characters.`;
  return /^[\d\s-]{12,}$/.test(password) ? 'Do not use a card number.' : null;
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

  /** Has a code sent; while an answer is missing, pressing again asks for the same one. */
  sendCode(address: string): Promise<ClosedWallet> {
    return this.#send.run(address, async () => ({ address }), (body, key) => this.#api.post<ClosedWallet>(`${this.#path}/code`, body, { key }));
  }

  set(password: string, proof: WalletProof | null): Promise<ClosedWallet> {
    return this.#set.run(JSON.stringify([password, proof]), async () => ({ password, ...proof }), (body, key) => this.#api.post<ClosedWallet>(this.#path, body, { key }));
  }

  open(password: string): Promise<OpenWallet> {
    return this.#open.run(password, async () => ({ password }), (body, key) => this.#api.post<OpenWallet>(`${this.#path}/open`, body, { key }));
  }
}
