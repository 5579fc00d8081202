import { en, type Words } from './en/index.ts';

/** A language the pages speak. */
export type Language = 'en' | 'de' | 'zh';

/** Every language, by the name it has for itself. */
export const languages: Record<Language, string> = { en: 'English', de: 'Deutsch', zh: '中文' };

const place = 'omnihub.language';

/** What the page says, in the language it is in now. Read it while rendering: it changes when the language does. */
export let t: Words = en;

/** The language the page is in now. */
export let language: Language = 'en';

/** How amounts and dates are written, BCP 47: the language, with the region where one is known. */
export let locale = 'en';

const load: Record<Language, () => Promise<Words>> = {
  en: async () => en,
  de: async () => (await import('./de/index.ts')).words,
  zh: async () => (await import('./zh/index.ts')).words,
};

let repaint: () => void = () => undefined;

/** Called after every change of the language. */
export function onLanguage(changed: () => void): void {
  repaint = changed;
}

/** The language of a tag such as `de-AT` or `zh-Hans-CN`; null where the pages do not speak it. */
export function languageOf(tag: string): Language | null {
  const first = tag.toLowerCase().split('-')[0] ?? '';
  return first in languages ? (first as Language) : null;
}

/** Writes a language into the page; the region comes from the tag, or else from the browser where it is set to that language. */
export async function speak(tag: string): Promise<void> {
  const chosen = languageOf(tag) ?? 'en';
  t = await load[chosen]();
  language = chosen;
  locale = tag.includes('-') ? tag : navigator.languages.find((one) => languageOf(one) === chosen) ?? chosen;
  document.documentElement.lang = chosen === 'zh' ? 'zh-Hans' : chosen;
  repaint();
}

/** Only how amounts and dates are written, for pages that stay English. */
export function writeAs(tag: string): void {
  locale = tag;
}

/** What the person chose on this device; null where nothing was chosen. */
export function chosenLanguage(): Language | null {
  return languageOf(localStorage.getItem(place) ?? '');
}

/** Chooses a language for this device: it then outweighs the customer's own and the browser's. */
export async function choose(chosen: Language): Promise<void> {
  localStorage.setItem(place, chosen);
  await speak(chosen);
}

/** The language a page begins in: the one chosen here, or else the first of the browser's that the pages speak. */
export function firstLanguage(): string {
  return chosenLanguage() ?? navigator.languages.find((one) => languageOf(one) !== null) ?? 'en';
}

/** Follows what the hub knows of the customer, unless another language was chosen on this device. */
export async function follow(customerLocale: string): Promise<void> {
  if (chosenLanguage() !== null || languageOf(customerLocale) === null) return;
  if (languageOf(customerLocale) !== language) await speak(customerLocale);
}
