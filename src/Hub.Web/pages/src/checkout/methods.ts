import { formatMinor } from '../shared/money.ts';
import type { Bank, Customer, Instrument, InstrumentType, Payment } from '../shared/types.ts';
import { t } from '../words/words.ts';

/** A way to pay, each with a step of its own. */
export type Method = 'card' | 'wallet' | 'net_banking' | 'ecash' | 'echeck';

export interface Offer {
  method: Method;
  /** One line beside the name: a balance, or why it cannot be chosen. */
  note: string;
  /** Shown, so that nobody looks for it, but cannot be chosen. */
  barred: boolean;
}

const methodOfType: Record<InstrumentType, Method> = { card: 'card', wallet_card: 'wallet', bank_account: 'net_banking', ecash: 'ecash', echeck: 'echeck' };

/** The ways this customer can pay this payment, in the order in which they show: what the hub offers for it, as far as the customer has it. */
export function offersOf(customer: Customer, payment: Payment, banks: readonly Bank[] | null): Offer[] {
  const offers: (Offer | null)[] = [
    { method: 'card', note: t.pay.notes.card, barred: false },
    { method: 'wallet', note: t.pay.notes.wallet, barred: false },
    netBanking(banks),
    eCash(customer, payment),
    { method: 'echeck', note: t.pay.notes.echeck, barred: false },
  ];
  const offered = new Set(payment.offered_instruments.map((type) => methodOfType[type]));
  return offers.filter((offer) => offer !== null).filter((offer) => offered.has(offer.method));
}

/** A list that could not be loaded is said, so that a customer who looks for it knows why. */
function netBanking(banks: readonly Bank[] | null): Offer | null {
  if (banks === null) return { method: 'net_banking', note: t.pay.notes.banksUnknown, barred: true };
  if (banks.length === 0) return null;
  const up = banks.some((bank) => bank.up);
  return { method: 'net_banking', note: up ? t.pay.notes.bank : t.pay.notes.noBank, barred: !up };
}

/** Only a customer who was given stored value has something to choose. */
function eCash(customer: Customer, payment: Payment): Offer | null {
  if (!customer.instruments.some((instrument) => instrument.type === 'ecash')) return null;
  const { amount, currency } = payment.amount;
  const here = customer.ecash.find((one) => one.currency === currency);
  if (!here) {
    const other = customer.ecash.find((one) => one.available > 0);
    return other ? { method: 'ecash', note: t.pay.notes.otherCurrency(formatMinor(other.available, other.currency)), barred: true } : null;
  }
  const has = formatMinor(here.available, currency);
  return here.available < amount ? { method: 'ecash', note: t.pay.notes.notEnough(has), barred: true } : { method: 'ecash', note: t.pay.notes.toSpend(has), barred: false };
}

/** The way that is open first: the last one tried, as long as it can be chosen, or else the first that can; null where none can. */
export function firstMethod(payment: Payment, offers: readonly Offer[]): Method | null {
  const last = payment.attempts.at(-1)?.instrument;
  return chosenMethod(last ? methodOfType[last.type] : null, offers);
}

/** What was picked, unless it is out of reach by now, such as e-cash that another payment has taken. */
export function chosenMethod(picked: Method | null, offers: readonly Offer[]): Method | null {
  const open = offers.filter((offer) => !offer.barred).map((offer) => offer.method);
  return open.find((method) => method === picked) ?? open[0] ?? null;
}

/** The saved instruments of one type, and which of them this payment has already seen declined. */
export function savedOf(type: InstrumentType, customer: Customer): Instrument[] {
  return customer.instruments.filter((instrument) => instrument.type === type);
}

export function declinedIn(payment: Payment): ReadonlySet<string> {
  return new Set(payment.attempts.filter((attempt) => attempt.status === 'declined' && attempt.instrument).map((attempt) => attempt.instrument!.id));
}
