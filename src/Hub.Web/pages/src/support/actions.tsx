import { useState } from 'preact/hooks';
import type { Api } from '../shared/api.ts';
import type { Payment } from '../shared/types.ts';
import { Ask } from './ask.tsx';
import type { Question } from './question.ts';

interface Props {
  api: Api;
  questions: Question[];
  /** Said where there is nothing to press. */
  nothing?: string;
  /** Tells what was done from other buttons of the same page. */
  testid?: string;
  onDone: (payment: Payment | null) => void;
}

/** Buttons for what may be done now, each behind a question. */
export function Actions({ api, questions, nothing, testid = 'action-done', onDone }: Props) {
  const [open, setOpen] = useState<Question | null>(null);
  const [done, setDone] = useState<string | null>(null);
  return (
    <>
      <div class="row journey-actions">
        {questions.map((question) => (
          <button key={question.id} type="button" class={`button button-small ${question.danger ? 'button-danger' : 'button-secondary'}`}
            data-testid={`action-${question.id}`} onClick={() => { setDone(null); setOpen(question); }}>{question.name}</button>
        ))}
        <span class="muted small" role="status" data-testid={testid}>{done ?? (questions.length === 0 ? nothing : null)}</span>
      </div>
      {open && <Ask key={open.id} question={open} api={api} onClose={() => setOpen(null)}
        onDone={(payment) => { setDone(`${open.name}: done.`); setOpen(null); onDone(payment); }} />}
    </>
  );
}
