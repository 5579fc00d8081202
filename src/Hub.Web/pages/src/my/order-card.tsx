import { DownloadReceipt } from '../checkout/download-receipt.tsx';
import { Invoice } from '../checkout/invoice.tsx';
import { PayAgain } from '../checkout/pay-again.tsx';
import { Delivery } from '../checkout/result-step.tsx';
import { stepOf, type Step } from '../checkout/step.ts';
import { instrumentName } from '../shared/instrument.ts';
import { ArrowIcon } from '../shared/icons.tsx';
import { formatAmount } from '../shared/money.ts';
import { shownStatus, Status } from '../shared/status.tsx';
import { minorOf, type Customer, type Order, type Payment } from '../shared/types.ts';
import { mediumDay } from '../shared/when.ts';
import { t } from '../words/words.ts';
import type { Mine } from './use-mine.ts';

interface Props {
  mine: Mine;
  order: Order;
  payment: Payment | undefined;
  customer: Customer;
  sandbox: boolean;
  /** A message's link asks for this one. */
  wanted: boolean;
}

/** One order: what it was, what it cost, how it stands, and what is next. */
export function OrderCard({ mine, order, payment, customer, sandbox, wanted }: Props) {
  const step = payment ? stepOf(order, customer, payment) : 'done';
  const instrument = payment?.attempts.at(-1)?.instrument;
  return (
    <li class="panel my-order" data-testid={`my-${order.id}`} data-status={order.status} data-wanted={wanted || undefined}>
      <div class="my-order-head">
        <p class="strong"><span>{order.lines.map((line) => line.name).join(', ')}</span><span data-testid="my-total">{formatAmount(order.total)}</span></p>
        <p class="muted small"><span>{order.merchant.name} · {mediumDay(order.created_at)}</span><Status of={statusOf(order, payment)} testid="my-status" /></p>
      </div>
      {payment && <NextStep step={step} payment={payment} />}
      <details open={wanted}>
        <summary data-testid="my-details">{t.my.details}</summary>
        <div class="stack my-order-body">
          <Invoice order={order} />
          {instrument && step === 'done' && <p class="small"><span class="muted">{t.checkout.result.with}:</span> {instrumentName(instrument)}</p>}
          {(order.status === 'paid' || order.shipment !== null) && <Delivery order={order} />}
          {payment && minorOf(payment.amount_captured) > 0 && <DownloadReceipt api={mine.api} payment={payment.id} />}
        </div>
      </details>
      {sandbox && payment && <PayAgain order={order} payment={payment} />}
    </li>
  );
}

function NextStep({ step, payment }: { step: Step; payment: Payment }) {
  if (step === 'done') return null;
  if (step === 'confirm') return <p class="small my-waiting">{t.my.waiting}</p>;
  return (
    <a class={`button ${step === 'working' ? 'button-secondary' : 'button-primary'} my-next`} href={`/checkout/${payment.id}`} data-testid="my-next">
      {step === 'review' ? t.my.review : t.my.step[step]} <ArrowIcon />
    </a>
  );
}

/** Goods on their way tell more than the money that is there; until then the payment does. */
function statusOf(order: Order, payment: Payment | undefined): string {
  const paid = payment ? shownStatus(payment) : order.status;
  return paid === 'succeeded' ? order.status : paid;
}
