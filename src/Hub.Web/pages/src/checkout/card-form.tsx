import { useState } from 'preact/hooks';
import { brandName, codeProblem } from '../shared/card.ts';
import { useTask } from '../shared/hooks.ts';
import { hubNow } from '../shared/hub-clock.ts';
import { ApiProblem } from '../shared/problem.ts';
import type { Instrument, Payment } from '../shared/types.ts';
import { Field } from '../shared/ui.tsx';
import { BrandMark } from './brand-mark.tsx';
import { emptyCard, problemsOf, type CardEntry, type CardProblems } from './card-entry.ts';
import { CardFields } from './card-fields.tsx';
import { focusFirstProblem, PayButton, PayProblem } from './pay-parts.tsx';
import { t } from '../words/words.ts';

const another = 'another';

interface Props {
  saved: Instrument[];
  declined: ReadonlySet<string>;
  payment: Payment;
  sandbox: boolean;
  /** What the choice of a card that is not there yet is called. */
  anotherName: string;
  /** Pays with a saved card and its code, or with what was typed where there is no saved one. */
  pay: (saved: Instrument | null, card: CardEntry) => Promise<void>;
}

/** Pick a saved card or type one, then pay. */
export function CardForm({ saved, declined, payment, sandbox, anotherName, pay }: Props) {
  const [chosen, choose] = useState(() => saved.find((card) => !declined.has(card.id))?.id ?? another);
  const [card, setCard] = useState<CardEntry>(emptyCard);
  const [problems, setProblems] = useState<CardProblems>({});
  const task = useTask();
  const instrument = saved.find((one) => one.id === chosen) ?? null;

  const press = () => {
    const found = instrument ? savedProblems(card.code, instrument) : problemsOf(card, new Date(hubNow()));
    setProblems(found);
    if (Object.keys(found).length > 0) return focusFirstProblem();
    void task.run(() => pay(instrument, card));
  };
  const refused = fromHub(task.error);
  const fieldProblems = { ...problems, ...refused };

  return (
    <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); press(); }}>
      {saved.length > 0 && (
        <fieldset class="choice" data-testid="saved-cards">
          <legend class="hidden">{t.pay.card.card}</legend>
          {saved.map((one) => (
            <label key={one.id}>
              <input type="radio" name="card" checked={chosen === one.id} onChange={() => { choose(one.id); setProblems({}); }} data-testid={`card-${one.last4}`} />
              <BrandMark brand={one.brand} />
              <span>{brandName(one.brand)} •••• {one.last4}<small>{declined.has(one.id) ? t.pay.card.declinedHere : expires(one)}</small></span>
            </label>
          ))}
          <label>
            <input type="radio" name="card" checked={chosen === another} onChange={() => { choose(another); setProblems({}); }} data-testid="card-another" />
            <BrandMark brand="unknown" />
            <span>{anotherName}</span>
          </label>
        </fieldset>
      )}
      {instrument
        ? <SavedCode card={instrument} value={card.code} problem={fieldProblems.code} sandbox={sandbox}
            onValue={(code) => { setCard({ ...card, code }); setProblems({}); }} />
        : <CardFields card={card} problems={fieldProblems} onCard={(next) => { setCard(next); setProblems({}); task.clear(); }} sandbox={sandbox} />}
      {Object.keys(refused).length === 0 && <PayProblem error={task.error} />}
      <PayButton busy={task.busy} amount={payment.amount} working={t.pay.encrypting} />
    </form>
  );
}

function SavedCode(props: { card: Instrument; value: string; problem?: string | undefined; sandbox: boolean; onValue: (code: string) => void }) {
  const length = codeLengthOf(props.card);
  return (
    <Field label={t.pay.card.code} testid="card-code" value={props.value} problem={props.problem} maxLength={length} inputMode="numeric"
      autoComplete="cc-csc" placeholder={'•'.repeat(length)}
      hint={`${t.pay.card.neverStored}${props.sandbox ? ` ${t.pay.card.anyDigits(length)}` : ''}`}
      onValue={(v) => props.onValue(v.replace(/\D/g, '').slice(0, length))} />
  );
}

const codeLengthOf = (card: Instrument) => (card.brand === 'amex' ? 4 : 3);

function savedProblems(code: string, card: Instrument): CardProblems {
  const problem = codeProblem(code, codeLengthOf(card));
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
  if (!card.exp_month || !card.exp_year) return t.pay.card.saved;
  return t.pay.card.expiresAt(`${card.exp_month.toString().padStart(2, '0')} / ${card.exp_year.toString().slice(-2)}`);
}
