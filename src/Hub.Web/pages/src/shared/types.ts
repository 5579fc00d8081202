/** The shapes the hub answers with; members a page does not read are left out. */

export interface Amount {
  /** Integer minor units. */
  amount: number;
  currency: string;
}

export interface List<T> {
  data: T[];
  has_more: boolean;
}

export type Channel = 'web' | 'sms' | 'email' | 'api' | 'bank';

export interface Address {
  id: string;
  channel: 'sms' | 'email';
  /** Masked for a customer's session. */
  display: string;
  verified: boolean;
}

export interface Instrument {
  id: string;
  brand: string;
  last4: string;
  exp_month?: number;
  exp_year?: number;
}

export interface Customer {
  id: string;
  name: string | null;
  addresses: Address[];
  confirmation: { method: string; fallback: string[] };
  instruments: Instrument[];
  erased?: boolean;
}

export interface OrderLine {
  sku: string;
  name: string;
  quantity: number;
  /** Minor units of the order's currency, for one piece. */
  unit_price: number;
  /** Minor units, for the line. */
  tax: number;
}

export interface Order {
  id: string;
  reference: string;
  merchant: { id: string; name: string };
  customer: string;
  status: 'placed' | 'accepted' | 'paying' | 'paid' | 'shipped' | 'delivered' | 'canceled';
  lines: OrderLine[];
  shipping: number;
  tax: number;
  total: Amount;
  invoice_hash: string;
  accepted_at: string | null;
  consignee: { name: string | null; address: string | null } | null;
  delivery: { method: string; by: string | null } | null;
  payment: string | null;
  shipment: { carrier: string; tracking: string; at: string } | null;
  delivered_at: string | null;
  created_at: string;
  signature: { key_id: string; verified: boolean } | null;
}

export type PaymentStatus =
  | 'requires_payment_method' | 'requires_action' | 'processing' | 'awaiting_confirmation' | 'requires_review'
  | 'requires_capture' | 'partially_captured' | 'succeeded' | 'canceled' | 'expired';

export interface Attempt {
  id: string;
  instrument: Instrument | null;
  gateway: string;
  status: string;
  decline_code: string | null;
  created_at: string;
}

export interface Confirmation {
  id: string;
  status: 'created' | 'sent' | 'matched' | 'rejected' | 'exhausted' | 'expired' | 'superseded';
  channel: Channel | null;
  expires_at: string;
  wrong_answers: number;
  answered_by: string | null;
}

export interface Movement {
  id: string;
  status: string;
  amount: Amount | number;
}

export interface Payment {
  id: string;
  order: string;
  customer: string;
  merchant: { id: string; name: string };
  amount: Amount;
  status: PaymentStatus;
  attempts: Attempt[];
  confirmation: Confirmation | null;
  captures: Movement[];
  refunds: Movement[];
  amount_captured: Amount | number;
  amount_refunded: Amount | number;
  amount_authorized: Amount | number;
  capture_before: string | null;
  last_error: { code: string; message: string; retry: string } | null;
  allowed_actions: string[];
  next_action: { type: string; url: string } | null;
  case: { id: string; reason: string } | null;
  expires_at: string | null;
  created_at: string;
  version: number;
}

export interface TimelineEntry {
  topic: string;
  sequence: number;
  type: string;
  time: string;
  /** The stream the event was written to, such as `payment/pay_…`. */
  actor: string;
  channel: Channel | null;
  summary: string;
}

/** Minor units of a member that is either an amount or a bare number of the payment's own currency. */
export function minorOf(value: Amount | number | null | undefined): number {
  if (value === null || value === undefined) return 0;
  return typeof value === 'number' ? value : value.amount;
}
