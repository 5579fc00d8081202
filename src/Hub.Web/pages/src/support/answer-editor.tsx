import { useRef, useState } from 'preact/hooks';
import { useTask } from '../shared/hooks.ts';
import { BackIcon } from '../shared/icons.tsx';
import { OnceMore } from '../shared/once-more.ts';
import { Pick } from '../shared/pick.tsx';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import { Area, Button, Field, Notice } from '../shared/ui.tsx';
import { languages } from '../words/words.ts';
import { placeOf } from './answer-list.tsx';
import { languageName, longestText, longestTitle, problemsOf, withAnswer, withoutAnswer, type Canned, type CannedList } from './canned.ts';
import { filled } from './conversations.ts';
import { ChangedMeanwhile, type LiveCanned } from './use-canned.ts';

interface Props {
  canned: LiveCanned;
  list: CannedList;
  /** The answer as it was when it was opened; null for a new one. */
  answer: Canned | null;
  mayWrite: boolean;
  /** Whether what is shown was just kept. */
  saved: boolean;
  onSaved: (place: string) => void;
  /** Goes back to the list. */
  onGo: (place: string) => void;
}

/** One canned answer: written anew, changed, or taken away. */
export function AnswerEditor({ canned, list, answer, mayWrite, saved, onSaved, onGo }: Props) {
  const [next, setNext] = useState<Canned>(answer ?? { title: '', text: '', language: 'en' });
  const [problems, setProblems] = useState<{ title?: string; text?: string }>({});
  const [sure, setSure] = useState(false);
  const [touched, setTouched] = useState(false);
  const once = useRef(new OnceMore<readonly Canned[]>());
  const task = useTask();
  const change = (part: Partial<Canned>) => { setNext({ ...next, ...part }); setProblems({}); setTouched(true); task.clear(); };
  const put = (answers: readonly Canned[]) =>
    once.current.run(`${list.tag} ${JSON.stringify(answers)}`, async () => answers, (kept, key) => canned.save(list, kept, key));
  const save = () => {
    const tidy = { ...next, title: next.title.trim(), text: next.text.trim(), language: next.language || null };
    const found = problemsOf(list.answers, answer, tidy);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    void task.run(async () => {
      await put(withAnswer(list.answers, answer, tidy));
      setTouched(false);
      onSaved(placeOf(list.merchant, tidy));
    });
  };
  const remove = () => task.run(async () => {
    await put(withoutAnswer(list.answers, answer!));
    onGo('answers');
  });
  const refused = task.error instanceof ApiProblem ? task.error : null;
  const choices = [...new Set(['', ...Object.keys(languages), next.language ?? ''])].map((code) => [code, languageName(code)] as const);
  return (
    <form class="answer-editor stack" noValidate data-testid="answer-editor" onSubmit={(event) => { event.preventDefault(); save(); }}>
      <div class="answer-head">
        <button type="button" class="handset-back journey-back" onClick={() => onGo('answers')} aria-label="All answers"><BackIcon /></button>
        <h1>{answer ? mayWrite ? 'Change the answer' : answer.title : 'A new answer'}</h1>
      </div>
      {mayWrite ? (
        <>
          <div class="answer-line">
            <Field label="Title" testid="answer-title" value={next.title} onValue={(title) => change({ title })} maxLength={longestTitle} autoFocus={!answer}
              problem={problems.title ?? refused?.field('title')} hint="By which colleagues find it. Customers do not see it." />
            <Pick label="Language" testid="answer-language" value={next.language ?? ''} options={choices} onValue={(language) => change({ language })} problem={refused?.field('language') ?? null} />
          </div>
          <Area label="Answer" testid="answer-text" rows={7} value={next.text} onValue={(text) => change({ text })} maxLength={longestText}
            problem={problems.text ?? refused?.field('text')} hint="{name} and {order} become the customer’s name and last order." />
        </>
      ) : null}
      {next.text.trim() !== '' && (
        <figure class="answer-preview" aria-label="As the customer reads it">
          <figcaption class="muted small">As the customer reads it</figcaption>
          <p class="chat-bubble chat-theirs">{filled(next.text.trim(), 'Ada Lovelace', 'A-7K2P9QX')}</p>
        </figure>
      )}
      {task.error !== null && <Notice tone="bad" testid="answer-problem">{refusal(task.error)}</Notice>}
      {mayWrite && (
        <div class="row answer-acts">
          <Button testid="answer-save" type="submit" busy={task.busy}>{answer ? 'Save' : 'Add it'}</Button>
          <span role="status" class="muted small" data-testid="answer-saved">{saved && !touched ? 'Saved.' : ''}</span>
          {answer && (sure
            ? <Button testid="answer-remove-sure" kind="danger" busy={task.busy} onPress={remove}>Remove it for good</Button>
            : <Button testid="answer-remove" kind="plain" onPress={() => setSure(true)}>Remove</Button>)}
        </div>
      )}
    </form>
  );
}

function refusal(error: unknown): string {
  if (error instanceof ChangedMeanwhile) return 'A colleague has changed the answers meanwhile. The list shows theirs now; yours is kept here. Press again to add it to theirs.';
  if (error instanceof ApiProblem && error.status === 403) return 'Your role may not change these. Ask a supervisor.';
  return sentenceFor(error);
}
