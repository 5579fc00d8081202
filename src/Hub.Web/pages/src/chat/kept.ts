import type { Outgoing } from './use-thread.ts';

/** What a customer has written and the hub does not have yet. */
export interface Kept {
  draft: string;
  outgoing: readonly Outgoing[];
}

const place = (customer: string) => `omnihub.chat.${customer}`;

/** A card's number, and the answer to a request for money: they pass through a page, and stay in no browser's storage. */
const passing = /(?:\d[ -]?){13,}|^\s*(?:PAY|NO)\s+\d{4}\s*$/i;

/**
 * What was left unsent in this tab, also by the page before: signing in again leads over other pages. Each customer has their
 * own, and it ends with the tab. A message keeps its key, so that one whose answer alone was lost is not sent twice.
 */
export function readKept(customer: string): Kept {
  const kept = JSON.parse(storage()?.getItem(place(customer)) ?? 'null') as Partial<Kept> | null;
  return { draft: kept?.draft ?? '', outgoing: (kept?.outgoing ?? []).map((one) => ({ ...one, failed: true })) };
}

export function keep(customer: string, { draft, outgoing }: Kept): void {
  const kept: Kept = { draft: passing.test(draft) ? '' : draft, outgoing: outgoing.filter((one) => !passing.test(one.text)) };
  if (kept.draft === '' && kept.outgoing.length === 0) storage()?.removeItem(place(customer));
  else storage()?.setItem(place(customer), JSON.stringify(kept));
}

/** Null where the browser gives this page none, such as in a frame without an origin: there, words last as long as the page. */
function storage(): Storage | null {
  try {
    return sessionStorage;
  } catch (refused) {
    console.info('What is written lasts as long as this page.', refused);
    return null;
  }
}
