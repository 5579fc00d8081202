import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { Api } from '../shared/api.ts';
import { Live, type LiveState } from '../shared/live.ts';
import { NetworkFailure } from '../shared/problem.ts';
import { sessionCheck } from '../shared/session-check.ts';
import type { Bank, Customer, Order, Payment } from '../shared/types.ts';
import { follow } from '../words/words.ts';
import type { Session } from './session.ts';

export interface Journey {
  api: Api;
  payment: Payment | null;
  order: Order | null;
  customer: Customer | null;
  /** Null where the list could not be loaded: that bars net banking and nothing else. */
  banks: readonly Bank[] | null;
  live: LiveState;
  error: unknown;
  /** Takes an answer of the hub in, unless something newer is already shown. */
  setPayment: (payment: Payment) => void;
  setOrder: (order: Order) => void;
  setCustomer: (customer: Customer) => void;
  reloadCustomer: () => Promise<void>;
  /** Whether this page answered what had already been answered elsewhere. */
  overtaken: boolean;
  /** Takes that up: asks how it stands, and says so. */
  wasAnswered: () => void;
  /** Asks for the payment again; without an answer the page stays as it is. */
  refresh: () => void;
  reload: () => void;
}

/** The payment, its order and its customer, loaded once and then kept up to date by the hub. */
export function useJourney(session: Session): Journey {
  const api = useMemo(() => new Api({ kind: 'customer', token: session.token }), [session.token]);
  const [payment, putPayment] = useState<Payment | null>(null);
  const [order, setOrder] = useState<Order | null>(null);
  const [customer, setCustomer] = useState<Customer | null>(null);
  const [banks, setBanks] = useState<readonly Bank[] | null>(null);
  const [live, setLive] = useState<LiveState>('connecting');
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const [overtaken, setOvertaken] = useState(false);

  const setPayment = useCallback((next: Payment) =>
    putPayment((now) => (now === null || next.version >= now.version ? next : now)), []);

  useEffect(() => {
    setError(null);
    const load = async () => {
      const loaded = await api.get<Payment>(`/v1/payments/${session.payment}`);
      setPayment(loaded);
      const [its, who, list] = await Promise.all([
        api.get<Order>(`/v1/orders/${loaded.order}`), api.get<Customer>(`/v1/customers/${loaded.customer}`),
        api.get<{ data: Bank[] }>('/v1/banks').then(({ data }) => data, () => null)]);
      setBanks(list);
      setOrder(its);
      setCustomer(who);
    };
    load().catch(setError);
  }, [api, session.payment, turn]);

  const reloadCustomer = useCallback(async () => {
    if (customer) setCustomer(await api.get<Customer>(`/v1/customers/${customer.id}`));
  }, [api, customer?.id]);

  // The order and the customer's balances move with the payment, and not every token may watch them.
  const orderId = payment?.order;
  const status = payment?.status;
  useEffect(() => {
    if (orderId && order) api.get<Order>(`/v1/orders/${orderId}`).then(setOrder, setError);
    if (customer) reloadCustomer().catch(setError);
  }, [api, orderId, status]);

  useEffect(() => {
    if (!orderId) return;
    const check = sessionCheck(() => api.get<Payment>(`/v1/payments/${session.payment}`), setError);
    const hub = new Live(session.token, setLive, '', null, check);
    void hub.watch<Payment>(`payment:${session.payment}`, 0, (update) => { if (isPayment(update.view)) setPayment(update.view); });
    // Shipping happens on the order; a token for one payment alone may not be allowed to watch it, then a reload shows it.
    void hub.watch<Order>(`order:${orderId}`, 0, (update) => { if (isOrder(update.view)) setOrder(update.view); });
    void hub.start();
    return () => void hub.stop();
  }, [api, session.payment, orderId]);

  const refresh = useCallback(() => {
    api.get<Payment>(`/v1/payments/${session.payment}`).then(setPayment, (thrown: unknown) => { if (!(thrown instanceof NetworkFailure)) setError(thrown); });
  }, [api, session.payment, setPayment]);

  const wasAnswered = useCallback(() => { setOvertaken(true); refresh(); }, [refresh]);
  useEffect(() => { if (customer) void follow(customer.locale); }, [customer?.locale]);

  return { api, payment, order, customer, banks, live, error, setPayment, setOrder, setCustomer, reloadCustomer, overtaken, wasAnswered, refresh, reload: () => setTurn((n) => n + 1) };
}

/** A topic also tells of what belongs to it, so a view is looked at before it is taken. */
const isPayment = (view: unknown): view is Payment => (view as { object?: string } | null)?.object === 'payment';
const isOrder = (view: unknown): view is Order => (view as { object?: string } | null)?.object === 'order';
