import { useRef } from 'preact/hooks';
import { useTask } from '../shared/hooks.ts';
import { formatAmount } from '../shared/money.ts';
import { OnceMore } from '../shared/once-more.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import type { Order } from '../shared/types.ts';
import { Button, Notice } from '../shared/ui.tsx';
import type { StepProps } from './step-props.ts';
import { sentence } from '../shared/status.tsx';
import { mediumDay } from '../shared/when.ts';
import { following } from './following.ts';
import { t } from '../words/words.ts';

/** The customer accepts exactly this invoice: its hash goes along. */
export function ReviewStep({ journey, order, payment }: StepProps) {
  const task = useTask();
  const once = useRef(new OnceMore<{ invoice_hash: string }>());
  const accept = () => task.run(async () => {
    const accepted = await following(journey, () => once.current.run(order.invoice_hash, async () => ({ invoice_hash: order.invoice_hash }),
      (body, key) => journey.api.post<Order>(`/v1/orders/${order.id}/accept`, body, { key })));
    if (accepted) journey.setOrder(accepted);
  });
  const changed = task.error instanceof ApiProblem && task.error.code === 'invoice_hash_mismatch';
  return (
    <div class="stack">
      <div>
        <h2>{t.checkout.review.title}</h2>
        <p class="muted">{t.checkout.review.text(order.merchant.name)}</p>
      </div>
      <dl class="facts">
        {order.consignee && <div><dt>{t.checkout.review.deliverTo}</dt><dd>{order.consignee.name}<br />{order.consignee.address}</dd></div>}
        {order.delivery && <div><dt>{t.checkout.review.delivery}</dt><dd>{deliveryText(order.delivery)}</dd></div>}
        <div><dt>{t.checkout.review.youPay}</dt><dd class="strong">{formatAmount(payment.amount)}</dd></div>
      </dl>
      {task.error !== null && (
        <Notice tone="bad" testid="accept-problem">
          {changed ? t.checkout.review.changed : sentenceFor(task.error)}
        </Notice>
      )}
      {changed
        ? <Button testid="reload" wide onPress={journey.reload}>{t.checkout.review.showNew}</Button>
        : <Button testid="accept" wide busy={task.busy} onPress={accept}>{t.checkout.review.accept}</Button>}
    </div>
  );
}

function deliveryText(delivery: { method: string; by: string | null }): string {
  const by = delivery.by === null ? NaN : Date.parse(delivery.by);
  const method = t.checkout.review.methods[delivery.method] ?? sentence(delivery.method);
  return Number.isNaN(by) ? method : t.checkout.review.by(method, mediumDay(by));
}
