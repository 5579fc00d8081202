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
