import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { Api } from '../shared/api.ts';
import { Live, type LiveState } from '../shared/live.ts';
import { NetworkFailure } from '../shared/problem.ts';
import { sessionCheck } from '../shared/session-check.ts';
import type { Customer, List, Order, Payment } from '../shared/types.ts';
import { follow } from '../words/words.ts';
import type { MySession } from './session.ts';

export interface Mine {
  api: Api;
  customer: Customer | null;
  /** Newest first. */
  orders: readonly Order[] | null;
  /** The payments of those orders, by their ids. */
  payments: ReadonlyMap<string, Payment>;
  hasMore: boolean;
  live: LiveState;
  /** What keeps the page from being shown; a hub out of reach is asked again by itself. */
  error: unknown;
  setCustomer: (customer: Customer) => void;
  setPayment: (payment: Payment) => void;
  refresh: (payment: string) => void;
  /** Takes in what keeps the page from going on, such as that the session is over. */
  fail: (error: unknown) => void;
  more: () => Promise<void>;
}

/** Milliseconds until a hub that could not be reached is asked again. */
const askAgain = 3000;
const page = 20;

/** Everything that is the customer's: loaded once, and then kept up to date by the hub. */
export function useMine(session: MySession): Mine {
  const api = useMemo(() => new Api({ kind: 'customer', token: session.token }), [session.token]);
  const [customer, putCustomer] = useState<Customer | null>(null);
  const [orders, setOrders] = useState<readonly Order[] | null>(null);
  const [payments, setPayments] = useState<ReadonlyMap<string, Payment>>(new Map());
  const [hasMore, setHasMore] = useState(false);
  const [live, setLive] = useState<LiveState>('connecting');
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const path = `/v1/customers/${session.customer}`;

  const setPayment = useCallback((next: Payment) => setPayments((now) => {
    const known = now.get(next.id);
    return known && known.version > next.version ? now : new Map(now).set(next.id, next);
  }), []);
  const setCustomer = useCallback((next: Customer) => putCustomer((now) => (now && now.version > next.version ? now : next)), []);
  const putOrder = useCallback((next: Order) => setOrders((now) => withOrder(now ?? [], next)), []);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      const [who, ordered, paid] = await Promise.all([
        api.get<Customer>(path), api.get<List<Order>>(`${path}/orders?limit=${page}`), api.get<List<Payment>>(`${path}/payments?limit=${page}`)]);
      await follow(who.locale);
      paid.data.forEach(setPayment);
      setHasMore(ordered.has_more);
      setCustomer(who);
      setOrders((now) => ordered.data.reduce<readonly Order[]>(withOrder, now ?? []));
      setError(null);
    };
    load().catch((thrown: unknown) => {
      setError(thrown);
      // Only a failed request proves that there is no way to the hub, and only one that works proves the contrary.
      if (thrown instanceof NetworkFailure) timer = setTimeout(() => setTurn((n) => n + 1), askAgain);
    });
    return () => clearTimeout(timer);
  }, [api, path, turn]);

  useEffect(() => {
    const check = sessionCheck(() => api.get<Customer>(path), setError);
    const hub = new Live(session.token, setLive, '', null, check);
    void hub.watch<unknown>(`customer:${session.customer}`, 0, ({ view }) => {
      if (is<Order>(view, 'order')) putOrder(view);
      else if (is<Payment>(view, 'payment')) setPayment(view);
      else if (is<Customer>(view, 'customer')) setCustomer(view);
    });
    void hub.start();
    return () => void hub.stop();
  }, [api, path]);

  const refresh = useCallback((id: string) => {
    api.get<Payment>(`/v1/payments/${id}`).then(setPayment, (thrown: unknown) => { if (!(thrown instanceof NetworkFailure)) setError(thrown); });
  }, [api, setPayment]);

  const more = useCallback(async () => {
    const last = orders?.at(-1);
    if (!last) return;
    const older = await api.get<List<Order>>(`${path}/orders?limit=${page}&starting_after=${last.id}`);
    const theirs = await Promise.all(older.data.flatMap((order) => (order.payment ? [api.get<Payment>(`/v1/payments/${order.payment}`)] : [])));
    theirs.forEach(setPayment);
    older.data.forEach(putOrder);
    setHasMore(older.has_more);
  }, [api, path, orders]);

  return { api, customer, orders, payments, hasMore, live, error, setCustomer, setPayment, refresh, fail: setError, more };
}

/** The orders with this one, newest first; a version that is known to be older changes nothing. */
export function withOrder(orders: readonly Order[], next: Order): readonly Order[] {
  const known = orders.find((order) => order.id === next.id);
  if (known && known.version > next.version) return orders;
  return [...orders.filter((order) => order.id !== next.id), next].sort((a, b) => b.created_at.localeCompare(a.created_at) || b.id.localeCompare(a.id));
}

function is<V>(view: unknown, shape: string): view is V {
  return (view as { object?: string } | null)?.object === shape;
}
