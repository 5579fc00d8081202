import type { Amount } from '../shared/types.ts';
import type { Good } from './goods.ts';

/** Pieces by sku. */
export type Basket = Record<string, number>;

const place = 'acme.basket';
const most = 9;

export function loadBasket(): Basket {
  const kept: unknown = JSON.parse(sessionStorage.getItem(place) ?? '{}');
  return typeof kept === 'object' && kept !== null ? (kept as Basket) : {};
}

export function saveBasket(basket: Basket): void {
  sessionStorage.setItem(place, JSON.stringify(basket));
}

/** The basket with so many pieces of one good; none removes it. */
export function withQuantity(basket: Basket, sku: string, quantity: number): Basket {
  const { [sku]: _, ...rest } = basket;
  return quantity <= 0 ? rest : { ...rest, [sku]: Math.min(quantity, most) };
}

export function piecesIn(basket: Basket): number {
  return Object.values(basket).reduce((sum, pieces) => sum + pieces, 0);
}

export interface BasketLine {
  good: Good;
  quantity: number;
}

/** The lines in the order of the shelf; a good that is no longer sold drops out. */
export function linesOf(basket: Basket, goods: Good[]): BasketLine[] {
  return goods.flatMap((good) => (basket[good.sku] ? [{ good, quantity: basket[good.sku]! }] : []));
}

/** The sum of the goods in minor units; null for an empty basket. */
export function sumOf(lines: BasketLine[]): Amount | null {
  const first = lines[0];
  if (!first) return null;
  return {
    amount: lines.reduce((sum, line) => sum + line.good.unit_price.amount * line.quantity, 0),
    currency: first.good.unit_price.currency,
  };
}
