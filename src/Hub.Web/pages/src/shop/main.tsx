import { useEffect, useState } from 'preact/hooks';
import { useLoaded } from '../shared/hooks.ts';
import { Header } from '../shared/header.tsx';
import { ShopIcon } from '../shared/icons.tsx';
import { formatAmount } from '../shared/money.ts';
import { sentenceFor } from '../shared/problem.ts';
import { startIn } from '../shared/start.tsx';
import { Empty, Notice } from '../shared/ui.tsx';
import { Account } from './account.tsx';
import { linesOf, loadBasket, piecesIn, saveBasket, sumOf, withQuantity } from './basket.ts';
import { CheckoutForm } from './checkout-form.tsx';
import { shopApi, type Good } from './goods.ts';
import { Orders } from './orders.tsx';
import { ShopChat } from './shop-chat.tsx';
import { Shelf } from './shelf.tsx';
import './shop.css';
import { t } from '../words/words.ts';

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
  const hash = useHash();
  const backOffice = hash === '#orders';
  const account = hash === '#account';
  const goods = useLoaded(() => shopApi.get<Good[]>('/sandbox/api/shop/goods'), '');
  const [basket, setBasket] = useState(loadBasket);
  useEffect(() => saveBasket(basket), [basket]);
  const lines = linesOf(basket, goods.value ?? []);
  const sum = sumOf(lines);
  const basketInView = useBasketInView(!backOffice && !account);
  return (
    <>
      <Header here="/shop" sandbox languages />
      <div class="shop">
        <div class="sign" role="region" aria-label="ACME Books">
          <a class="sign-name" href="#goods">ACME <i>Books</i></a>
          <nav aria-label={t.shop.nav}>
            <a href="#goods" aria-current={backOffice || account ? undefined : 'page'} data-testid="show-goods">{t.shop.books}</a>
            <a href="#account" aria-current={account ? 'page' : undefined} data-testid="show-account">{t.shop.account}</a>
            <a href="#orders" aria-current={backOffice ? 'page' : undefined} data-testid="show-orders">{t.shop.backOffice}</a>
          </nav>
        </div>
        <main class="page">
          {backOffice ? <Orders /> : account ? <Account /> : (
            <div class="shop-body">
              <section>
                <div class="page-head shop-head">
                  <h1>{t.shop.title}</h1>
                  <p class="muted">{t.shop.lead}</p>
                </div>
                {goods.error !== null && <Notice tone="bad">{sentenceFor(goods.error)}</Notice>}
                {goods.value && <Shelf goods={goods.value} basket={basket} onQuantity={(sku, n) => setBasket(withQuantity(basket, sku, n))} />}
              </section>
              <aside id="basket">
                {lines.length > 0
                  ? <CheckoutForm lines={lines} onPlaced={() => saveBasket({})} onQuantity={(sku, n) => setBasket(withQuantity(basket, sku, n))} />
                  : <div class="panel"><Empty icon={<ShopIcon size={26} />} title={t.shop.emptyBasket}>{t.shop.emptyBasketText}</Empty></div>}
              </aside>
            </div>
          )}
        </main>
        <ShopChat />
        {!backOffice && !account && sum && !basketInView && (
          <a class="basket-bar" href="#basket" onClick={(event) => { event.preventDefault(); document.getElementById('basket')?.scrollIntoView({ behavior: 'smooth' }); }}>
            <span>{t.shop.bar(piecesIn(basket))}</span><b>{formatAmount(sum)}</b>
          </a>
        )}
      </div>
    </>
  );
}

void startIn(Shop, () => 'ACME Books');
