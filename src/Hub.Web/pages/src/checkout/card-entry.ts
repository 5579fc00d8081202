import { brandOf, codeProblem, digitsOf, expiryProblem, numberProblem, parseExpiry } from '../shared/card.ts';
import { t } from '../words/words.ts';

/** What a customer types about a card. */
export interface CardEntry {
  number: string;
  expiry: string;
  code: string;
  holder: string;
}

export type CardProblems = Partial<Record<keyof CardEntry, string>>;

export const emptyCard: CardEntry = { number: '', expiry: '', code: '', holder: '' };

/** What is wrong with the entry before anything is sent; empty when nothing is. */
export function problemsOf(card: CardEntry, now: Date): CardProblems {
  const problems: CardProblems = {};
  const number = numberProblem(card.number);
  const expiry = expiryProblem(card.expiry, now);
  const code = codeProblem(card.code, brandOf(card.number).codeLength);
  if (number) problems.number = number;
  if (expiry) problems.expiry = expiry;
  if (code) problems.code = code;
  if (card.holder.trim().length < 2) problems.holder = t.pay.card.enterHolder;
  return problems;
}

/** The plaintext of the instrument's envelope, without what binds it. */
export function instrumentClaims(card: CardEntry): { number: string; exp_month: number; exp_year: number; holder: string } {
  const expiry = parseExpiry(card.expiry);
  if (!expiry) throw new Error('The expiry was not checked before it was sent.');
  return { number: digitsOf(card.number), exp_month: expiry.month, exp_year: expiry.year, holder: card.holder.trim() };
}
