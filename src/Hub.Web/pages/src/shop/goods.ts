import { Api } from '../shared/api.ts';
import type { Amount } from '../shared/types.ts';

export interface Good {
  sku: string;
  name: string;
  description: string;
  unit_price: Amount;
  picture: string | null;
}

export interface ShopOrder {
  order: string;
  payment: string | null;
  status: string;
  total: Amount;
  webhooks: { type: string; at: string; verified: boolean }[];
}

/** The shop's own server; the browser never speaks to the hub for the shop. */
export const shopApi = new Api({ kind: 'anyone' });
