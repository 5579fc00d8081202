import { useLoaded, useTask } from '../shared/hooks.ts';
import { CheckIcon, ShopIcon } from '../shared/icons.tsx';
import { formatAmount } from '../shared/money.ts';
import { sentenceFor } from '../shared/problem.ts';
import { Status } from '../shared/status.tsx';
import { useSandboxStream } from '../shared/stream.ts';
import { Button, Empty, Notice } from '../shared/ui.tsx';
import { clockTime } from '../shared/when.ts';
import { t } from '../words/words.ts';
import { shopApi, type ShopOrder } from './goods.ts';

/** What the shop itself knows, from the signed webhooks it received. */
export function Orders() {
  const orders = useLoaded(() => shopApi.get<ShopOrder[]>('/sandbox/api/shop/orders'), '');
  useSandboxStream(['shop'], orders.reload);
  return (
    <section class="stack" data-testid="orders">
      <div class="page-head">
        <h1>The shop’s back office</h1>
        <p class="muted">What ACME Books knows about its orders: only what OmniHub told it by signed webhook. No card data ever gets here.</p>
      </div>
      {orders.error !== null && <Notice tone="bad">{sentenceFor(orders.error)}</Notice>}
      {orders.value?.length === 0 && <div class="panel"><Empty icon={<ShopIcon size={26} />} title="No orders yet">Buy a book, and it shows up here.</Empty></div>}
      <ul class="orders">
        {orders.value?.map((order) => <OrderCard key={order.order} order={order} onChanged={orders.reload} />)}
      </ul>
    </section>
  );
}

function OrderCard({ order, onChanged }: { order: ShopOrder; onChanged: () => void }) {
  const task = useTask();
  const act = (verb: 'ship' | 'deliver') => task.run(async () => {
    await shopApi.post(`/sandbox/api/shop/orders/${order.order}/${verb}`, {});
    onChanged();
  });
  const payAgain = () => task.run(async () => {
    const { checkout_url } = await shopApi.post<{ checkout_url: string }>(`/sandbox/api/shop/orders/${order.order}/pay`, {});
    location.assign(checkout_url);
  });
  return (
    <li class="panel order" data-testid={`order-${order.order}`} data-status={order.status}>
      <div class="spread">
        <div><span class="strong">{formatAmount(order.total)}</span><small class="muted mono order-id" title={order.order}>{order.order}</small></div>
        <Status of={order.status} testid="shop-order-status" />
      </div>
      <ol class="webhooks" aria-label="Webhooks received">
        {order.webhooks.map((hook) => (
          <li key={`${hook.type} ${hook.at}`}><span class="mono">{hook.type}</span>
            <span class="muted small">{clockTime(hook.at)}</span>
            {hook.verified && <span class="verified" title="The signature was verified"><CheckIcon size={14} /><span class="hidden">verified</span></span>}</li>
        ))}
        {order.webhooks.length === 0 && <li class="muted small">Nothing heard yet.</li>}
      </ol>
      {(order.status === 'canceled' || order.status === 'expired') && (
        <div class="row"><Button testid="pay-again" kind="secondary" busy={task.busy} onPress={payAgain}>{t.checkout.result.again}</Button></div>
      )}
      {(order.status === 'paid' || order.status === 'shipped') && (
        <div class="row">
          {order.status === 'paid' && <Button testid="ship" busy={task.busy} onPress={() => act('ship')}>Ship it</Button>}
          {order.status === 'shipped' && <Button testid="deliver" busy={task.busy} onPress={() => act('deliver')}>Mark as delivered</Button>}
        </div>
      )}
      {task.error !== null && <Notice tone="bad" testid="order-problem">{sentenceFor(task.error)}</Notice>}
    </li>
  );
}
