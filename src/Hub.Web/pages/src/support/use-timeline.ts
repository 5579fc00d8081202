import { useEffect, useState } from 'preact/hooks';
import type { Api } from '../shared/api.ts';
import type { Live } from '../shared/live.ts';
import type { List, Order, Payment, TimelineEntry } from '../shared/types.ts';
import type { View } from './queue.ts';

/** The journey's timeline: as far as it has come, then every entry as it happens. */
export function useTimeline(
  api: Api, live: Live | null, id: string,
  onPayment: (payment: Payment) => void, onOrder: (order: Order) => void, onError: (error: unknown) => void): TimelineEntry[] {
  const [entries, setEntries] = useState<TimelineEntry[]>([]);
  useEffect(() => {
    let ended = false;
    const topic = `payment:${id}`;
    const begin = async () => {
      const loaded = await api.get<List<TimelineEntry>>(`/v1/payments/${id}/timeline?limit=100`);
      if (ended) return;
      setEntries((now) => merged(loaded.data, now));
      if (!live) return;
      // A long journey is not read page by page: the replay brings what is missing.
      const last = loaded.has_more ? 0 : loaded.data.filter((entry) => entry.topic === topic).reduce((max, entry) => Math.max(max, entry.sequence), 0);
      await live.watch<View>(topic, last, (update) => {
        setEntries((now) => merged(now, [update.entry]));
        const object = (update.view as { object?: string } | null)?.object;
        if (object === 'payment') onPayment(update.view as Payment);
        if (object === 'order') onOrder(update.view as Order);
      });
    };
    begin().catch((error: unknown) => { if (!ended) onError(error); });
    return () => { ended = true; void live?.unwatch(topic); };
  }, [api, live, id]);
  return entries;
}

/** Both lists as one, each entry once, by time and then by place in its topic. */
export function merged(first: TimelineEntry[], second: TimelineEntry[]): TimelineEntry[] {
  const all = new Map([...first, ...second].map((entry) => [`${entry.topic} ${entry.sequence}`, entry]));
  return [...all.values()].sort((a, b) => Date.parse(a.time) - Date.parse(b.time) || a.sequence - b.sequence);
}
