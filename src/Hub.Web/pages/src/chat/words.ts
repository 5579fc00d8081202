import { chat as de } from '../words/de/chat.ts';
import { chat as en } from '../words/en/chat.ts';
import { chat as zh } from '../words/zh/chat.ts';
import type { ChatWords } from './bubbles.tsx';

const known: Record<string, ChatWords> = { en, de, zh };

/** The widget's words in the language of a tag such as `de-AT`; English where it does not speak it. */
export function wordsFor(tag: string): ChatWords {
  return known[tag.toLowerCase().split('-')[0] ?? ''] ?? en;
}
