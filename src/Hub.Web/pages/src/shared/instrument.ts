import { brandName } from './card.ts';
import type { Bank, Instrument } from './types.ts';
import { t } from '../words/words.ts';

/** An instrument as an attempt shows it. */
export type InstrumentLine = Pick<Instrument, 'type' | 'brand' | 'last4'>;

/** What was paid with, for people, such as `Visa •••• 4242` or `Aster Bank, net banking`. */
export function instrumentName(instrument: InstrumentLine, banks: readonly Bank[] = []): string {
  const digits = instrument.last4 ? ` •••• ${instrument.last4}` : '';
  switch (instrument.type) {
    case 'bank_account': return t.pay.instrument.netBanking(bankName(instrument.brand, banks));
    case 'ecash': return t.pay.instrument.ecash;
    case 'echeck': return t.pay.instrument.echeck(bankName(instrument.brand, banks), digits);
    case 'wallet_card': return t.pay.instrument.ofWallet(`${brandName(instrument.brand)}${digits}`);
    default: return `${brandName(instrument.brand)}${digits}`;
  }
}

/** A bank's name; its id with a capital where the list of banks does not know it. */
export function bankName(id: string, banks: readonly Bank[]): string {
  return banks.find((bank) => bank.id === id)?.name ?? id.charAt(0).toUpperCase() + id.slice(1);
}

/** Whether an instrument has a security code that is asked for each time. */
export function isCard(instrument: Pick<Instrument, 'type'>): boolean {
  return instrument.type === 'card' || instrument.type === 'wallet_card';
}
