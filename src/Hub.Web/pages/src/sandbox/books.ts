/** One bank of the sandbox. */
export interface Bank {
  name: string;
  title: string;
  /** Whether its books hold cards; otherwise payments from bank accounts. */
  cards: boolean;
  /** Where its books are read. */
  books: string;
  /** Where its developer's buttons lead, before an id. */
  actions: string;
}

export const banks: Bank[] = [
  { name: 'sandbox', title: 'Cards', cards: true, books: '/sandbox/api/bank/books', actions: '/sandbox/api/banks/cards/sandbox' },
  { name: 'sandbox_b', title: 'Cards, second bank', cards: true, books: '/sandbox/api/banks/cards/sandbox_b/books', actions: '/sandbox/api/banks/cards/sandbox_b' },
  { name: 'sandbox_netbank', title: 'Net banking', cards: false, books: '/sandbox/api/banks/net/books', actions: '/sandbox/api/banks/net/orders' },
  { name: 'sandbox_debit', title: 'E-checks', cards: false, books: '/sandbox/api/banks/debits/books', actions: '/sandbox/api/banks/debits/debits' },
];

/** The bank of a name; the first one for any other. */
export function bankOf(name: string | null): Bank {
  return banks.find((one) => one.name === name) ?? banks[0]!;
}

/** The books of a bank that moves money at once. */
export interface MovedBooks {
  entries: MovedEntry[];
  keys: BookKey[];
}

export interface MovedEntry {
  object: { id: string; status: string; amount: number; currency: string; reference: string; decline_code: string | null; return_code: string | null };
  /** A bank, or an account's last four digits. */
  account: string;
  payee: string;
  at: string;
  refunds: Movement[];
}

/** A dispute, and what the merchant said. */
export interface BookDispute {
  dispute: { id: string; capture: string; status: string; amount: number; reason: string };
  evidence: string | null;
  at: string;
}

/** The bank's books as it shows them. */
export interface Books {
  authorizations: BookEntry[];
  keys: BookKey[];
}

export interface BookEntry {
  authorization: { id: string; status: string; amount: number; currency: string; reference: string; decline_code: string | null };
  idempotency_key: string;
  payee: string;
  last4: string;
  /** Minor units. */
  captured: number;
  voided: boolean;
  at: string;
  captures: Movement[];
  voids: Movement[];
  refunds: Movement[];
  disputes: BookDispute[];
}

export interface Movement {
  id: string;
  status: string;
  amount?: number;
  reference: string;
  failure_code: string | null;
}

export interface BookKey {
  idempotency_key: string;
  kind: string;
  /** How often the key arrived. */
  calls: number;
  /** 0 or 1. */
  carried_out: number;
  object: string | null;
}

/** One line of the books: something the bank was asked for, and how often. */
export interface BookLine {
  id: string;
  kind: string;
  status: string;
  amount: number | null;
  note: string | null;
  calls: number | null;
  carriedOut: number | null;
}

function liner(keys: BookKey[]) {
  const keyOf = (id: string) => keys.find((key) => key.object === id);
  return (id: string, kind: string, status: string, amount: number | null, note: string | null): BookLine =>
    ({ id, kind, status, amount, note, calls: keyOf(id)?.calls ?? null, carriedOut: keyOf(id)?.carried_out ?? null });
}

/** A payment from a bank account and what was paid back of it. */
export function movedLinesOf(entry: MovedEntry, keys: BookKey[], kind: string): BookLine[] {
  const line = liner(keys);
  const { object } = entry;
  return [
    line(object.id, kind, object.status, object.amount, object.return_code ?? object.decline_code),
    ...entry.refunds.map((one) => line(one.id, 'Refund', one.status, one.amount ?? null, one.failure_code)),
  ];
}

/** An authorization and everything that followed it, each with the calls of its key. */
export function linesOf(entry: BookEntry, keys: BookKey[]): BookLine[] {
  const line = liner(keys);
  const { authorization } = entry;
  return [
    line(authorization.id, 'Authorization', authorization.status, authorization.amount, authorization.decline_code),
    ...entry.captures.map((one) => line(one.id, 'Capture', one.status, one.amount ?? null, one.failure_code)),
    ...entry.voids.map((one) => line(one.id, 'Void', one.status, null, one.failure_code)),
    ...entry.refunds.map((one) => line(one.id, 'Refund', one.status, one.amount ?? null, one.failure_code)),
    ...entry.disputes.map(({ dispute }) => ({ ...line(dispute.id, 'Dispute', dispute.status, dispute.amount, dispute.reason), calls: null, carriedOut: null })),
  ];
}

/** Keys that arrived and took no effect: asked for, and provably not done. */
export function notCarriedOut(keys: BookKey[]): BookKey[] {
  return keys.filter((key) => key.carried_out === 0);
}
