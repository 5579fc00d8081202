import type { Api } from '../shared/api.ts';
import { hubNow, useTick } from '../shared/hub-clock.ts';
import { formatMinor } from '../shared/money.ts';
import { sentence, Status } from '../shared/status.tsx';
import { minorOf, type Dispute, type Payment } from '../shared/types.ts';
import { daysLeft, fullTime } from '../shared/when.ts';
import { Actions } from './actions.tsx';
import { disputeQuestions } from './payment-questions.ts';

/** What customers asked their bank to give back, and what is answered to it. */
export function Disputes(props: { api: Api; payment: Payment; onDone: (payment: Payment | null) => void }) {
  if (props.payment.disputes.length === 0) return null;
  return (
    <div class="panel facts-panel" data-testid="disputes">
      <h2>{props.payment.disputes.length === 1 ? 'Dispute' : 'Disputes'}</h2>
      {props.payment.disputes.map((dispute) => <One key={dispute.id} {...props} dispute={dispute} />)}
    </div>
  );
}

function One({ api, payment, dispute, onDone }: { api: Api; payment: Payment; dispute: Dispute; onDone: (payment: Payment | null) => void }) {
  useTick(30_000);
  const questions = disputeQuestions(payment, dispute);
  return (
    <div class="dispute" data-testid={`dispute-${dispute.id}`} data-status={dispute.status}>
      <div class="spread"><b>{formatMinor(minorOf(dispute.amount), payment.amount.currency)}</b><Status of={dispute.status} testid="dispute-status" /></div>
      <dl class="facts">
        <div><dt>Reason</dt><dd>{sentence(dispute.reason)}</dd></div>
        {dispute.respond_by && dispute.status === 'needs_response' && <div><dt>Answer by</dt><dd><Deadline at={dispute.respond_by} /></dd></div>}
      </dl>
      <p class="small muted">{standing(dispute, questions.length > 0)}</p>
      {questions.length > 0 && <Actions api={api} questions={questions} onDone={onDone} testid="dispute-done" />}
    </div>
  );
}

function Deadline({ at }: { at: string }) {
  const left = daysLeft(at, hubNow());
  return <span class={left.urgent ? 'late' : ''} data-testid="dispute-deadline">{fullTime(at)} · {left.text}</span>;
}

function standing(dispute: Dispute, answerable: boolean): string {
  switch (dispute.status) {
    case 'needs_response': return answerable ? 'Contest it with evidence, or accept it. Refunds wait until it is over.' : 'The answer is on its way to the bank.';
    case 'under_review': return 'The bank has the evidence and decides.';
    case 'won': return 'The bank decided for you: the money is back.';
    case 'lost': return 'The bank decided for the customer.';
    case 'accepted': return 'You gave in: the money is the customer’s.';
  }
}
