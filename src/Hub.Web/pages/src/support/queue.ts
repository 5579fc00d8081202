import type { Update } from '../shared/live.ts';
import { instrumentName } from '../shared/instrument.ts';
import type { Customer, Order, Payment, PaymentStatus } from '../shared/types.ts';
import { needsPerson } from './payment-questions.ts';

export interface QueueRow {
  payment: Payment;
  /** What happened last, and when. */
  last: { summary: string; time: string } | null;
}

/** The queue as the hub tells it: every payment once, the most recently moved first. */
export type Queue = ReadonlyMap<string, QueueRow>;

export type View = Payment | Order | Customer;

/** At most so many journeys stay in the browser; older ones are found by their id. */
const most = 500;

export function seeded(payments: Payment[]): Queue {
  return new Map(payments.map((payment) => [payment.id, { payment, last: null }]));
}

/** Takes updates in, in their order. A journey that moved goes to the top; an older view never replaces a newer one. */
export function withUpdates(queue: Queue, updates: Update<View>[]): Queue {
  const moved = new Map<string, QueueRow>();
  for (const update of updates) {
    if (!isPayment(update.view)) continue;
    const now = moved.get(update.view.id) ?? queue.get(update.view.id);
    const payment = now && now.payment.version > update.view.version ? now.payment : update.view;
    moved.delete(payment.id);
    moved.set(payment.id, { payment, last: { summary: update.entry.summary, time: update.time } });
  }
  if (moved.size === 0) return queue;
  const rows: [string, QueueRow][] = [...moved].reverse();
  for (const row of queue) if (!moved.has(row[0])) rows.push(row);
  return new Map(rows.slice(0, most));
}

/** The view of one payment that this page itself has just changed. */
export function withPayment(queue: Queue, payment: Payment): Queue {
  const row = queue.get(payment.id);
  if (row && row.payment.version > payment.version) return queue;
  return row ? new Map([...queue].map(([id, one]) => [id, id === payment.id ? { ...one, payment } : one])) : queue;
}

export interface Group {
  id: string;
  name: string;
  holds: (payment: Payment) => boolean;
}

/** The groups of the counters, in the order support cares about them. A paid journey with a dispute is in two of them. */
export const groups: Group[] = [
  { id: 'waiting', name: 'Waiting', holds: isOneOf('awaiting_confirmation', 'requires_action') },
  { id: 'review', name: 'Review', holds: needsPerson },
  { id: 'open', name: 'Open', holds: isOneOf('requires_payment_method', 'processing', 'requires_capture', 'partially_captured') },
  { id: 'succeeded', name: 'Paid', holds: isOneOf('succeeded') },
  { id: 'ended', name: 'Ended', holds: isOneOf('canceled', 'expired') },
];

function isOneOf(...statuses: PaymentStatus[]): (payment: Payment) => boolean {
  return (payment) => statuses.includes(payment.status);
}

export function countOf(queue: Queue, group: Group): number {
  let count = 0;
  for (const { payment } of queue.values()) if (group.holds(payment)) count++;
  return count;
}

/** The rows that show: one group or all, and every word typed found somewhere in the row. */
export function filtered(queue: Queue, group: string | null, text: string): QueueRow[] {
  const within = groups.find((one) => one.id === group) ?? null;
  const words = text.toLowerCase().split(/\s+/).filter((word) => word.length > 0);
  return [...queue.values()].filter(({ payment, last }) => {
    if (within && !within.holds(payment)) return false;
    if (words.length === 0) return true;
    const cards = payment.attempts.map(({ instrument }) => (instrument ? `${instrumentName(instrument)} ${instrument.brand}` : '')).join(' ');
    const haystack = `${payment.id} ${payment.order} ${payment.customer} ${payment.status.replaceAll('_', ' ')} ${cards} ${last?.summary ?? ''}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}

const isPayment = (view: View | null): view is Payment => (view as { object?: string } | null)?.object === 'payment';
