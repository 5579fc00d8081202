import { CheckIcon, CrossIcon } from '../shared/icons.tsx';
import { instrumentName } from '../shared/instrument.ts';
import { formatAmount, formatMinor } from '../shared/money.ts';
import { Status } from '../shared/status.tsx';
import { minorOf, type Bank, type Order, type Payment } from '../shared/types.ts';
import { fullTime } from '../shared/when.ts';
import { readMySession } from '../my/session.ts';
import { DownloadReceipt } from './download-receipt.tsx';
import { PayAgain } from './pay-again.tsx';
import type { StepProps } from './step-props.ts';
import { t } from '../words/words.ts';

/** How it ended, and what happens next. */
export function ResultStep({ journey, payment, order, banks, sandbox }: StepProps & { sandbox: boolean }) {
  const bad = payment.status === 'canceled' || payment.status === 'expired' || isReturned(payment);
  const shop = sandbox ? <a class="button button-secondary button-wide" href="/shop" data-testid="back-to-shop">{t.checkout.result.shop}</a> : null;
  // Whoever is not signed in there yet is signed in by the shop; only the sandbox knows which that is.
  const mine = readMySession() ? '/my' : sandbox ? '/shop#account' : null;
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
      {sandbox && <PayAgain order={order} payment={payment} />}
      {mine && <a class="button button-plain" href={mine} data-testid="to-my">{t.checkout.result.my}</a>}
      {shop}
    </div>
  );
}

function Receipt({ payment, order, banks }: { payment: Payment; order: Order; banks: readonly Bank[] }) {
  const instrument = payment.attempts.at(-1)?.instrument;
  const refunded = minorOf(payment.amount_refunded);
  return (
    <dl class="facts" data-testid="receipt">
      <div><dt>{payment.status === 'requires_capture' ? t.checkout.result.reserved : t.checkout.result.paid}</dt><dd class="strong">{formatAmount(payment.amount)}</dd></div>
      {refunded > 0 && <div><dt>{t.checkout.result.refunded}</dt><dd data-testid="refunded">{formatMinor(refunded, payment.amount.currency)}</dd></div>}
      <div><dt>{t.checkout.result.to}</dt><dd>{payment.merchant.name}</dd></div>
      {instrument && <div><dt>{t.checkout.result.with}</dt><dd data-testid="paid-with">{instrumentName(instrument, banks)}</dd></div>}
      {payment.confirmation?.answered_by && <div><dt>{t.checkout.result.confirmed}</dt><dd data-testid="answered-by">{confirmedBy(payment.confirmation.answered_by)}</dd></div>}
      <div><dt>{t.checkout.result.order}</dt><dd class="mono">{order.reference}</dd></div>
      <div><dt>{t.checkout.result.payment}</dt><dd class="mono">{payment.id}</dd></div>
    </dl>
  );
}

/** How the goods travel. */
export function Delivery({ order }: { order: Order }) {
  return (
    <div class="delivery">
      <div class="spread"><h3>{t.checkout.result.yourOrder}</h3><Status of={order.status} testid="order-status" /></div>
      {order.shipment && (
        <p class="small" data-testid="shipment">
          {t.checkout.result.shippedWith(order.shipment.carrier)}, {t.checkout.result.tracking} <span class="mono">{order.shipment.tracking}</span>, {fullTime(order.shipment.at)}
        </p>
      )}
      {order.delivered_at && <p class="small" data-testid="delivered">{t.checkout.result.delivered(fullTime(order.delivered_at))}</p>}
      {!order.shipment && <p class="muted small">{t.checkout.result.notShipped}</p>}
    </div>
  );
}

/** Where the answer came from, such as `by text message`. */
export function confirmedBy(channel: string): string {
  return t.checkout.result.by[channel] ?? t.checkout.result.byOther(channel);
}

function title(payment: Payment): string {
  switch (payment.status) {
    case 'canceled': return payment.confirmation?.status === 'rejected' ? t.checkout.result.rejected : t.checkout.result.canceled;
    case 'expired': return t.checkout.result.expired;
    case 'requires_capture': return t.checkout.result.confirmedTitle;
    default:
      if (isReturned(payment)) return t.checkout.result.takenBack;
      return isRefunded(payment) ? t.checkout.result.wasRefunded : t.checkout.result.thanks;
  }
}

function text(payment: Payment, order: Order): string {
  if (cameLate(payment)) return cameLate(payment)!;
  switch (payment.status) {
    case 'canceled':
      return payment.confirmation?.status === 'exhausted'
        ? t.checkout.result.exhausted
        : t.checkout.result.freed;
    case 'expired': return t.checkout.result.tooLate;
    case 'requires_capture': return t.checkout.result.takenLater(order.merchant.name);
    default:
      if (isReturned(payment)) return t.checkout.result.openAgain(order.merchant.name);
      if (isRefunded(payment)) return t.checkout.result.goesBack;
      return isClearing(payment) ? t.checkout.result.clears : t.checkout.result.receiptComes;
  }
}

/** Money that came when nobody waited for it any more goes back by itself, or somebody sees to it; null where none came. */
function cameLate(payment: Payment): string | null {
  if (!payment.captures.some((capture) => capture.too_late && capture.status === 'succeeded')) return null;
  const back = payment.refunds.some((refund) => refund.status === 'succeeded') ? t.checkout.result.isBack : t.checkout.result.goesBackSoon;
  return `${t.checkout.result.cameLate} ${back}`;
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
