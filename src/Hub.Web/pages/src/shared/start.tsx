import { render, type ComponentType } from 'preact';
import { firstLanguage, onLanguage, speak, writeAs } from '../words/words.ts';
import './base.css';

/** Puts a page for the staff or of the sandbox into its document: English, with amounts and dates as the browser is set. */
export function start(Page: ComponentType): void {
  writeAs(navigator.language);
  paint(Page);
}

/** Puts a page for customers into its document, in their language, and paints it anew when that changes; what was typed stays. */
export async function startIn(Page: ComponentType, title: () => string): Promise<void> {
  await speak(firstLanguage());
  const show = () => { document.title = title(); paint(Page); };
  onLanguage(show);
  show();
}

function paint(Page: ComponentType): void {
  render(<Page />, document.getElementById('app')!);
}
