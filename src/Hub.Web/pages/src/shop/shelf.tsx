import { formatAmount } from '../shared/money.ts';
import { Button } from '../shared/ui.tsx';
import type { Basket } from './basket.ts';
import { Cover } from './cover.tsx';
import type { Good } from './goods.ts';
import { t } from '../words/words.ts';

export function Shelf(props: { goods: Good[]; basket: Basket; onQuantity: (sku: string, quantity: number) => void }) {
  return (
    <ul class="shelf" data-testid="goods">
      {props.goods.map((good) => {
        const pieces = props.basket[good.sku] ?? 0;
        return (
          <li key={good.sku} class="book" data-testid={`good-${good.sku}`}>
            <Cover sku={good.sku} name={good.name} />
            <div class="book-text">
              <h2>{good.name}</h2>
              <p class="muted small">{t.shop.goods[good.sku] ?? good.description}</p>
              <div class="book-buy">
                <span class="strong">{formatAmount(good.unit_price)}</span>
                {pieces === 0
                  ? <Button testid={`add-${good.sku}`} kind="secondary" onPress={() => props.onQuantity(good.sku, 1)}>{t.shop.add}<span class="hidden">{t.shop.toBasket(good.name)}</span></Button>
                  : <Quantity name={good.name} sku={good.sku} pieces={pieces} onQuantity={props.onQuantity} />}
              </div>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

export function Quantity(props: { name: string; sku: string; pieces: number; onQuantity: (sku: string, quantity: number) => void }) {
  const { name, sku, pieces, onQuantity } = props;
  return (
    <span class="quantity" role="group" aria-label={t.shop.pieces(name)}>
      <button type="button" onClick={() => onQuantity(sku, pieces - 1)} aria-label={t.shop.less} data-testid={`less-${sku}`}>−</button>
      <output aria-live="polite">{pieces}</output>
      <button type="button" onClick={() => onQuantity(sku, pieces + 1)} aria-label={t.shop.more} data-testid={`more-${sku}`}>+</button>
    </span>
  );
}
