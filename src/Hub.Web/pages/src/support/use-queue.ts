import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Api } from '../shared/api.ts';
import { Live, type LiveState, type Update } from '../shared/live.ts';
import type { List, Payment } from '../shared/types.ts';
import { seeded, withPayment, withUpdates, type Queue, type View } from './queue.ts';

/** Five renders a second at most, however much happens: rows must not jump while somebody aims. */
const period = 200;

export interface LiveQueue {
  queue: Queue;
  live: Live | null;
  state: LiveState;
  error: unknown;
  paused: boolean;
  /** Updates that wait while paused. */
  waiting: number;
  setPaused: (paused: boolean) => void;
  put: (payment: Payment) => void;
  /** Hears of everything in the queue, conversations as well, paused or not. */
  hear: (listener: (view: View | null) => void) => () => void;
}

/** The queue of some merchants: the newest page once, then every change as it happens. */
export function useQueue(api: Api, merchants: string[]): LiveQueue {
  const [queue, setQueue] = useState<Queue>(new Map());
  const [live, setLive] = useState<Live | null>(null);
  const [state, setState] = useState<LiveState>('connecting');
  const [error, setError] = useState<unknown>(null);
  const [paused, setPaused] = useState(false);
  const [waiting, setWaiting] = useState(0);
  const pending = useRef<Update<View>[]>([]);
  const listeners = useRef(new Set<(view: View | null) => void>());
  const holds = useRef(false);
  holds.current = paused;
  const key = merchants.join(' ');

  useEffect(() => {
    const hub = new Live(null, setState);
    const begin = async () => {
      const newest = await api.get<List<Payment>>('/v1/payments?limit=100');
      setQueue(seeded(newest.data));
      for (const merchant of key.split(' ')) await hub.watch<View>(`queue:${merchant}`, 0, (update) => { pending.current.push(update); listeners.current.forEach((heard) => heard(update.view)); });
      await hub.start();
      setLive(hub);
    };
    begin().catch(setError);
    const timer = setInterval(() => {
      if (pending.current.length === 0) return;
      if (holds.current) return setWaiting(pending.current.length);
      const updates = pending.current;
      pending.current = [];
      setWaiting(0);
      setQueue((now) => withUpdates(now, updates));
    }, period);
    return () => { clearInterval(timer); void hub.stop(); };
  }, [api, key]);

  const put = useCallback((payment: Payment) => setQueue((now) => withPayment(now, payment)), []);
  const hear = useCallback((listener: (view: View | null) => void) => { listeners.current.add(listener); return () => { listeners.current.delete(listener); }; }, []);
  return { queue, live, state, error, paused, waiting, setPaused, put, hear };
}
