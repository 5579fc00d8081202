import { useRef, useState } from 'preact/hooks';
import { useTask } from '../shared/hooks.ts';
import { BackIcon } from '../shared/icons.tsx';
import { OnceMore } from '../shared/once-more.ts';
import { Pick } from '../shared/pick.tsx';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import { Area, Button, Field, Notice } from '../shared/ui.tsx';
import { languages } from '../words/words.ts';
import { placeOf } from './answer-list.tsx';
import { languageName, longestText, longestTitle, meantOf, problemsOf, withAnswer, withoutAnswer, type Canned, type CannedList } from './canned.ts';
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
  const [removing, setRemoving] = useState(false);
  const tried = useRef<readonly Canned[]>([]);
  const once = useRef(new OnceMore<readonly Canned[]>());
  const task = useTask();
  const change = (part: Partial<Canned>) => { setNext({ ...next, ...part }); setProblems({}); setTouched(true); task.clear(); };
  const put = (answers: readonly Canned[]) =>
    once.current.run(`${list.tag} ${JSON.stringify(answers)}`, async () => answers, (kept, key) => canned.save(list, kept, key));
  const save = () => {
    const tidy = { ...next, title: next.title.trim(), text: next.text.trim(), language: next.language || null };
    const meant = meantOf(list.answers, answer, tried.current);
    const found = problemsOf(list.answers, meant, tidy);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    setRemoving(false);
    void task.run(async () => {
      tried.current = [...tried.current, tidy];
      await put(withAnswer(list.answers, meant, tidy));
      tried.current = [];
      setTouched(false);
      onSaved(placeOf(list.merchant, tidy));
    });
  };
  const remove = () => {
    setRemoving(true);
    void task.run(async () => {
      await put(withoutAnswer(list.answers, meantOf(list.answers, answer, tried.current)!));
      onGo('answers');
    });
  };
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
      {task.error !== null && <Notice tone="bad" testid="answer-problem">{refusal(task.error, removing)}</Notice>}
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

function refusal(error: unknown, removing: boolean): string {
  if (error instanceof ChangedMeanwhile) return `The answers have changed meanwhile, and are shown as they are now. ${removing ? 'Press again to remove this one.' : 'What you wrote is kept here: press again to save it.'}`;
  if (error instanceof ApiProblem && error.status === 403) return 'Your role may not change these. Ask a supervisor.';
  return sentenceFor(error);
}
