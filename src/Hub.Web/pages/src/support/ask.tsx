import { useId, useRef, useState } from 'preact/hooks';
import type { Api } from '../shared/api.ts';
import { useTask } from '../shared/hooks.ts';
import { OnceMore } from '../shared/once-more.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import type { Payment } from '../shared/types.ts';
import { Area, Button, Field, Notice } from '../shared/ui.tsx';
import { askedOf, problemsIn, startOf, type AskField, type Question, type Values } from './question.ts';

interface Props {
  question: Question;
  api: Api;
  onClose: () => void;
  /** With the payment as the hub answered it, or null where the answer was about something else. */
  onDone: (payment: Payment | null) => void;
}

/** One question in a dialog: what it does, what has to be known, and a way back. */
export function Ask({ question, api, onClose, onDone }: Props) {
  const [values, setValues] = useState<Values>(() => startOf(question));
  const [problems, setProblems] = useState<Record<string, string>>({});
  const once = useRef(new OnceMore<object>());
  const task = useTask();
  const fields = askedOf(question, values);
  const press = () => {
    const found = problemsIn(question, values);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const body = question.body(values);
    void task.run(async () => {
      const answer = await once.current.run(JSON.stringify(body), async () => body,
        (kept, key) => api.post<{ object?: string } | undefined>(question.path, kept, { key }));
      onDone(answer?.object === 'payment' ? (answer as Payment) : null);
    });
  };
  const refused = task.error instanceof ApiProblem ? task.error : null;
  const atField = fields.some((field) => refused?.field(field.id));
  return (
    <dialog ref={(dialog: HTMLDialogElement | null) => { if (dialog && !dialog.open) dialog.showModal(); }} onClose={onClose} aria-labelledby="ask-title" data-testid="dialog">
      <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); press(); }}>
        <h2 id="ask-title">{question.name}?</h2>
        <p class="muted ask-question">{question.question}</p>
        {fields.map((field) => (
          <AskOne key={field.id} field={field} value={values[field.id] ?? ''} problem={problems[field.id] ?? refused?.field(field.id) ?? null}
            onValue={(value) => { setValues({ ...values, [field.id]: value }); setProblems({}); task.clear(); }} />
        ))}
        {task.error !== null && !atField && <Notice tone="bad" testid="action-problem">{refusal(task.error)}</Notice>}
        <div class="row dialog-buttons">
          <Button testid="action-back" kind="secondary" onPress={onClose}>Go back</Button>
          <Button testid="action-confirm" type="submit" kind={question.danger ? 'danger' : 'primary'} busy={task.busy}>{question.name}</Button>
        </div>
      </form>
    </dialog>
  );
}

function AskOne(props: { field: AskField; value: string; problem: string | null; onValue: (value: string) => void }) {
  const { field, value, problem, onValue } = props;
  const id = useId();
  const testid = `action-${field.id}`;
  const shared = { label: field.label, testid, value, problem, hint: field.hint, onValue, ...(field.maxLength ? { maxLength: field.maxLength } : {}) };
  switch (field.kind) {
    case 'text': return <Area {...shared} rows={6} />;
    case 'line': return <Field {...shared} />;
    case 'amount': return <Field {...shared} inputMode="decimal" />;
    case 'choice': return (
      <fieldset class="choice" aria-describedby={problem ? `${id}-problem` : undefined}>
        <legend>{field.label}</legend>
        {field.options?.map(([option, name]) => (
          <label key={option}><input type="radio" name={id} checked={value === option} onChange={() => onValue(option)} data-testid={`${testid}-${option}`} /><span>{name}</span></label>
        ))}
        {problem && <p class="field-problem" id={`${id}-problem`} role="alert" data-testid={`${testid}-problem`}>{problem}</p>}
      </fieldset>
    );
  }
}

function refusal(error: unknown): string {
  if (!(error instanceof ApiProblem)) return sentenceFor(error);
  if (error.status === 403) return 'Your role may not do this. Ask somebody whose role may.';
  return error.code === 'second_person_required' ? 'You asked for this refund yourself. Somebody else has to agree to it.' : sentenceFor(error);
}
