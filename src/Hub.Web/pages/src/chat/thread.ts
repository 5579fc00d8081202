import type { Conversation, Message, Side } from './types.ts';

/** A conversation as a page has it: how it stands, and every message that was loaded or came since, oldest first. */
export interface Thread {
  about: Conversation;
  messages: readonly Message[];
}

/** Takes in how it stands and the messages that came with it; what is older than what is known changes nothing but the messages. */
export function withNews(thread: Thread | null, news: Conversation): Thread {
  const messages = withMessages(thread?.messages ?? [], news.messages);
  return { about: thread && thread.about.sequence > news.sequence ? thread.about : news, messages };
}

/** Both lists as one: each message once, the later word on it counts. */
export function withMessages(known: readonly Message[], next: readonly Message[]): readonly Message[] {
  const all = new Map([...known, ...next].map((message) => [message.id, message]));
  return [...all.values()].sort((a, b) => a.sequence - b.sequence);
}

/** What the other side wrote and this one has not read. */
export function unreadOf(thread: Thread, side: Side): number {
  return thread.messages.filter((message) => isForeign(message, side) && message.sequence > thread.about.read[side]).length;
}

/** The last message this side has to mark as read; null where there is nothing to mark. */
export function toMark(thread: Thread, side: Side): number | null {
  const last = thread.messages.filter((message) => isForeign(message, side)).at(-1)?.sequence ?? 0;
  return last > thread.about.read[side] ? last : null;
}

/** The last message of this side that the other has read; null where none was. */
export function lastRead(thread: Thread, side: Side): string | null {
  const upTo = thread.about.read[side === 'customer' ? 'staff' : 'customer'];
  return thread.messages.filter((message) => message.author === side && !message.note && message.sequence <= upTo).at(-1)?.id ?? null;
}

function isForeign(message: Message, side: Side): boolean {
  return message.author !== side && !message.note;
}
