import type { Payment } from '../shared/types.ts';

const declines: Record<string, string> = {
  generic_decline: 'The bank gave no reason.',
  insufficient_funds: 'There is not enough money on this card.',
  expired_card: 'The card has expired.',
  incorrect_security_code: 'The security code was not right.',
};

/** Why the last attempt did not work, in words; null before the first. */
export function lastFailure(payment: Payment): { tone: 'bad' | 'warn'; title: string; text: string } | null {
  const attempt = payment.attempts.at(-1);
  if (!attempt) return null;
  const last4 = attempt.instrument?.last4;
  const card = last4 ? `the card ending in ${last4}` : 'the card';
  if (attempt.status === 'declined') return {
    tone: 'bad', title: `Your bank declined ${card}`,
    text: `${declines[attempt.decline_code ?? ''] ?? 'The bank gave no reason.'} Nothing was taken. Try another card.`,
  };
  switch (payment.confirmation?.status) {
    case 'rejected': return { tone: 'warn', title: 'You said no', text: 'The hold on your card is released and nothing was taken. You may try again.' };
    case 'expired': return { tone: 'warn', title: 'No answer in time', text: 'The hold on your card is released and nothing was taken. You may try again.' };
  }
  const error = payment.last_error;
  return error ? { tone: 'bad', title: 'That did not work', text: `${error.message} Nothing was taken.` } : null;
}
