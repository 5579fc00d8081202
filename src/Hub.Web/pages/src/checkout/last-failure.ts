import { bankName, isCard } from '../shared/instrument.ts';
import type { Attempt, Bank, Instrument, Payment } from '../shared/types.ts';
import { t, language } from '../words/words.ts';

/** Why the last attempt did not work, in words; null before the first. */
export function lastFailure(payment: Payment, banks: readonly Bank[]): { tone: 'bad' | 'warn'; title: string; text: string } | null {
  const attempt = payment.attempts.at(-1);
  if (!attempt) return null;
  if (attempt.status === 'declined') return {
    tone: 'bad', title: declinedBy(attempt.instrument, banks),
    text: `${t.pay.failed.reasons[attempt.decline_code ?? ''] ?? t.pay.failed.noReason} ${t.pay.failed.nothingTaken} ${another(attempt.instrument)}`,
  };
  switch (payment.confirmation?.status) {
    case 'rejected': return { tone: 'warn', title: t.pay.failed.saidNo, text: `${released(attempt)} ${t.pay.failed.tryAgain}` };
    case 'expired': return { tone: 'warn', title: t.pay.failed.notInTime, text: `${released(attempt)} ${t.pay.failed.tryAgain}` };
  }
  const error = payment.last_error;
  return error ? { tone: 'bad', title: t.pay.failed.didNotWork, text: `${inWords(error)} ${t.pay.failed.nothingTaken}` } : null;
}

function declinedBy(instrument: Pick<Instrument, 'type' | 'brand' | 'last4'> | null, banks: readonly Bank[]): string {
  switch (instrument?.type) {
    case 'bank_account': return t.pay.failed.bank(bankName(instrument.brand, banks));
    case 'ecash': return t.pay.failed.ecash;
    case 'echeck': return t.pay.failed.echeck(instrument.last4);
    default: return instrument?.last4 ? t.pay.failed.cardEnding(instrument.last4) : t.pay.failed.card;
  }
}

function another(instrument: Pick<Instrument, 'type'> | null): string {
  if (instrument?.type === 'wallet_card') return t.pay.failed.anotherOfWallet;
  return instrument === null || instrument.type === 'card' ? t.pay.failed.anotherCard : t.pay.failed.anotherWay;
}

/** What was set aside is free again; what moves at once had not been asked for. */
function released(attempt: Attempt): string {
  if (attempt.instrument === null || isCard(attempt.instrument)) return t.pay.failed.holdReleased;
  return attempt.instrument.type === 'ecash' ? t.pay.failed.ecashFree : t.pay.failed.nothingTaken;
}

/** The hub's own sentence is English; the other languages say it by its code, or not at all. */
function inWords(error: { code: string; message: string }): string {
  if (language === 'en') return error.message.replace(/ Nothing was charged\.$/, '');
  return t.pay.failed.reasons[error.code] ?? '';
}
