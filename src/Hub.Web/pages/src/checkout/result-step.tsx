import { CheckIcon, CrossIcon } from '../shared/icons.tsx';
import { instrumentName } from '../shared/instrument.ts';
import { formatAmount, formatMinor } from '../shared/money.ts';
import { Status } from '../shared/status.tsx';
import { minorOf, type Bank, type Order, type Payment } from '../shared/types.ts';
import { fullTime } from '../shared/when.ts';
import { DownloadReceipt } from './download-receipt.tsx';
import type { StepProps } from './step-props.ts';

/** How it ended, and what happens next. */
export function ResultStep({ journey, payment, order, banks, sandbox }: StepProps & { sandbox: boolean }) {
  const bad = payment.status === 'canceled' || payment.status === 'expired' || isReturned(payment);
  const shop = sandbox ? <a class={`button button-wide ${bad ? 'button-primary' : 'button-secondary'}`} href="/shop" data-testid="back-to-shop">Back to the shop</a> : null;
  return (
    <div class="stack result" data-testid="result" data-status={payment.status}>
      <span class={`result-mark ${bad ? 'bad' : 'good'}`}>{bad ? <CrossIcon size={34} /> : <CheckIcon size={34} />}</span>
      <div>
        <h2 data-testid="result-title">{title(payment)}</h2>
        <p class="muted">{text(payment, order)}</p>
      </div>
      {(!bad || isReturned(payment)) && <Receipt payment={payment} order={order} banks={banks ?? []} />}
      {minorOf(payment.amount_captured) > 0 && <DownloadReceipt api={journey.api} payment={payment.id} />}
      {!bad && <Delivery order={order} />}
      {shop}
    </div>
  );
}

function Receipt({ payment, order, banks }: { payment: Payment; order: Order; banks: readonly Bank[] }) {
  const instrument = payment.attempts.at(-1)?.instrument;
  const refunded = minorOf(payment.amount_refunded);
  return (
    <dl class="facts" data-testid="receipt">
      <div><dt>{payment.status === 'requires_capture' ? 'Reserved' : 'Paid'}</dt><dd class="strong">{formatAmount(payment.amount)}</dd></div>
      {refunded > 0 && <div><dt>Refunded</dt><dd data-testid="refunded">{formatMinor(refunded, payment.amount.currency)}</dd></div>}
      <div><dt>To</dt><dd>{payment.merchant.name}</dd></div>
      {instrument && <div><dt>With</dt><dd data-testid="paid-with">{instrumentName(instrument, banks)}</dd></div>}
      {payment.confirmation?.answered_by && <div><dt>Confirmed</dt><dd data-testid="answered-by">{confirmedBy(payment.confirmation.answered_by)}</dd></div>}
      <div><dt>Order</dt><dd class="mono">{order.reference}</dd></div>
      <div><dt>Payment</dt><dd class="mono">{payment.id}</dd></div>
    </dl>
  );
}

function Delivery({ order }: { order: Order }) {
  return (
    <div class="delivery">
      <div class="spread"><h3>Your order</h3><Status of={order.status} testid="order-status" /></div>
      {order.shipment && (
        <p class="small" data-testid="shipment">
          Shipped with {order.shipment.carrier}, tracking <span class="mono">{order.shipment.tracking}</span>, {fullTime(order.shipment.at)}
        </p>
      )}
      {order.delivered_at && <p class="small" data-testid="delivered">Delivered {fullTime(order.delivered_at)}</p>}
      {!order.shipment && <p class="muted small">You hear from us when it ships. This page follows.</p>}
    </div>
  );
}

function confirmedBy(channel: string): string {
  switch (channel) {
    case 'sms': return 'by text message';
    case 'email': return 'by e-mail';
    case 'web': return 'on this page';
    default: return `by ${channel}`;
  }
}

function title(payment: Payment): string {
  switch (payment.status) {
    case 'canceled': return payment.confirmation?.status === 'rejected' ? 'Payment rejected' : 'Payment canceled';
    case 'expired': return 'This payment has expired';
    case 'requires_capture': return 'Confirmed';
    default:
      if (isReturned(payment)) return 'Your bank took the payment back';
      return isRefunded(payment) ? 'This payment was refunded' : 'Thank you, it is paid';
  }
}

function text(payment: Payment, order: Order): string {
  if (cameLate(payment)) return cameLate(payment)!;
  switch (payment.status) {
    case 'canceled':
      return payment.confirmation?.status === 'exhausted'
        ? 'Too many wrong codes. To keep you safe the payment was stopped; nothing was taken.'
        : 'Nothing was taken. What was set aside for it is free again.';
    case 'expired': return 'It was not completed in time. Nothing was taken.';
    case 'requires_capture': return `${order.merchant.name} takes the payment when your order is on its way.`;
    default:
      if (isReturned(payment)) return `The money is with you again, so the order is open again. ${order.merchant.name} tells you how to pay it another way.`;
      if (isRefunded(payment)) return 'The money goes back to where it came from. Banks take a few days to show it.';
      return isClearing(payment) ? 'Your bank has accepted the e-check and clears it within days. The receipt is on its way to your mailbox.' : 'The receipt is on its way to your mailbox.';
  }
}

/** Money that came when nobody waited for it any more goes back by itself, or somebody sees to it; null where none came. */
function cameLate(payment: Payment): string | null {
  if (!payment.captures.some((capture) => capture.too_late && capture.status === 'succeeded')) return null;
  const back = payment.refunds.some((refund) => refund.status === 'succeeded') ? 'It is back with you.' : 'It goes back to you by itself; banks take a few days to show it.';
  return `Your bank sent the money when this payment had ended. ${back}`;
}

/** Everything that was taken was taken back by the customer's bank. */
function isReturned(payment: Payment): boolean {
  return minorOf(payment.amount_returned) > 0 && minorOf(payment.amount_returned) >= minorOf(payment.amount_captured);
}

function isClearing(payment: Payment): boolean {
  return payment.attempts.at(-1)?.instrument?.type === 'echeck' && payment.captures.some((capture) => capture.status === 'succeeded' && capture.cleared_at === null);
}

/** Everything that was taken went back. */
function isRefunded(payment: Payment): boolean {
  return minorOf(payment.amount_refunded) > 0 && minorOf(payment.amount_refunded) >= minorOf(payment.amount_captured);
}
