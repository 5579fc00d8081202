import { locale } from '../words/words.ts';

const kept = new Map<string, Intl.DateTimeFormat>();

/** One format for each language that was in use; making them is what costs. */
function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${name}`;
  const known = kept.get(key) ?? new Intl.DateTimeFormat(locale, options);
  kept.set(key, known);
  return known;
}

const minutes = () => format('minutes', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** `14:03:22` */
export const clockTime = (at: string): string => format('time', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(new Date(at));

/** `14:03` */
export const shortTime = (at: string): string => minutes().format(new Date(at));

/** `8 Mar 2026, 14:03:22` */
export const fullTime = (at: string): string => format('full', { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }).format(new Date(at));

/** `8 Mar 2026` */
export const mediumDay = (at: string | number): string => format('day', { dateStyle: 'medium' }).format(new Date(at));

/** The time for today, the day for anything older. */
export function shortWhen(at: string, now: number): string {
  const date = new Date(at);
  return date.toDateString() === new Date(now).toDateString() ? minutes().format(date) : format('short', { day: 'numeric', month: 'short' }).format(date);
}

/** `4:05` for 245 seconds; never below `0:00`. */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${(seconds % 60).toString().padStart(2, '0')}`;
}

/** How long until a deadline, in whole days and then hours; urgent from the last day on. */
export function daysLeft(at: string, now: number): { text: string; urgent: boolean } {
  const hours = Math.floor((Date.parse(at) - now) / 3_600_000);
  if (Date.parse(at) <= now) return { text: 'too late', urgent: true };
  if (hours < 1) return { text: 'less than an hour', urgent: true };
  if (hours < 24) return { text: hours === 1 ? 'one hour left' : `${hours} hours left`, urgent: true };
  const days = Math.floor(hours / 24);
  return { text: days === 1 ? 'one day left' : `${days} days left`, urgent: false };
}
