/** Who is signed in. */
export interface Staff {
  email: string;
  roles: string[];
  /** Ids, or ids with names. */
  merchants: (string | { id: string; name: string })[];
}

export function merchantIds(staff: Staff): string[] {
  return staff.merchants.map((merchant) => (typeof merchant === 'string' ? merchant : merchant.id));
}

/** Who leads the desk writes what it says often; the hub decides, the page only offers. */
export function mayWriteAnswers(staff: Staff): boolean {
  return staff.roles.some((role) => ['supervisor', 'finance', 'admin'].includes(role));
}

/** Somebody to whom a conversation can be handed over. */
export interface Colleague {
  email: string;
  name: string;
}

/** Who a conversation can go to: everybody who may have it but oneself, who takes it by another button, and whoever has it. */
export function colleaguesFor(all: readonly Colleague[], me: string, has: string | null): Colleague[] {
  return all.filter((one) => one.email !== me && one.email !== has);
}
