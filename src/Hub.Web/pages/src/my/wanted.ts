import { stepOf } from '../checkout/step.ts';
import { ApiProblem } from '../shared/problem.ts';
import type { Customer, Order, Payment } from '../shared/types.ts';
import { untilAnswered } from '../shared/until-answered.ts';

export interface Known {
  get: <T>(path: string) => Promise<T>;
  customer: Customer;
  /** Those that are loaded. */
  orders: readonly Order[];
  payments: ReadonlyMap<string, Payment>;
}

export interface Found {
  /** Nowhere: the hub says that it is somebody else's, or not there. */
  place: 'checkout' | 'here' | 'nowhere';
  /** What is shown here and is older than what is loaded. */
  old: { order: Order; payment: Payment } | null;
}

/**
 * Where a message's link leads: to the checkout where there is something to do, here where there is only something to see.
 * Without its order a payment's own status decides, and a question is asked at the checkout: here it is asked beside the order.
 */
export function goesTo(payment: Payment, order: Order | undefined, customer: Customer): 'checkout' | 'here' {
  const step = stepOf(order ?? ({ accepted_at: null } as Order), customer, payment);
  return step === 'done' || (step === 'confirm' && order) ? 'here' : 'checkout';
}

/**
 * Looks the payment of a message's link up, for as long as the line is bad.
 * @returns null where it was given up
 * @throws ApiProblem where the hub refuses to answer at all, such as when the session is over
 */
export async function findWanted(id: string, { get, customer, orders, payments }: Known, signal: AbortSignal): Promise<Found | null> {
  try {
    const payment = payments.get(id) ?? await untilAnswered(() => get<Payment>(`/v1/payments/${id}`), signal);
    if (!payment) return null;
    const known = orders.find((one) => one.id === payment.order);
    const place = goesTo(payment, known, customer);
    if (known || place === 'checkout') return { place, old: null };
    const order = await untilAnswered(() => get<Order>(`/v1/orders/${payment.order}`), signal);
    return order && { place, old: { order, payment } };
  } catch (error) {
    if (error instanceof ApiProblem && (error.status === 403 || error.status === 404)) return { place: 'nowhere', old: null };
    throw error;
  }
}
