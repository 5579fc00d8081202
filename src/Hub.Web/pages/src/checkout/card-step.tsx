import { useMemo, useState } from 'preact/hooks';
import { brandName, codeProblem } from '../shared/card.ts';
import { useTask } from '../shared/hooks.ts';
import { hubNow } from '../shared/hub-clock.ts';
import { LockIcon } from '../shared/icons.tsx';
import { formatAmount } from '../shared/money.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import type { Instrument } from '../shared/types.ts';
import { Button, Field, Notice } from '../shared/ui.tsx';
import { BrandMark } from './brand-mark.tsx';
import { emptyCard, problemsOf, type CardEntry, type CardProblems } from './card-entry.ts';
import { CardFields } from './card-fields.tsx';
import { lastFailure } from './last-failure.ts';
import { Payer } from './pay.ts';
import type { StepProps } from './step-props.ts';

const another = 'another';

/** Pick a saved card or type one, then pay. */
export function CardStep({ journey, customer, payment, sandbox }: StepProps & { sandbox: boolean }) {
  const saved = customer.instruments;
  const declined = new Set(payment.attempts.filter((a) => a.status === 'declined').map((a) => a.instrument?.id));
  const [chosen, choose] = useState(() => saved.find((card) => !declined.has(card.id))?.id ?? another);
  const [card, setCard] = useState<CardEntry>(emptyCard);
  const [problems, setProblems] = useState<CardProblems>({});
  const task = useTask();
  const payer = useMemo(() => new Payer(journey.api, customer.id, payment.id), [journey.api, customer.id, payment.id]);
  const failure = lastFailure(payment);

  const pay = () => {
    const instrument = saved.find((one) => one.id === chosen);
    const found = instrument ? savedProblems(card.code, instrument) : problemsOf(card, new Date(hubNow()));
    setProblems(found);
    if (Object.keys(found).length > 0) return focusFirstProblem();
    void task.run(async () => {
      journey.setPayment(instrument ? await payer.payWithSaved(instrument.id, card.code) : await payer.payWithNew(card));
      // Should this attempt not work, the new card is offered by its last four digits.
      if (!instrument) await journey.reloadCustomer();
    });
  };
  const fieldProblems = { ...problems, ...fromHub(task.error) };
  const unplaced = task.error !== null && Object.keys(fromHub(task.error)).length === 0;

  return (
    <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); pay(); }}>
      {failure && <Notice tone={failure.tone} testid="last-error"><b>{failure.title}</b><br />{failure.text}</Notice>}
      <h2>{payment.attempts.at(-1)?.status === 'declined' ? 'Pay with another card' : 'Pay by card'}</h2>
      {saved.length > 0 && (
        <fieldset class="choice" data-testid="saved-cards">
          <legend class="hidden">Card</legend>
          {saved.map((one) => (
            <label key={one.id}>
              <input type="radio" name="card" checked={chosen === one.id} onChange={() => { choose(one.id); setProblems({}); }} data-testid={`card-${one.last4}`} />
              <BrandMark brand={one.brand} />
              <span>{brandName(one.brand)} •••• {one.last4}<small>{declined.has(one.id) ? 'Declined for this payment' : expires(one)}</small></span>
            </label>
          ))}
          <label>
            <input type="radio" name="card" checked={chosen === another} onChange={() => { choose(another); setProblems({}); }} data-testid="card-another" />
            <BrandMark brand="unknown" />
            <span>Another card</span>
          </label>
        </fieldset>
      )}
      {chosen === another
        ? <CardFields card={card} problems={fieldProblems} onCard={(next) => { setCard(next); setProblems({}); task.clear(); }} sandbox={sandbox} />
        : <SavedCode card={saved.find((one) => one.id === chosen)} value={card.code} problem={fieldProblems.code}
            onValue={(code) => { setCard({ ...card, code }); setProblems({}); }} />}
      {unplaced && <Notice tone="bad" testid="pay-problem">{sentenceFor(task.error)}</Notice>}
      <Button testid="pay" type="submit" wide busy={task.busy}>
        {task.busy ? 'Encrypting and sending…' : <><LockIcon /> Pay {formatAmount(payment.amount)}</>}
      </Button>
      <p class="muted small">Nothing is taken yet: we ask you first, on your phone or by e-mail.</p>
    </form>
  );
}

function SavedCode(props: { card: Instrument | undefined; value: string; problem?: string | undefined; onValue: (code: string) => void }) {
  const length = props.card?.brand === 'amex' ? 4 : 3;
  return (
    <Field label="Security code" testid="card-code" value={props.value} problem={props.problem} maxLength={length} inputMode="numeric"
      autoComplete="cc-csc" placeholder={'•'.repeat(length)} hint="It is never stored, so it is asked for each time."
      onValue={(v) => props.onValue(v.replace(/\D/g, '').slice(0, length))} />
  );
}

function savedProblems(code: string, card: Instrument): CardProblems {
  const problem = codeProblem(code, card.brand === 'amex' ? 4 : 3);
  return problem ? { code: problem } : {};
}

/** The hub's refusals, each at its field. */
function fromHub(error: unknown): CardProblems {
  if (!(error instanceof ApiProblem)) return {};
  const problems: CardProblems = {};
  const number = error.field('number', 'encrypted.number');
  const expiry = error.field('exp_month', 'exp_year');
  const code = error.field('security_code');
  const holder = error.field('holder');
  if (number) problems.number = number;
  if (expiry) problems.expiry = expiry;
  if (code) problems.code = code;
  if (holder) problems.holder = holder;
  return problems;
}

function expires(card: Instrument): string {
  if (!card.exp_month || !card.exp_year) return 'Saved card';
  return `Expires ${card.exp_month.toString().padStart(2, '0')} / ${card.exp_year.toString().slice(-2)}`;
}

function focusFirstProblem(): void {
  // After the render that marks the fields.
  setTimeout(() => document.querySelector<HTMLElement>('form [aria-invalid]')?.focus(), 0);
}
