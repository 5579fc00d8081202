import type { Api } from '../shared/api.ts';
import { OnceMore } from '../shared/once-more.ts';
import type { Instrument } from '../shared/types.ts';

/** A wallet as it is while it is closed. */
export interface ClosedWallet {
  /** Whether it has a password. */
  set: boolean;
  cards: number;
  locked_until: string | null;
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
  readonly #set = new OnceMore<{ password: string }>();
  readonly #open = new OnceMore<{ password: string }>();

  constructor(api: Api, customer: string) {
    this.#api = api;
    this.#path = `/v1/customers/${customer}/wallet`;
  }

  look(): Promise<ClosedWallet> {
    return this.#api.get<ClosedWallet>(this.#path);
  }

  set(password: string): Promise<ClosedWallet> {
    return this.#set.run(password, async () => ({ password }), (body, key) => this.#api.post<ClosedWallet>(this.#path, body, { key }));
  }

  open(password: string): Promise<OpenWallet> {
    return this.#open.run(password, async () => ({ password }), (body, key) => this.#api.post<OpenWallet>(`${this.#path}/open`, body, { key }));
  }
}
