import { bankName, isCard } from '../shared/instrument.ts';
import type { Attempt, Bank, Instrument, Payment } from '../shared/types.ts';

const declines: Record<string, string> = {
  insufficient_funds: 'There is not enough money there.',
  expired_card: 'The card has expired.',
  incorrect_security_code: 'The security code was not right.',
  account_closed: 'The account is closed.',
  account_not_found: 'The bank knows no such account.',
  customer_denied: 'You said no on your bank’s page.',
  bank_down: 'The bank cannot be reached now.',
};

/** Why the last attempt did not work, in words; null before the first. */
export function lastFailure(payment: Payment, banks: readonly Bank[]): { tone: 'bad' | 'warn'; title: string; text: string } | null {
  const attempt = payment.attempts.at(-1);
  if (!attempt) return null;
  if (attempt.status === 'declined') return {
    tone: 'bad', title: declinedBy(attempt.instrument, banks),
    text: `${declines[attempt.decline_code ?? ''] ?? 'No reason was given.'} Nothing was taken. ${another(attempt.instrument)}`,
  };
  switch (payment.confirmation?.status) {
    case 'rejected': return { tone: 'warn', title: 'You said no', text: `${released(attempt)} You may try again.` };
    case 'expired': return { tone: 'warn', title: 'No answer in time', text: `${released(attempt)} You may try again.` };
  }
  const error = payment.last_error;
  return error ? { tone: 'bad', title: 'That did not work', text: `${error.message.replace(/ Nothing was charged\.$/, '')} Nothing was taken.` } : null;
}

function declinedBy(instrument: Pick<Instrument, 'type' | 'brand' | 'last4'> | null, banks: readonly Bank[]): string {
  switch (instrument?.type) {
    case 'bank_account': return `${bankName(instrument.brand, banks)} did not make the payment`;
    case 'ecash': return 'Your e-cash could not pay this';
    case 'echeck': return `Your bank refused the e-check from the account ending in ${instrument.last4}`;
    default: return instrument?.last4 ? `Your bank declined the card ending in ${instrument.last4}` : 'Your bank declined the card';
  }
}

function another(instrument: Pick<Instrument, 'type'> | null): string {
  if (instrument?.type === 'wallet_card') return 'Pick another card of your wallet.';
  return instrument === null || instrument.type === 'card' ? 'Try another card.' : 'Pay in another way, or try again.';
}

/** What was set aside is free again; what moves at once had not been asked for. */
function released(attempt: Attempt): string {
  if (attempt.instrument === null || isCard(attempt.instrument)) return 'The hold on your card is released and nothing was taken.';
  return attempt.instrument.type === 'ecash' ? 'Your e-cash is free again and nothing was taken.' : 'Nothing was taken.';
}
