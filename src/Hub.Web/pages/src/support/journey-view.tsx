import { useEffect, useState } from 'preact/hooks';
import type { Api } from '../shared/api.ts';
import { BackIcon, ChatIcon } from '../shared/icons.tsx';
import { instrumentName } from '../shared/instrument.ts';
import { formatAmount, formatMinor } from '../shared/money.ts';
import { sentenceFor } from '../shared/problem.ts';
import { sentence, shownStatus, Status } from '../shared/status.tsx';
import { minorOf, type Order, type Payment, type PaymentStatus } from '../shared/types.ts';
import { Button, Notice, Spinner } from '../shared/ui.tsx';
import { clockTime, fullTime } from '../shared/when.ts';
import { t } from '../words/words.ts';
import { Actions } from './actions.tsx';
import { CaseNotice } from './case-notice.tsx';
import { Disputes } from './disputes.tsx';
import { MoneyFacts } from './money-facts.tsx';
import { needsPerson, questionsOf } from './payment-questions.ts';
import { Timeline } from './timeline.tsx';
import type { LiveQueue } from './use-queue.ts';
import { useTimeline } from './use-timeline.ts';

/** One journey: its timeline over all channels, its facts, and what may be done about it. */
export function JourneyView(props: { api: Api; id: string; live: LiveQueue; onBack: () => void; onWrite: (customer: string) => void }) {
  const { api, id, live } = props;
  const [payment, setPayment] = useState<Payment | null>(null);
  const [order, setOrder] = useState<Order | null>(null);
  const [error, setError] = useState<unknown>(null);
  const take = (next: Payment) => setPayment((now) => (now && now.version > next.version ? now : next));
  const entries = useTimeline(api, live.live, id, take, setOrder, setError);
  useEffect(() => {
    const load = async () => {
      const loaded = await api.get<Payment>(`/v1/payments/${id}`);
      take(loaded);
      setOrder(await api.get<Order>(`/v1/orders/${loaded.order}`));
    };
    load().catch(setError);
  }, [api, id]);

  // A case is answered with the case; what that did to the payment is read anew.
  const done = (next: Payment | null) => {
    const put = (now: Payment) => { take(now); live.put(now); };
    if (next) put(next);
    else api.get<Payment>(`/v1/payments/${id}`).then(put, setError);
  };

  if (error !== null && !payment) return <Notice tone="bad" testid="journey-problem">{sentenceFor(error)}</Notice>;
  if (!payment) return <p class="loading" role="status"><Spinner /> Loading…</p>;
  // What waits for a decision stands above the timeline, where it is also first on a phone.
  const contested = payment.disputes.some((dispute) => dispute.status === 'needs_response');
  const late = payment.refunds.some((refund) => refund.status === 'requires_review');
  const disputes = <Disputes api={api} payment={payment} onDone={done} />;
  const money = <MoneyFacts api={api} payment={payment} onDone={done} />;
  return (
    <div class="journey" data-testid="journey" data-status={payment.status}>
      <div class="journey-head">
        <button type="button" class="handset-back journey-back" onClick={props.onBack} aria-label="All journeys"><BackIcon /></button>
        <div class="journey-title">
          <h1 data-testid="journey-amount">{formatAmount(payment.amount)}</h1>
          <Status of={shownStatus(payment)} testid="journey-status" />
        </div>
        <p class="muted small mono journey-id">{payment.id}</p>
      </div>
      {error !== null && <Notice tone="bad">{sentenceFor(error)}</Notice>}
      {payment.case && <CaseNotice key={payment.case.id} api={api} payment={payment} onDone={done} />}
      {payment.status === 'requires_review' && !payment.case && <Notice tone="warn" testid="held"><b>This payment is held.</b> Nothing is taken until somebody approves or rejects it.</Notice>}
      <Actions api={api} questions={questionsOf(payment)} {...(needsPerson(payment) ? {} : { nothing: 'Nothing to do here.' })} onDone={done} />
      {(contested || late) && <div class="decisions">{contested && disputes}{late && money}</div>}
      <div class="journey-body">
        <Timeline entries={entries} />
        <div class="stack">
          <PaymentFacts payment={payment} onWrite={props.onWrite} />
          {!contested && disputes}
          {!late && money}
          {order && <OrderFacts order={order} />}
        </div>
      </div>
    </div>
  );
}

/** While something is held at the bank, its own deadline counts. */
const capturable: PaymentStatus[] = ['awaiting_confirmation', 'requires_capture', 'partially_captured'];

function PaymentFacts({ payment, onWrite }: { payment: Payment; onWrite: (customer: string) => void }) {
  const currency = payment.amount.currency;
  const refunded = minorOf(payment.amount_refunded);
  const confirmation = payment.confirmation;
  return (
    <div class="panel facts-panel">
      <h2>Payment</h2>
      <dl class="facts">
        <div><dt>Captured</dt><dd data-testid="captured">{formatMinor(minorOf(payment.amount_captured), currency)}</dd></div>
        {refunded > 0 && <div><dt>Refunded</dt><dd data-testid="refunded">{formatMinor(refunded, currency)}</dd></div>}
        {payment.capture_before && capturable.includes(payment.status) && <div><dt>Capture by</dt><dd>{fullTime(payment.capture_before)}</dd></div>}
        <div><dt>Customer</dt><dd class="mono">{payment.customer}</dd></div>
      </dl>
      <Button testid="write-to-customer" kind="secondary" onPress={() => onWrite(payment.customer)}><ChatIcon /> Write to the customer</Button>
      {confirmation && <>
        <h3>Confirmation</h3>
        <dl class="facts" data-testid="confirmation">
          <div><dt>State</dt><dd><Status of={confirmation.status} testid="confirmation-status" /></dd></div>
          {confirmation.channel && <div><dt>Asked by</dt><dd>{channelName(confirmation.channel)}</dd></div>}
          {confirmation.answered_by && <div><dt>Answered by</dt><dd>{channelName(confirmation.answered_by)}</dd></div>}
          <div><dt>Wrong codes</dt><dd>{confirmation.wrong_answers} of 5</dd></div>
          {(confirmation.status === 'created' || confirmation.status === 'sent') && <div><dt>Expires</dt><dd>{clockTime(confirmation.expires_at)}</dd></div>}
        </dl>
      </>}
      {payment.attempts.length > 0 && <h3>Attempts</h3>}
      <ul class="attempts" data-testid="attempts">
        {payment.attempts.map((attempt) => (
          <li key={attempt.id}>
            <span>{attempt.instrument ? instrumentName(attempt.instrument) : 'No instrument'}
              <small>{attempt.decline_code ? sentence(attempt.decline_code) : attempt.gateway}</small></span>
            <Status of={attempt.status} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function OrderFacts({ order }: { order: Order }) {
  return (
    <div class="panel facts-panel" data-testid="order-facts">
      <div class="spread"><h2>Order</h2><Status of={order.status} testid="order-status" /></div>
      <dl class="facts">
        <div><dt>Reference</dt><dd class="mono">{order.reference}</dd></div>
        {order.lines.map((line) => (
          <div key={line.sku}><dt>{line.quantity} ×</dt><dd>{line.name}</dd></div>
        ))}
        <div><dt>Total</dt><dd class="strong">{formatAmount(order.total)}</dd></div>
        {order.shipment && <div><dt>Shipped</dt><dd>{order.shipment.carrier} <span class="mono">{order.shipment.tracking}</span></dd></div>}
        {order.delivered_at && <div><dt>Delivered</dt><dd>{fullTime(order.delivered_at)}</dd></div>}
        {order.payment_returned_at && <div><dt>Owed again</dt><dd>{fullTime(order.payment_returned_at)}</dd></div>}
      </dl>
    </div>
  );
}

function channelName(channel: string): string {
  return t.channel[channel] ?? sentence(channel);
}
