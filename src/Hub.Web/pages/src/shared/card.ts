import { t } from '../words/words.ts';

/** A card brand, as far as the first digits tell. */
export interface Brand {
  id: string;
  name: string;
  prefix: RegExp;
  lengths: number[];
  groups: number[];
  codeLength: number;
  /** The hub knows some schemes only to say that it does not take them. */
  taken: boolean;
}

const fours = [4, 4, 4, 4, 3];

const brands: Brand[] = [
  { id: 'amex', name: 'American Express', prefix: /^3[47]/, lengths: [15], groups: [4, 6, 5], codeLength: 4, taken: true },
  { id: 'visa', name: 'Visa', prefix: /^4/, lengths: [13, 16, 19], groups: fours, codeLength: 3, taken: true },
  { id: 'mastercard', name: 'Mastercard', prefix: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16], groups: fours, codeLength: 3, taken: true },
  { id: 'discover', name: 'Discover', prefix: /^(6011|64[4-9]|65)/, lengths: [16, 19], groups: fours, codeLength: 3, taken: false },
  { id: 'diners', name: 'Diners Club', prefix: /^3(0[0-5]|[689])/, lengths: [14, 16, 19], groups: [4, 6, 4], codeLength: 3, taken: false },
  { id: 'jcb', name: 'JCB', prefix: /^35/, lengths: [16, 17, 18, 19], groups: fours, codeLength: 3, taken: false },
  { id: 'unionpay', name: 'UnionPay', prefix: /^(62|81)/, lengths: [16, 17, 18, 19], groups: fours, codeLength: 3, taken: true },
];

const unknown: Brand = { id: 'unknown', name: 'Card', prefix: /^/, lengths: [12, 13, 14, 15, 16, 17, 18, 19], groups: fours, codeLength: 3, taken: false };

/** The schemes that can be paid with, in the order in which their marks show. */
export const takenBrands: readonly Brand[] = ['visa', 'mastercard', 'amex', 'unionpay'].map((id) => brands.find((brand) => brand.id === id)!);

export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** The brand the digits begin like; a neutral one until they tell. */
export function brandOf(number: string): Brand {
  const digits = digitsOf(number);
  return brands.find((brand) => brand.prefix.test(digits)) ?? unknown;
}

/** A brand's name for people, from the id the API gives. */
export function brandName(id: string): string {
  return brands.find((brand) => brand.id === id)?.name ?? t.pay.card.neutral;
}

/** Groups digits as the card prints them; drops what is no digit or goes beyond the brand's longest number. */
export function groupNumber(text: string): string {
  const brand = brandOf(text);
  const digits = digitsOf(text).slice(0, Math.max(...brand.lengths));
  const groups: string[] = [];
  let at = 0;
  for (const size of brand.groups) {
    if (at >= digits.length) break;
    groups.push(digits.slice(at, at + size));
    at += size;
  }
  if (at < digits.length) groups.push(digits.slice(at));
  return groups.join(' ');
}

/** The check digit of ISO/IEC 7812-1, annex B. */
export function passesLuhn(number: string): boolean {
  const digits = digitsOf(number);
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** Why a number cannot be a card's, in words for the field; null when it can. */
export function numberProblem(number: string): string | null {
  const digits = digitsOf(number);
  if (digits.length === 0) return t.pay.card.enterNumber;
  const brand = brandOf(digits);
  if (!brand.taken && digits.length >= 6) return brand === unknown ? t.pay.card.kindNotTaken : t.pay.card.brandNotTaken(brand.name);
  if (!brand.lengths.includes(digits.length)) return t.pay.card.incomplete;
  return passesLuhn(digits) ? null : t.pay.card.oneDigit;
}

/** Formats an expiry while it is typed: `1`, `12 / `, `12 / 30`. A first digit above 1 can only be a month with a leading zero. */
export function groupExpiry(text: string, previous: string): string {
  let digits = digitsOf(text);
  if (/^[2-9]/.test(digits)) digits = `0${digits}`;
  digits = digits.length > 4 && digits.slice(2, 4) === '20' ? digits.slice(0, 2) + digits.slice(4, 6) : digits.slice(0, 4);
  if (digits.length < 2) return digits;
  // Deleting the separator must not bring it back at once.
  if (digits.length === 2 && text.length < previous.length) return digits;
  return `${digits.slice(0, 2)} / ${digits.slice(2)}`;
}

export interface Expiry {
  month: number;
  /** Four digits. */
  year: number;
}

/** Reads `12 / 30`; null when it is no month of a year. */
export function parseExpiry(text: string): Expiry | null {
  const digits = digitsOf(text);
  if (digits.length !== 4) return null;
  const month = Number(digits.slice(0, 2));
  return month >= 1 && month <= 12 ? { month, year: 2000 + Number(digits.slice(2)) } : null;
}

/** A card is good to the last day of its month. */
export function expiryProblem(text: string, now: Date): string | null {
  const expiry = parseExpiry(text);
  if (expiry === null) return t.pay.card.enterExpiry;
  const last = expiry.year * 12 + expiry.month;
  return last < now.getUTCFullYear() * 12 + now.getUTCMonth() + 1 ? t.pay.card.expired : null;
}

export function codeProblem(code: string, length: number): string | null {
  return new RegExp(`^\\d{${length}}$`).test(code) ? null : t.pay.card.enterCode(length);
}
