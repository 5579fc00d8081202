import type { Conversation } from '../chat/types.ts';

/** Every conversation that is known, by its id. */
export type Conversations = ReadonlyMap<string, Conversation>;

export interface ChatGroup {
  id: 'waiting' | 'mine' | 'all';
  name: string;
  holds: (one: Conversation, me: string) => boolean;
}

/** The groups of the list, in the order support cares about them. */
export const chatGroups: ChatGroup[] = [
  { id: 'waiting', name: 'Waiting', holds: (one) => one.status === 'waiting' },
  { id: 'mine', name: 'Mine', holds: (one, me) => one.assignee === me },
  { id: 'all', name: 'All', holds: () => true },
];

/** Takes a conversation in; an older view never replaces a newer one, and an update without its last message keeps the one that is known. */
export function withConversation(all: Conversations, next: Conversation): Conversations {
  const known = all.get(next.id);
  if (known && known.sequence > next.sequence) return all;
  const messages = next.messages.length > 0 ? next.messages.slice(-1) : known?.messages ?? [];
  return new Map(all).set(next.id, { ...next, messages });
}

const rank = { waiting: 0, assigned: 1, resolved: 2 } as const;

/** Who waits longest comes first, then what somebody has, then what is done; the latest word first among those. */
export function inOrder(all: Conversations, group: ChatGroup, me: string): Conversation[] {
  return [...all.values()].filter((one) => group.holds(one, me)).sort((a, b) =>
    rank[a.status] - rank[b.status]
    || (a.status === 'waiting' ? (a.waiting_since ?? '').localeCompare(b.waiting_since ?? '') : (b.last_message_at ?? '').localeCompare(a.last_message_at ?? '')));
}

/** A canned answer with the customer's name and order in it; a placeholder nobody can fill is left out. */
export function filled(text: string, name: string | null, order: string | null): string {
  return text.replaceAll('{name}', name ?? '').replaceAll('{order}', order ?? '').replace(/ {2,}/g, ' ');
}
