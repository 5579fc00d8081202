import { Api } from '../shared/api.ts';
import { useTask } from '../shared/hooks.ts';
import { sentenceFor } from '../shared/problem.ts';
import type { Order, Payment } from '../shared/types.ts';
import { Button, Notice } from '../shared/ui.tsx';
import { t } from '../words/words.ts';

const shop = new Api({ kind: 'anyone' });

/** Whether the order waits to be paid, and this payment of it has ended. */
export function canPayAgain(order: Order, payment: Payment): boolean {
  const ended = payment.status === 'canceled' || payment.status === 'expired' || order.payment_returned_at !== null;
  return ended && order.payment === payment.id && (order.status === 'placed' || order.status === 'accepted');
}

/** Asks the demo shop for another payment of the same order; any shop would have a button of its own for it. */
export function PayAgain({ order, payment }: { order: Order; payment: Payment }) {
  const task = useTask();
  if (!canPayAgain(order, payment)) return null;
  const press = () => task.run(async () => {
    const { checkout_url } = await shop.post<{ checkout_url: string }>(`/sandbox/api/shop/orders/${order.id}/pay`, {});
    location.assign(checkout_url);
  });
  return (
    <>
      <Button testid="pay-again" wide busy={task.busy} onPress={press}>{t.checkout.result.again}</Button>
      {task.error !== null && <Notice tone="bad" testid="pay-again-problem">{sentenceFor(task.error)}</Notice>}
    </>
  );
}
