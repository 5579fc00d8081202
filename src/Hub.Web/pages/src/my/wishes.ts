import type { Customer, Digest, QuietHours, Topic } from '../shared/types.ts';

/** What the settings change, in the shape in which the hub takes it. */
export interface Wishes {
  locale: string;
  confirmation: { method: string; fallback: string[]; fallback_after_seconds: number };
  notifications: Record<Topic, string[]>;
  /** An empty object: none. */
  quiet_hours: QuietHours | Record<string, never>;
  /** An empty object: none. */
  digest: Digest | Record<string, never>;
}

export const topics: readonly Topic[] = ['receipts', 'payment_status', 'refunds', 'shipping'];

/** The channels on which the hub asks and tells. */
const reachable = ['sms', 'whatsapp', 'email', 'chat'];

/** The wishes as they stand. */
export function wishesOf(customer: Customer): Wishes {
  const { method, fallback, fallback_after_seconds } = customer.confirmation;
  const { receipts, payment_status, refunds, shipping } = customer.notifications;
  return {
    locale: customer.locale,
    confirmation: { method, fallback, fallback_after_seconds },
    notifications: { receipts, payment_status, refunds, shipping },
    quiet_hours: customer.quiet_hours ?? {},
    digest: customer.digest ?? {},
  };
}

/** What the hub is told: nothing but what differs, so that saving one thing does not undo another that was changed elsewhere. */
export type WishChanges = Partial<Omit<Wishes, 'notifications'>> & { notifications?: Partial<Wishes['notifications']> };

/** What was changed since the wishes were loaded; each topic stands by itself. */
export function changesOf(wishes: Wishes, loaded: Wishes): WishChanges {
  const { notifications, ...others } = differing(wishes, loaded);
  return { ...others, ...(notifications ? { notifications: differing(wishes.notifications, loaded.notifications) } : {}) };
}

/** The wishes as they stand now, with what is being changed. */
export function withChanges(now: Wishes, changes: WishChanges): Wishes {
  return { ...now, ...changes, notifications: { ...now.notifications, ...changes.notifications } };
}

function differing<T extends object>(next: T, old: T): Partial<T> {
  return Object.fromEntries(Object.entries(next).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name as keyof T]))) as Partial<T>;
}

/** The channels the customer has an address on, and those that are chosen already. */
export function channelsOf(customer: Customer): string[] {
  const known = new Set([...customer.addresses.map((address) => address.channel as string), customer.confirmation.method, ...customer.confirmation.fallback]);
  return reachable.filter((channel) => known.has(channel));
}

/** Every order of one or two of the channels that can be chosen, with the present one should it be longer. */
export function orders(channels: readonly string[], now: readonly string[]): string[][] {
  const all = [...channels.map((one) => [one]), ...channels.flatMap((one) => channels.filter((other) => other !== one).map((other) => [one, other]))];
  const known = now.length === 0 || all.some((list) => list.join() === now.join());
  return known ? all : [...all, [...now]];
}
