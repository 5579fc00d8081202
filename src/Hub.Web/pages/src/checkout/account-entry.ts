import { t } from '../words/words.ts';

/** What a customer types about the account an e-check is drawn on. */
export interface AccountEntry {
  routing: string;
  account: string;
  holder: string;
}

export type AccountProblems = Partial<Record<keyof AccountEntry, string>>;

export const emptyAccount: AccountEntry = { routing: '', account: '', holder: '' };

/** Digits of a routing number. */
export const routingLength = 9;

/** The most digits of an account's number. */
export const accountLength = 17;

/**
 * Whether the ninth digit of a routing number fits the others: weighted 3, 7, 1, they sum to a multiple of ten.
 * Source: the American Bankers Association.
 */
export function routingFits(digits: string): boolean {
  if (!/^\d{9}$/.test(digits)) return false;
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * [3, 7, 1][at % 3]!, 0);
  // Nine zeros would fit, and are no bank.
  return sum > 0 && sum % 10 === 0;
}

export function routingProblem(routing: string): string | null {
  if (routing.length === 0) return t.pay.echeck.enterRouting;
  if (routing.length !== routingLength) return t.pay.echeck.nineDigits;
  return routingFits(routing) ? null : t.pay.echeck.oneDigit;
}

export function accountProblem(account: string): string | null {
  return /^\d{4,17}$/.test(account) ? null : t.pay.echeck.enterNumber;
}

/** What is wrong with the entry before anything is sent; empty when nothing is. */
export function accountProblemsOf(entry: AccountEntry): AccountProblems {
  const problems: AccountProblems = {};
  const routing = routingProblem(entry.routing);
  const account = accountProblem(entry.account);
  if (routing) problems.routing = routing;
  if (account) problems.account = account;
  if (entry.holder.trim().length < 2) problems.holder = t.pay.echeck.enterHolder;
  return problems;
}

/** The plaintext of the account's envelope, without what binds it. */
export function accountClaims(entry: AccountEntry): { routing_number: string; account_number: string; holder: string } {
  return { routing_number: entry.routing, account_number: entry.account, holder: entry.holder.trim() };
}
