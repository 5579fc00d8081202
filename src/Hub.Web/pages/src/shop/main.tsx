import { useEffect, useState } from 'preact/hooks';
import { useLoaded } from '../shared/hooks.ts';
import { Header } from '../shared/header.tsx';
import { ShopIcon } from '../shared/icons.tsx';
import { formatAmount } from '../shared/money.ts';
import { sentenceFor } from '../shared/problem.ts';
import { start } from '../shared/start.tsx';
import { Empty, Notice } from '../shared/ui.tsx';
import { linesOf, loadBasket, piecesIn, saveBasket, sumOf, withQuantity } from './basket.ts';
import { CheckoutForm } from './checkout-form.tsx';
import { shopApi, type Good } from './goods.ts';
import { Orders } from './orders.tsx';
import { Shelf } from './shelf.tsx';
import './shop.css';

function useHash(): string {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = () => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return hash;
}

/** Whether the basket itself is on the screen; then the bar that leads to it is in the way. */
function useBasketInView(shown: boolean): boolean {
  const [inView, setInView] = useState(false);
  useEffect(() => {
    const basket = document.getElementById('basket');
    if (!basket) return;
    const observer = new IntersectionObserver(([entry]) => setInView(entry?.isIntersecting ?? false), { rootMargin: '0px 0px -80px' });
    observer.observe(basket);
    return () => observer.disconnect();
  }, [shown]);
  return inView;
}

function Shop() {
  const backOffice = useHash() === '#orders';
  const goods = useLoaded(() => shopApi.get<Good[]>('/sandbox/api/shop/goods'), '');
  const [basket, setBasket] = useState(loadBasket);
  useEffect(() => saveBasket(basket), [basket]);
  const lines = linesOf(basket, goods.value ?? []);
  const sum = sumOf(lines);
  const basketInView = useBasketInView(!backOffice);
  return (
    <>
      <Header here="/shop" sandbox />
      <div class="shop">
        <div class="sign" role="region" aria-label="ACME Books">
          <a class="sign-name" href="#goods">ACME <i>Books</i></a>
          <nav aria-label="Shop">
            <a href="#goods" aria-current={backOffice ? undefined : 'page'} data-testid="show-goods">Books</a>
            <a href="#orders" aria-current={backOffice ? 'page' : undefined} data-testid="show-orders">Back office</a>
          </nav>
        </div>
        <main class="page">
          {backOffice ? <Orders /> : (
            <div class="shop-body">
              <section>
                <div class="page-head shop-head">
                  <h1>Books for people who build things</h1>
                  <p class="muted">Put one in the basket and pay for it: this shop takes its payments through OmniHub.</p>
                </div>
                {goods.error !== null && <Notice tone="bad">{sentenceFor(goods.error)}</Notice>}
                {goods.value && <Shelf goods={goods.value} basket={basket} onQuantity={(sku, n) => setBasket(withQuantity(basket, sku, n))} />}
              </section>
              <aside id="basket">
                {lines.length > 0
                  ? <CheckoutForm lines={lines} onPlaced={() => saveBasket({})} onQuantity={(sku, n) => setBasket(withQuantity(basket, sku, n))} />
                  : <div class="panel"><Empty icon={<ShopIcon size={26} />} title="Your basket is empty">Add a book to begin the journey.</Empty></div>}
              </aside>
            </div>
          )}
        </main>
        {!backOffice && sum && !basketInView && (
          <a class="basket-bar" href="#basket" onClick={(event) => { event.preventDefault(); document.getElementById('basket')?.scrollIntoView({ behavior: 'smooth' }); }}>
            <span>Basket · {piecesIn(basket)}</span><b>{formatAmount(sum)}</b>
          </a>
        )}
      </div>
    </>
  );
}

start(<Shop />);
