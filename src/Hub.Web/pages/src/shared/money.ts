import type { Amount } from './types.ts';
import { locale } from '../words/words.ts';

/** How many decimals a currency has, 0 to 3 for those in use; by ISO 4217 as the browser knows it. */
export function decimalsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Formats minor units for people, such as `€49.90`; whole numbers throughout, so nothing is ever rounded. */
export function formatMinor(minor: number, currency: string, tag = locale): string {
  const decimals = decimalsOf(currency);
  const scale = 10n ** BigInt(decimals);
  const absolute = BigInt(Math.abs(minor));
  const fraction = (absolute % scale).toString().padStart(decimals, '0');
  const parts = new Intl.NumberFormat(tag, { style: 'currency', currency }).formatToParts(absolute / scale);
  const text = parts.map((part) => (part.type === 'fraction' ? fraction : part.value)).join('');
  return minor < 0 ? `−${text}` : text;
}

/** Formats an amount of the API. */
export function formatAmount(amount: Amount, tag = locale): string {
  return formatMinor(amount.amount, amount.currency, tag);
}

/** Writes minor units as a plain decimal, such as `49.90`, for an input field. */
export function toDecimal(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = Math.abs(minor).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
}

/**
 * Reads what a person typed, such as `49.90` or `49,9`, as minor units.
 * Null when it is no amount, has more decimals than the currency, or exceeds what a number holds exactly.
 */
export function parseMinor(text: string, currency: string): number | null {
  const match = /^(\d{1,15})(?:[.,](\d*))?$/.exec(text.trim());
  if (!match) return null;
  const decimals = decimalsOf(currency);
  const fraction = match[2] ?? '';
  if (fraction.length > decimals) return null;
  const minor = Number(BigInt(match[1] + fraction.padEnd(decimals, '0')));
  return Number.isSafeInteger(minor) ? minor : null;
}
