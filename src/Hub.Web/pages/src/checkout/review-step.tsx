import { useRef } from 'preact/hooks';
import { useTask } from '../shared/hooks.ts';
import { formatAmount } from '../shared/money.ts';
import { OnceMore } from '../shared/once-more.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import type { Order } from '../shared/types.ts';
import { Button, Notice } from '../shared/ui.tsx';
import type { StepProps } from './step-props.ts';

/** The customer accepts exactly this invoice: its hash goes along. */
export function ReviewStep({ journey, order, payment }: StepProps) {
  const task = useTask();
  const once = useRef(new OnceMore<{ invoice_hash: string }>());
  const accept = () => task.run(async () => {
    const accepted = await once.current.run(order.invoice_hash, async () => ({ invoice_hash: order.invoice_hash }),
      (body, key) => journey.api.post<Order>(`/v1/orders/${order.id}/accept`, body, { key }));
    journey.setOrder(accepted);
  });
  const changed = task.error instanceof ApiProblem && task.error.code === 'invoice_hash_mismatch';
  return (
    <div class="stack">
      <div>
        <h2>Is this what you ordered?</h2>
        <p class="muted">Check the invoice. You accept exactly this one; if {order.merchant.name} changes anything, you are asked again.</p>
      </div>
      <dl class="facts">
        {order.consignee && <div><dt>Deliver to</dt><dd>{order.consignee.name}<br />{order.consignee.address}</dd></div>}
        {order.delivery && <div><dt>Delivery</dt><dd>{deliveryText(order.delivery)}</dd></div>}
        <div><dt>You pay</dt><dd class="strong">{formatAmount(payment.amount)}</dd></div>
      </dl>
      {task.error !== null && (
        <Notice tone="bad" testid="accept-problem">
          {changed ? 'The invoice has changed since you opened this page.' : sentenceFor(task.error)}
        </Notice>
      )}
      {changed
        ? <Button testid="reload" wide onPress={journey.reload}>Show the new invoice</Button>
        : <Button testid="accept" wide busy={task.busy} onPress={accept}>Accept the invoice</Button>}
    </div>
  );
}

function deliveryText(delivery: { method: string; by: string | null }): string {
  const by = delivery.by === null ? NaN : Date.parse(delivery.by);
  const method = delivery.method.charAt(0).toUpperCase() + delivery.method.slice(1).replaceAll('_', ' ');
  return Number.isNaN(by) ? method : `${method}, by ${new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(by)}`;
}
