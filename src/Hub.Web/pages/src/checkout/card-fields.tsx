import { brandOf, expiryProblem, groupExpiry, groupNumber, numberProblem } from '../shared/card.ts';
import { hubNow } from '../shared/hub-clock.ts';
import { useState } from 'preact/hooks';
import { Field } from '../shared/ui.tsx';
import { BrandMark, TakenMarks } from './brand-mark.tsx';
import type { CardEntry, CardProblems } from './card-entry.ts';
import { t } from '../words/words.ts';

interface Props {
  card: CardEntry;
  problems: CardProblems;
  onCard: (card: CardEntry) => void;
  sandbox: boolean;
}

/** The fields of a new card. */
export function CardFields({ card, problems, onCard, sandbox }: Props) {
  const brand = brandOf(card.number);
  // A field is judged when it is left, not while it is typed.
  const [left, setLeft] = useState<CardProblems>({});
  const put = (change: Partial<CardEntry>) => { setLeft({}); onCard({ ...card, ...change }); };
  const judge = (field: 'number' | 'expiry', problem: string | null) => setLeft(problem && card[field] ? { ...left, [field]: problem } : left);
  return (
    <div class="stack">
      <Field label={t.pay.card.number} testid="card-number" value={card.number} format={groupNumber} onValue={(number) => put({ number })}
        onLeave={() => judge('number', numberProblem(card.number))} problem={problems.number ?? left.number}
        inputMode="numeric" autoComplete="cc-number" placeholder="1234 5678 …" maxLength={24} after={card.number === '' ? <TakenMarks /> : <BrandMark brand={brand.id} />}
        hint={sandbox ? <>{t.pay.card.toTest} 4242 4242 4242 4242. <a href="/#cards" target="_blank">{t.pay.card.allCards}</a></> : undefined} />
      <div class="two">
        <Field label={t.pay.card.expires} testid="card-expiry" value={card.expiry} format={groupExpiry} onValue={(expiry) => put({ expiry })}
          onLeave={() => judge('expiry', expiryProblem(card.expiry, new Date(hubNow())))} problem={problems.expiry ?? left.expiry}
          inputMode="numeric" autoComplete="cc-exp" placeholder={t.pay.card.monthYearShape} maxLength={9} hint={t.pay.card.monthYear} />
        <Field label={t.pay.card.code} testid="card-code" value={card.code} problem={problems.code} maxLength={brand.codeLength}
          onValue={(code) => put({ code: code.replace(/\D/g, '').slice(0, brand.codeLength) })}
          inputMode="numeric" autoComplete="cc-csc" placeholder={'•'.repeat(brand.codeLength)}
          hint={brand.codeLength === 4 ? t.pay.card.digitsFront : t.pay.card.digitsBack} />
      </div>
      <Field label={t.pay.card.holder} testid="card-holder" value={card.holder} problem={problems.holder} maxLength={100}
        onValue={(holder) => put({ holder })} autoComplete="cc-name" />
    </div>
  );
}
