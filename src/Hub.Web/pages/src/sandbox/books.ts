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

/** An authorization and everything that followed it, each with the calls of its key. */
export function linesOf(entry: BookEntry, keys: BookKey[]): BookLine[] {
  const keyOf = (id: string) => keys.find((key) => key.object === id);
  const line = (id: string, kind: string, status: string, amount: number | null, note: string | null): BookLine =>
    ({ id, kind, status, amount, note, calls: keyOf(id)?.calls ?? null, carriedOut: keyOf(id)?.carried_out ?? null });
  const { authorization } = entry;
  return [
    line(authorization.id, 'Authorization', authorization.status, authorization.amount, authorization.decline_code),
    ...entry.captures.map((one) => line(one.id, 'Capture', one.status, one.amount ?? null, one.failure_code)),
    ...entry.voids.map((one) => line(one.id, 'Void', one.status, null, one.failure_code)),
    ...entry.refunds.map((one) => line(one.id, 'Refund', one.status, one.amount ?? null, one.failure_code)),
  ];
}

/** Keys that arrived and took no effect: asked for, and provably not done. */
export function notCarriedOut(books: Books): BookKey[] {
  return books.keys.filter((key) => key.carried_out === 0);
}
