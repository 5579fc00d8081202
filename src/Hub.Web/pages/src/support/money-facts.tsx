import type { Api } from '../shared/api.ts';
import { formatMinor } from '../shared/money.ts';
import { sentence, Status } from '../shared/status.tsx';
import { minorOf, type Capture, type Payment } from '../shared/types.ts';
import { fullTime } from '../shared/when.ts';
import { Actions } from './actions.tsx';
import { refundQuestions } from './payment-questions.ts';

interface Props {
  api: Api;
  payment: Payment;
  onDone: (payment: Payment | null) => void;
}

/** What was taken and what went back, piece by piece; a late refund waits here for a second person. */
export function MoneyFacts({ api, payment, onDone }: Props) {
  if (payment.captures.length === 0 && payment.refunds.length === 0) return null;
  const currency = payment.amount.currency;
  return (
    <div class="panel facts-panel" data-testid="money">
      <h2>Money</h2>
      <ul class="attempts" data-testid="captures">
        {payment.captures.map((capture) => (
          <li key={capture.id}>
            <span>Taken: {formatMinor(minorOf(capture.amount), currency)}<small>{captureNote(capture)}</small></span>
            <Status of={capture.status === 'succeeded' && capture.cleared_at ? 'cleared' : capture.status} />
          </li>
        ))}
      </ul>
      {payment.refunds.length > 0 && <ul class="attempts" data-testid="refunds">
        {payment.refunds.map((refund) => (
          <li key={refund.id} class="refund" data-status={refund.status}>
            <div class="spread">
              <span>Refund: {formatMinor(minorOf(refund.amount), currency)}<small>{refund.failure_code ? sentence(refund.failure_code) : refund.id}</small></span>
              <Status of={refund.status === 'requires_review' ? 'waits' : refund.status} />
            </div>
            {refund.status === 'requires_review' && (
              <>
                <p class="small">It is later than three months: it waits for a second person.</p>
                <Actions api={api} questions={refundQuestions(payment, refund)} onDone={onDone} testid="refund-done" />
              </>
            )}
          </li>
        ))}
      </ul>}
    </div>
  );
}

function captureNote(capture: Capture): string {
  const why = capture.failure_code ? sentence(capture.failure_code) : null;
  if (capture.status === 'returned') return `${why ?? 'Returned'}: the customer’s bank took it back`;
  if (capture.too_late) return 'Came too late; it is paid back';
  if (capture.cleared_at) return `Cleared ${fullTime(capture.cleared_at)}`;
  return why ?? capture.id;
}
