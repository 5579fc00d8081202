import { HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection, type IRetryPolicy } from '@microsoft/signalr';
import type { TimelineEntry } from './types.ts';

export interface Update<V> {
  topic: string;
  /** Grows per topic; what this caller may not see leaves a hole. */
  sequence: number;
  type: string;
  time: string;
  entry: TimelineEntry;
  view: V;
}

/** Somebody is writing in a conversation. */
export interface Typing {
  topic: string;
  author: 'customer' | 'staff';
  name: string | null;
}

export type LiveState = 'connecting' | 'live' | 'reconnecting';

interface Watch {
  last: number;
  onUpdate: (update: Update<unknown>) => void;
}

/** Milliseconds before the tries to connect again; the last one repeats for ever. */
const delays = [0, 500, 1000, 2000, 5000];

/** Tries for ever to have a lost connection back, and tells of every try that failed. */
export function reconnecting(onFailed: () => void): IRetryPolicy {
  return {
    nextRetryDelayInMilliseconds: ({ previousRetryCount }) => {
      if (previousRetryCount > 0) onFailed();
      return delays[Math.min(previousRetryCount, delays.length - 1)]!;
    },
  };
}

/**
 * Watches topics of the hub. Reconnecting alone would lose what happened in the gap, so every topic is asked for again
 * with the last sequence seen, and what arrives twice is dropped here.
 */
export class Live {
  readonly #connection: HubConnection;
  readonly #watches = new Map<string, Watch>();
  readonly #device: string | null;
  readonly #typing = new Set<{ topic: string; heard: (typing: Typing) => void }>();
  readonly #onState: (state: LiveState) => void;
  readonly #onFailed: () => void;
  #stopped = false;

  /**
   * @param base where the hub is, without a slash at its end; empty for the page's own host
   * @param device what this browser keeps as a customer's device; null where it is none
   * @param onFailed hears of every try to connect that failed, whatever the reason: the hub may be away, or refuse the token
   */
  constructor(token: string | null, onState: (state: LiveState) => void, base = '', device: string | null = null, onFailed: () => void = () => undefined) {
    this.#device = device;
    this.#onState = onState;
    this.#onFailed = onFailed;
    this.#connection = new HubConnectionBuilder()
      .withUrl(`${base}/live`, token === null
        ? { headers: { 'X-CSRF': '1' } }
        : { accessTokenFactory: () => token, withCredentials: false })
      .withAutomaticReconnect(reconnecting(() => this.#onFailed()))
      .configureLogging(LogLevel.None)
      .build();
    this.#connection.on('update', (update: Update<unknown>) => this.#receive(update));
    this.#connection.on('typing', (typing: Typing) => this.#typing.forEach((one) => { if (one.topic === typing.topic) one.heard(typing); }));
    this.#connection.onreconnecting(() => this.#onState('reconnecting'));
    this.#connection.onreconnected(() => void this.#joinAll());
    this.#connection.onclose(() => { if (!this.#stopped) void this.start(); });
  }

  /** Connects, however long that takes. A message sent right after the start can be lost, so topics are joined by explicit calls. */
  async start(): Promise<void> {
    for (let tried = 0; !this.#stopped; tried++) {
      this.#onState(tried === 0 ? 'connecting' : 'reconnecting');
      try {
        await this.#connection.start();
        await this.#joinAll();
        return;
      } catch {
        // The hub is not there yet: the state above says so on the page, and the loop goes on until the page ends it.
        if (!this.#stopped) this.#onFailed();
        await new Promise((resolve) => setTimeout(resolve, delays[Math.min(tried + 1, delays.length - 1)]));
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#connection.stop();
  }

  /** @param last the last sequence already seen; 0 for all there is */
  async watch<V>(topic: string, last: number, onUpdate: (update: Update<V>) => void): Promise<void> {
    this.#watches.set(topic, { last, onUpdate: onUpdate as Watch['onUpdate'] });
    if (this.#connection.state === HubConnectionState.Connected) await this.#join(topic);
  }

  async unwatch(topic: string): Promise<void> {
    if (this.#watches.delete(topic) && this.#connection.state === HubConnectionState.Connected)
      await this.#connection.invoke('Unwatch', topic);
  }

  /** Hears who is typing in a conversation that is watched; not kept, so that nobody hears of it later. */
  onTyping(topic: string, heard: (typing: Typing) => void): () => void {
    const one = { topic, heard };
    this.#typing.add(one);
    return () => { this.#typing.delete(one); };
  }

  /** Tells the others who watch it; when there is no connection, nobody has to know. */
  tellTyping(topic: string): void {
    if (this.#connection.state === HubConnectionState.Connected) this.#connection.send('Typing', topic).catch(() => undefined);
  }

  async #joinAll(): Promise<void> {
    // Before anything is replayed, so that what can be answered here comes with its buttons. A device that is not proven yet is refused, and sees what all others see.
    if (this.#device !== null) await this.#connection.invoke('Attach', this.#device).catch(() => undefined);
    await Promise.all([...this.#watches.keys()].map((topic) => this.#join(topic)));
    if (this.#connection.state === HubConnectionState.Connected) this.#onState('live');
  }

  async #join(topic: string): Promise<void> {
    const watch = this.#watches.get(topic);
    if (!watch) return;
    try {
      await this.#connection.invoke('Watch', topic, watch.last);
    } catch (error) {
      // A lost connection joins again by itself. On a living one the hub has refused the topic, and asking again changes nothing.
      if (this.#connection.state !== HubConnectionState.Connected) return;
      this.#watches.delete(topic);
      console.warn(`The hub does not let this page watch ${topic}.`, error);
    }
  }

  /** Within a connection the hub sends a topic's updates in order; what is not newer is the overlap of a replay. */
  #receive(update: Update<unknown>): void {
    const watch = this.#watches.get(update.topic);
    if (!watch || update.sequence <= watch.last) return;
    watch.last = update.sequence;
    watch.onUpdate(update);
  }
}
