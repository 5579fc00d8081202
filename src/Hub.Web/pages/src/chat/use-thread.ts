import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Live, LiveState } from '../shared/live.ts';
import { untilAnswered } from '../shared/until-answered.ts';
import { toMark, withMessages, withNews, type Thread } from './thread.ts';
import type { Client, Conversation, Message, Page, Side } from './types.ts';

/** A message on its way: kept under its key until the hub has it, however often that takes. */
export interface Outgoing {
  key: string;
  text: string;
  failed: boolean;
}

export interface OpenThread {
  thread: Thread | null;
  /** What went wrong last; a conversation that could not be loaded is asked for again by itself. */
  error: unknown;
  outgoing: readonly Outgoing[];
  /** Who of the other side is writing now; null for nobody. */
  typing: { name: string | null } | null;
  hasEarlier: boolean;
  send: (text: string) => void;
  again: () => void;
  tellTyping: () => void;
  earlier: () => Promise<void>;
  put: (news: Conversation) => void;
}

interface Options {
  client: Client;
  live: Live | null;
  /** How the connection stands: where it comes back, what could not be loaded is asked for at once. */
  state: LiveState;
  /** Where the conversation is read. */
  path: string;
  /** Where this side writes; a thread that nobody has begun is begun there. */
  write: (thread: Conversation) => string;
  side: Side;
  /** Whether the messages are on the screen: then they count as read. */
  seen: boolean;
  /** What the page before could not send. */
  unsent?: readonly Outgoing[];
}

const pageSize = 50;
/** Milliseconds for which "is typing" stays after it was told. */
const typingFor = 3500;
/** Milliseconds between two times of telling that this side is typing. */
const typingEvery = 1500;

/** One conversation: loaded once, kept up to date by the hub with every gap replayed, and spoken in. */
export function useThread({ client, live, state, path, write, side, seen, unsent = [] }: Options): OpenThread {
  const [thread, setThread] = useState<Thread | null>(null);
  // What one token was refused says nothing of the next one, however late the answer comes.
  const [failure, setFailure] = useState<{ of: Client; error: unknown } | null>(null);
  const error = failure?.of === client ? failure.error : null;
  const [outgoing, setOutgoing] = useState(unsent);
  const [typing, setTyping] = useState<{ name: string | null } | null>(null);
  const [hasEarlier, setHasEarlier] = useState(false);
  const [turn, setTurn] = useState(0);
  const unloaded = useRef(false);
  const toldAt = useRef(0);
  const put = useCallback((news: Conversation) => setThread((now) => withNews(now, news)), []);

  useEffect(() => {
    let topic: string | null = null;
    const page = new AbortController();
    const failed = (thrown: unknown) => { if (!page.signal.aborted) { unloaded.current = true; setFailure({ of: client, error: thrown }); } };
    let quiet: ReturnType<typeof setTimeout> | undefined;
    let silence: (() => void) | undefined;
    const begin = async () => {
      const loaded = await untilAnswered(() => client.get<Conversation>(path), page.signal, failed);
      if (loaded === null || page.signal.aborted) return;
      unloaded.current = false;
      setFailure(null);
      put(loaded);
      setHasEarlier(loaded.messages.length >= pageSize);
      if (!live) return;
      topic = `conversation:${loaded.id}`;
      silence = live.onTyping(topic, ({ author, name }) => {
        if (author === side) return;
        setTyping({ name });
        clearTimeout(quiet);
        quiet = setTimeout(() => setTyping(null), typingFor);
      });
      await live.watch<Conversation | null>(topic, loaded.sequence, ({ view }) => {
        if ((view as { object?: string } | null)?.object !== 'conversation') return;
        put(view!);
        if (view!.messages.some((message) => message.author !== side)) setTyping(null);
      });
    };
    begin().catch(failed);
    return () => { page.abort(); clearTimeout(quiet); silence?.(); if (topic) void live?.unwatch(topic); };
  }, [client, live, path, turn]);
  useEffect(() => { if (state === 'live' && unloaded.current) setTurn((n) => n + 1); }, [state]);

  const mark = thread && seen ? toMark(thread, side) : null;
  const id = thread?.about.id;
  useEffect(() => {
    if (mark === null || !id) return;
    // What cannot be marked now is marked with the next message. The messages come as they were read or told, with what may be pressed on this device.
    client.post<Conversation>(`/v1/conversations/${id}/read`, { sequence: mark }, { key: crypto.randomUUID() }).then((now) => put({ ...now, messages: [] }), () => undefined);
  }, [client, id, mark]);

  const carry = useCallback(async (one: Outgoing) => {
    const failed = () => setOutgoing((now) => now.map((other) => (other.key === one.key ? { ...other, failed: true } : other)));
    if (!thread) return failed();
    try {
      const made = await client.post<Message>(write(thread.about), { text: one.text }, { key: one.key });
      setThread((now) => now && { ...now, messages: withMessages(now.messages, [made]) });
      setOutgoing((now) => now.filter((other) => other.key !== one.key));
    } catch (thrown) {
      setFailure({ of: client, error: thrown });
      failed();
    }
  }, [client, thread, write]);

  const send = useCallback((text: string) => {
    const one = { key: crypto.randomUUID(), text: text.trim(), failed: false };
    if (one.text.length === 0) return;
    setFailure(null);
    setOutgoing((now) => [...now, one]);
    void carry(one);
  }, [carry]);

  const again = useCallback(() => {
    setFailure(null);
    const waiting = outgoing.filter((one) => one.failed);
    setOutgoing((now) => now.map((one) => ({ ...one, failed: false })));
    waiting.forEach((one) => void carry(one));
  }, [outgoing, carry]);

  const tellTyping = useCallback(() => {
    if (!live || !id || Date.now() - toldAt.current < typingEvery) return;
    toldAt.current = Date.now();
    live.tellTyping(`conversation:${id}`);
  }, [live, id]);

  const earlier = useCallback(async () => {
    const first = thread?.messages[0];
    if (!first || !id) return;
    const page = await client.get<Page>(`/v1/conversations/${id}/messages?before=${first.sequence}&limit=${pageSize}`);
    setThread((now) => now && { ...now, messages: withMessages(page.data, now.messages) });
    setHasEarlier(page.has_more);
  }, [client, id, thread]);

  return { thread, error, outgoing, typing, hasEarlier, send, again, tellTyping, earlier, put };
}
