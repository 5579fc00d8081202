import { useState } from 'preact/hooks';
import { hubNow, useTick } from '../shared/hub-clock.ts';
import { instrumentName } from '../shared/instrument.ts';
import { formatAmount, formatMinor } from '../shared/money.ts';
import { shownStatus, Status } from '../shared/status.tsx';
import { minorOf, type Payment } from '../shared/types.ts';
import { shortWhen } from '../shared/when.ts';
import { countOf, filtered, groups, type QueueRow } from './queue.ts';
import type { LiveQueue } from './use-queue.ts';

/** More rows than anybody reads; the filter finds the others. */
const shown = 100;

export function QueueView(props: { live: LiveQueue; chosen: string | null; onChoose: (payment: string) => void }) {
  const { live } = props;
  const [group, setGroup] = useState<string | null>(null);
  const [text, setText] = useState('');
  useTick(30_000);
  const rows = filtered(live.queue, group, text);
  return (
    <>
      <div class="counters" role="group" aria-label="Filter by status">
        {groups.map((one) => (
          <button key={one.id} type="button" class={`counter counter-${one.id}`} aria-pressed={group === one.id}
            onClick={() => setGroup(group === one.id ? null : one.id)} data-testid={`count-${one.id}`}>
            <b>{countOf(live.queue, one)}</b><span>{one.name}</span>
          </button>
        ))}
      </div>
      <form class="queue-tools" role="search" onSubmit={(event) => { event.preventDefault(); openById(text.trim(), props.onChoose); }}>
        <label class="hidden" for="filter">Filter</label>
        <input id="filter" type="search" placeholder="Filter: id, status, last four…" value={text} data-testid="filter" onInput={(event) => setText(event.currentTarget.value)} />
        <button type="button" class="button button-secondary button-small" aria-pressed={live.paused} data-testid="pause" onClick={() => live.setPaused(!live.paused)}>
          {live.paused ? `Resume${live.waiting > 0 ? ` (${live.waiting})` : ''}` : 'Pause updates'}
        </button>
      </form>
      <ul class="queue" data-testid="queue">
        {rows.slice(0, shown).map((row) => <Row key={row.payment.id} row={row} chosen={row.payment.id === props.chosen} onChoose={props.onChoose} />)}
      </ul>
      {rows.length === 0 && <p class="muted small queue-none">{live.queue.size === 0 ? 'No journey yet. The first one shows up here by itself.' : 'Nothing matches.'}</p>}
      {rows.length > shown && <p class="muted small queue-none">{rows.length - shown} more: narrow the filter.</p>}
    </>
  );
}

/** A journey that is too old for the queue opens by its whole id. */
function openById(text: string, choose: (payment: string) => void): void {
  if (/^pay_[0-9a-z]{26}$/.test(text)) choose(text);
}

/** Where a journey stands, before this page has seen it move. */
function standing(payment: Payment): string {
  if (minorOf(payment.amount_refunded) > 0) return `${formatMinor(minorOf(payment.amount_refunded), payment.amount.currency)} went back to the customer.`;
  switch (payment.status) {
    case 'requires_payment_method': return payment.attempts.length > 0 ? 'The customer may try again.' : 'The customer has not paid yet.';
    case 'requires_action': return 'The bank asks the customer on its own page.';
    case 'awaiting_confirmation': return 'The customer is asked to confirm.';
    case 'requires_review': return 'A person has to look at this.';
    case 'requires_capture': case 'partially_captured': return 'Confirmed, and ready to capture.';
    case 'succeeded': return `${formatMinor(minorOf(payment.amount_captured), payment.amount.currency)} captured.`;
    case 'canceled': case 'expired': return 'Ended; nothing was charged.';
    case 'processing': return 'The bank is being asked.';
  }
}

/** What asks for a person, in a word. */
function markOf(payment: Payment): string | null {
  if (payment.case) return 'Case';
  if (payment.disputes.some((dispute) => dispute.status === 'needs_response')) return 'Dispute';
  return payment.refunds.some((refund) => refund.status === 'requires_review') ? 'Late refund' : null;
}

function Row({ row, chosen, onChoose }: { row: QueueRow; chosen: boolean; onChoose: (payment: string) => void }) {
  const { payment, last } = row;
  const tried = payment.attempts.at(-1)?.instrument;
  const mark = markOf(payment);
  return (
    <li>
      <button type="button" class="queue-row" aria-current={chosen || undefined} onClick={() => onChoose(payment.id)}
        data-testid={`journey-${payment.id}`} data-status={payment.status}>
        <span class="queue-top"><b>{formatAmount(payment.amount)}</b><Status of={shownStatus(payment)} /></span>
        <span class="queue-last">{last?.summary ?? standing(payment)}</span>
        <span class="queue-foot"><span>{tried ? instrumentName(tried) : 'Nothing tried yet'}</span>{mark && <span class="queue-case">{mark}</span>}<span>{shortWhen(last?.time ?? payment.created_at, hubNow())}</span></span>
      </button>
    </li>
  );
}
