import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Conversation } from '../chat/types.ts';
import type { Api } from '../shared/api.ts';
import type { Customer, List } from '../shared/types.ts';
import { withConversation, type Conversations } from './conversations.ts';
import type { LiveQueue } from './use-queue.ts';

export interface LiveConversations {
  all: Conversations;
  /** The customers' names, as far as they are known. */
  names: ReadonlyMap<string, string>;
  error: unknown;
  put: (one: Conversation) => void;
}

/** Milliseconds for which more may come before what changed is read anew. */
const pause = 250;

/** The conversations of some merchants: the newest page once, then every change as it happens. */
export function useConversations(api: Api, merchants: string[], live: LiveQueue): LiveConversations {
  const [all, setAll] = useState<Conversations>(new Map());
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const [error, setError] = useState<unknown>(null);
  const key = merchants.join(' ');
  const put = useCallback((one: Conversation) => setAll((now) => withConversation(now, one)), []);

  useEffect(() => {
    key.split(' ').forEach((merchant) => {
      api.get<List<Conversation>>(`/v1/conversations?merchant=${merchant}&limit=100`).then(({ data }) => data.forEach(put), setError);
    });
  }, [api, key]);

  // The queue tells that a conversation moved, not what was said: that is read where it is shown.
  useEffect(() => {
    const moved = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unheard = live.hear((view) => {
      if ((view as { object?: string } | null)?.object !== 'conversation') return;
      const one = view as unknown as Conversation;
      put(one);
      moved.add(one.id);
      clearTimeout(timer);
      timer = setTimeout(() => {
        const ids = [...moved];
        moved.clear();
        ids.forEach((id) => { api.get<Conversation>(`/v1/conversations/${id}`).then(put, setError); });
      }, pause);
    });
    return () => { clearTimeout(timer); unheard(); };
  }, [api, live.hear]);

  const unnamed = [...all.values()].map((one) => one.customer).filter((customer) => !names.has(customer)).slice(0, 50).join(' ');
  useEffect(() => {
    if (unnamed === '') return;
    unnamed.split(' ').forEach((customer) => {
      api.get<Customer>(`/v1/customers/${customer}`).then(({ name }) => setNames((now) => new Map(now).set(customer, name ?? 'Forgotten customer')), setError);
    });
  }, [api, unnamed]);

  return { all, names, error, put };
}
