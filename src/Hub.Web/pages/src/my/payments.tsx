import { useEffect, useState } from 'preact/hooks';
import { whatHappened } from '../checkout/late.ts';
import { stepOf } from '../checkout/step.ts';
import { useTask } from '../shared/hooks.ts';
import { CardIcon } from '../shared/icons.tsx';
import { sentenceFor } from '../shared/problem.ts';
import type { Customer, Order, Payment } from '../shared/types.ts';
import { Button, Empty, Notice } from '../shared/ui.tsx';
import { t } from '../words/words.ts';
import { OrderCard } from './order-card.tsx';
import { Question } from './question.tsx';
import type { Mine } from './use-mine.ts';

interface Props {
  mine: Mine;
  customer: Customer;
  orders: readonly Order[];
  sandbox: boolean;
  wanted: string | null;
}

/** What waits for an answer on top, then every order as it stands. */
export function Payments({ mine, customer, orders, sandbox, wanted }: Props) {
  const [overtaken, setOvertaken] = useState<string | null>(null);
  const more = useTask();
  const unknown = useWanted(wanted, mine, customer, orders);
  const asked = orders.flatMap((order) => {
    const payment = order.payment ? mine.payments.get(order.payment) : undefined;
    return payment && stepOf(order, customer, payment) === 'confirm' ? [payment] : [];
  });
  const late = overtaken === null ? undefined : mine.payments.get(overtaken);
  return (
    <div class="stack my-stack">
      {unknown && <Notice tone="warn" testid="my-unknown">{t.my.gone}</Notice>}
      {late && late.status !== 'awaiting_confirmation' && <Notice tone="info" testid="answered-elsewhere"><b>{t.checkout.answered.title}</b><br />{whatHappened(late)}</Notice>}
      {asked.map((payment) => <Question key={payment.id} mine={mine} payment={payment} customer={customer} sandbox={sandbox} onOvertaken={setOvertaken} />)}
      {orders.length === 0 && <div class="panel"><Empty icon={<CardIcon size={26} />} title={t.my.none}>{t.my.noneText}</Empty></div>}
      <ul class="my-orders" data-testid="my-orders" aria-live="polite">
        {orders.map((order) => (
          <OrderCard key={order.id} mine={mine} order={order} customer={customer} sandbox={sandbox}
            payment={order.payment ? mine.payments.get(order.payment) : undefined} wanted={wanted !== null && order.payment === wanted} />
        ))}
      </ul>
      {mine.hasMore && <Button testid="my-more" kind="secondary" busy={more.busy} onPress={() => more.run(mine.more)}>{t.my.more}</Button>}
      {more.error !== null && <Notice tone="bad" testid="my-more-problem">{sentenceFor(more.error)}</Notice>}
    </div>
  );
}

/**
 * A message's link opens the journey where it stands: at the checkout where there is something to do, here where there is only something to see.
 * @returns whether the link names a payment that is not this customer's
 */
function useWanted(wanted: string | null, mine: Mine, customer: Customer, orders: readonly Order[]): boolean {
  const [unknown, setUnknown] = useState(false);
  useEffect(() => {
    if (wanted === null) return;
    const show = (payment: Payment) => {
      const order = orders.find((one) => one.id === payment.order);
      const step = order ? stepOf(order, customer, payment) : 'review';
      if (step !== 'done' && step !== 'confirm') location.replace(`/checkout/${payment.id}`);
      else document.querySelector('[data-wanted]')?.scrollIntoView({ block: 'center' });
    };
    const known = mine.payments.get(wanted);
    if (known) show(known);
    else mine.api.get<Payment>(`/v1/payments/${wanted}`).then(show, () => setUnknown(true));
  }, [wanted]);
  return unknown;
}
