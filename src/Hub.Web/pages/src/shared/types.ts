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

export type Channel = 'web' | 'mobile' | 'sms' | 'email' | 'whatsapp' | 'chat' | 'api' | 'bank';

export interface Address {
  id: string;
  channel: 'sms' | 'email' | 'whatsapp' | 'chat';
  /** Masked for a customer's session. */
  display: string;
  verified: boolean;
  /** The customer has sent STOP from it. */
  opted_out?: boolean;
  /** Until when no confirmation goes there, since it was added after a verified one. */
  held_until?: string | null;
}

export type InstrumentType = 'card' | 'wallet_card' | 'bank_account' | 'ecash' | 'echeck';

export interface Instrument {
  id: string;
  type: InstrumentType;
  /** A card's scheme, a bank account's bank. */
  brand: string;
  /** Empty where it has no number. */
  last4: string;
  exp_month?: number;
  exp_year?: number;
}

/** Stored value in one currency, in minor units. */
export interface ECash {
  currency: string;
  balance: number;
  /** What of it no open payment waits for. */
  available: number;
}

/** A bank that takes payments by net banking. */
export interface Bank {
  id: string;
  name: string;
  up: boolean;
}

/** A kind of notice that can be muted. */
export type Topic = 'receipts' | 'payment_status' | 'refunds' | 'shipping';

/** When no phone rings for a notice, by the customer's own clock. */
export interface QuietHours {
  /** `HH:mm` */
  from: string;
  to: string;
  /** IANA. */
  time_zone: string;
}

/** What comes in one mail a day, by the customer's own clock. */
export interface Digest {
  /** `HH:mm` */
  at: string;
  /** IANA. */
  time_zone: string;
  topics: Topic[];
}

export interface Customer {
  id: string;
  name: string | null;
  addresses: Address[];
  confirmation: { method: string; fallback: string[]; fallback_after_seconds: number };
  /** BCP 47: what messages are written in. */
  locale: string;
  notifications: Record<Topic, string[]>;
  quiet_hours: QuietHours | null;
  digest: Digest | null;
  /** Without the cards of the wallet: those show once it is open. */
  instruments: Instrument[];
  ecash: ECash[];
  erased?: boolean;
  version: number;
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
  payment_returned_at: string | null;
  created_at: string;
  signature: { key_id: string; verified: boolean } | null;
  version: number;
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

export interface Capture extends Movement {
  failure_code: string | null;
  cleared_at: string | null;
  /** It came when nobody waited for it any more, and is paid back. */
  too_late: boolean;
}

export interface Refund extends Movement {
  failure_code: string | null;
}

export interface Dispute extends Movement {
  capture: string;
  status: 'needs_response' | 'under_review' | 'won' | 'lost' | 'accepted';
  /** The bank's word for why, in snake case. */
  reason: string;
  respond_by: string | null;
}

/** Something a person has to look at. */
export interface Case {
  id: string;
  reason: string;
  payment: string | null;
  /** The bank operation it is about; null where it is about none. */
  operation: string | null;
  open: boolean;
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
  captures: Capture[];
  refunds: Refund[];
  disputes: Dispute[];
  amount_captured: Amount | number;
  amount_refunded: Amount | number;
  amount_authorized: Amount | number;
  amount_returned: Amount | number;
  capture_before: string | null;
  last_error: { code: string; message: string; retry: string } | null;
  allowed_actions: string[];
  /** What some bank takes for this payment; empty once it has ended. */
  offered_instruments: InstrumentType[];
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
  /** One more sentence for staff, such as why a gateway was chosen. */
  detail: string | null;
}

/** Minor units of a member that is either an amount or a bare number of the payment's own currency. */
export function minorOf(value: Amount | number | null | undefined): number {
  if (value === null || value === undefined) return 0;
  return typeof value === 'number' ? value : value.amount;
}
