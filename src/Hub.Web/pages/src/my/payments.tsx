import { useEffect, useState } from 'preact/hooks';
import { whatHappened } from '../checkout/late.ts';
import { stepOf } from '../checkout/step.ts';
import { useTask } from '../shared/hooks.ts';
import { CardIcon } from '../shared/icons.tsx';
import { sentenceFor } from '../shared/problem.ts';
import type { Customer, Order } from '../shared/types.ts';
import { Button, Empty, Notice } from '../shared/ui.tsx';
import { t } from '../words/words.ts';
import { OrderCard } from './order-card.tsx';
import { Question } from './question.tsx';
import { forgetWanted } from './session.ts';
import type { Mine } from './use-mine.ts';
import { findWanted, type Found } from './wanted.ts';

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
  const found = useWanted(wanted, mine, customer, orders);
  const asked = orders.flatMap((order) => {
    const payment = order.payment ? mine.payments.get(order.payment) : undefined;
    return payment && stepOf(order, customer, payment) === 'confirm' ? [payment] : [];
  });
  // What is older than all that is loaded stands at the end, until it is loaded with the others.
  const old = found?.old && !orders.some((one) => one.id === found.old!.order.id) ? found.old : null;
  const late = overtaken === null ? undefined : mine.payments.get(overtaken);
  return (
    <div class="stack my-stack">
      {found?.place === 'nowhere' && <Notice tone="warn" testid="my-unknown">{t.my.gone}</Notice>}
      {late && late.status !== 'awaiting_confirmation' && <Notice tone="info" testid="answered-elsewhere"><b>{t.checkout.answered.title}</b><br />{whatHappened(late)}</Notice>}
      {asked.map((payment) => <Question key={payment.id} mine={mine} payment={payment} customer={customer} sandbox={sandbox} onOvertaken={setOvertaken} />)}
      {orders.length === 0 && <div class="panel"><Empty icon={<CardIcon size={26} />} title={t.my.none}>{t.my.noneText}</Empty></div>}
      <ul class="my-orders" data-testid="my-orders" aria-live="polite">
        {orders.map((order) => (
          <OrderCard key={order.id} mine={mine} order={order} customer={customer} sandbox={sandbox}
            payment={order.payment ? mine.payments.get(order.payment) : undefined} wanted={wanted !== null && order.payment === wanted} />
        ))}
        {old && <OrderCard mine={mine} order={old.order} customer={customer} sandbox={sandbox} payment={mine.payments.get(old.payment.id) ?? old.payment} wanted />}
      </ul>
      {mine.hasMore && <Button testid="my-more" kind="secondary" busy={more.busy} onPress={() => more.run(mine.more)}>{t.my.more}</Button>}
      {more.error !== null && <Notice tone="bad" testid="my-more-problem">{sentenceFor(more.error)}</Notice>}
    </div>
  );
}

/** Looks the payment of a message's link up and goes where it is shown; the link is kept until then. */
function useWanted(wanted: string | null, mine: Mine, customer: Customer, orders: readonly Order[]): Found | null {
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    const page = new AbortController();
    findWanted(wanted, { get: (path) => mine.api.get(path), customer, orders, payments: mine.payments }, page.signal).then((next) => {
      if (next === null || page.signal.aborted) return;
      forgetWanted();
      if (next.place === 'checkout') location.replace(`/checkout/${wanted}`);
      else setFound(next);
    }, mine.fail);
    return () => page.abort();
  }, [wanted]);
  useEffect(() => { if (found?.place === 'here') document.querySelector('[data-wanted]')?.scrollIntoView({ block: 'center' }); }, [found]);
  return found;
}
