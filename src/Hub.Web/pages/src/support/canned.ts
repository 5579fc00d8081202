import { languageOf, languages } from '../words/words.ts';

/** A sentence that staff often says. */
export interface Canned {
  title: string;
  text: string;
  /** What it is written in, ISO 639; null or left out where it goes with any. */
  language?: string | null;
}

/** A merchant's answers, with what names exactly this state of them. */
export interface CannedList {
  merchant: string;
  tag: string | null;
  answers: readonly Canned[];
}

export interface CannedGroup {
  name: string;
  answers: readonly Canned[];
}

export const longestTitle = 80;
export const longestText = 1000;
export const mostAnswers = 50;

/** What names an answer among its merchant's: a title is there once in a language. */
export function idOf(answer: Canned): string {
  return `${answer.language ?? '-'}/${answer.title}`;
}

export function languageName(language: string | null | undefined): string {
  if (!language) return 'Any language';
  const spoken = languageOf(language);
  return spoken ? languages[spoken] : language.toUpperCase();
}

/** The answers by language: the customer's first, then those that go with any, then the others as the merchant has them. */
export function byLanguage(answers: readonly Canned[], tag: string | null): CannedGroup[] {
  const own = tag?.toLowerCase().split('-')[0] ?? null;
  const present = [...new Set(answers.map((answer) => answer.language ?? null))];
  const rank = (language: string | null) => (language === own && own !== null ? 0 : language === null ? 1 : 2);
  return present.sort((a, b) => rank(a) - rank(b))
    .map((language) => ({ name: languageName(language), answers: answers.filter((answer) => (answer.language ?? null) === language) }));
}

/**
 * Which of the answers an editor changes: the one it has put there itself without ever hearing so, since the hub's answer got lost; else the one it opened.
 * One of the same title that somebody else wrote is theirs.
 * @param tried what the editor has tried to save so far
 */
export function meantOf(answers: readonly Canned[], opened: Canned | null, tried: readonly Canned[]): Canned | null {
  const isThere = (own: Canned) => answers.some((answer) => idOf(answer) === idOf(own) && answer.text === own.text);
  return tried.findLast(isThere) ?? opened;
}

/** The list with an answer changed in its place, or at the end where it is a new one. */
export function withAnswer(answers: readonly Canned[], old: Canned | null, next: Canned): Canned[] {
  const at = old ? answers.findIndex((answer) => idOf(answer) === idOf(old)) : -1;
  return at < 0 ? [...answers, next] : answers.map((answer, index) => (index === at ? next : answer));
}

export function withoutAnswer(answers: readonly Canned[], gone: Canned): Canned[] {
  return answers.filter((answer) => idOf(answer) !== idOf(gone));
}

/** Why an answer cannot be kept, per field; empty when it can. */
export function problemsOf(answers: readonly Canned[], old: Canned | null, next: Canned): { title?: string; text?: string } {
  const problems: { title?: string; text?: string } = {};
  const others = old ? withoutAnswer(answers, old) : answers;
  if (next.title.trim() === '') problems.title = 'Give it a title by which colleagues find it.';
  else if (others.some((answer) => idOf(answer) === idOf(next))) problems.title = 'There is an answer of this title in this language.';
  else if (others.length >= mostAnswers) problems.title = `There are ${mostAnswers} answers already. Remove one first.`;
  const foreign = [...next.text.matchAll(/\{[^}]*\}?/g)].map(([found]) => found).find((found) => found !== '{name}' && found !== '{order}');
  if (next.text.trim() === '') problems.text = 'Write what is to be said.';
  else if (foreign !== undefined) problems.text = `${foreign} stands for nothing. Only {name} and {order} are filled in.`;
  return problems;
}
