import type { Api } from '../shared/api.ts';
import { useLoaded } from '../shared/hooks.ts';
import { sentenceFor } from '../shared/problem.ts';
import { sentence } from '../shared/status.tsx';
import type { Case, List, Payment } from '../shared/types.ts';
import { Notice } from '../shared/ui.tsx';
import { Actions } from './actions.tsx';
import { caseQuestion } from './payment-questions.ts';

/** More pages of cases than a desk leaves open. */
const mostPages = 50;

const reasons: Record<string, string> = {
  outcome_unknown: 'Nobody could establish what the bank did.',
  bank_unreachable: 'The bank could not be reached for too long.',
  key_ended: 'The bank no longer knows the request, so it cannot be repeated.',
  amount_mismatch: 'The bank answered with another amount or currency.',
  contradiction: 'The bank now says the opposite of what it said before.',
  void_failed: 'The bank did not release what it holds.',
  payment_returned: 'The customer’s bank took the payment back.',
  returned_after_refund: 'The customer’s bank took back what was refunded already: the customer has it twice.',
  refund_reversed: 'The customer’s bank sent the refund back.',
  late_money_not_refunded: 'Money came too late and could not be paid back.',
  dispute_deadline: 'A dispute ends soon, and nobody has answered it.',
  dispute_unmatched: 'The bank tells of a dispute that fits no capture.',
  dispute_undecided: 'The bank has not decided a dispute for four months.',
  returned_after_dispute: 'The customer’s bank took the payment back beside a dispute over the same money: it may have taken it twice.',
  customer_paid_twice: 'A refund came through beside a dispute or a return of the same money: the customer has it twice.',
  money_in_suspense: 'The bank says it moved another amount than was asked; it stands in suspense, and belongs to nobody yet.',
  refund_overtaken: 'A refund may have left before the bank took its money: look whether the customer was paid twice.',
  dispute_contradiction: 'The bank tells of a dispute in two ways.',
};

/** Something a person has to look at, with the fields it takes to settle it. */
export function CaseNotice(props: { api: Api; payment: Payment; onDone: (payment: Payment | null) => void }) {
  const { id, reason } = props.payment.case!;
  const found = useLoaded(() => find(props.api, id), id);
  return (
    <Notice tone="warn" testid="case">
      <b>A person has to look at this.</b> {reasons[reason] ?? sentence(reason)}
      {found.error !== null && <p class="small">{sentenceFor(found.error)}</p>}
      {found.value && <div class="case-settle"><Actions api={props.api} questions={[caseQuestion(found.value)]} onDone={props.onDone} testid="case-done" /></div>}
    </Notice>
  );
}

/** Cases are listed and not read one by one: whether this is about a bank operation stands in the list. */
async function find(api: Api, id: string): Promise<Case | null> {
  let after = '';
  for (let page = 0; page < mostPages; page++) {
    const list = await api.get<List<Case>>(`/v1/cases?limit=100${after}`);
    const found = list.data.find((one) => one.id === id);
    if (found || !list.has_more || list.data.length === 0) return found ?? null;
    after = `&starting_after=${list.data.at(-1)!.id}`;
  }
  return null;
}
