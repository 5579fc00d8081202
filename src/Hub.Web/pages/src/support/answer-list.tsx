import { ChatIcon } from '../shared/icons.tsx';
import { sentenceFor } from '../shared/problem.ts';
import { Button, Empty, Notice, Spinner } from '../shared/ui.tsx';
import { byLanguage, idOf, type Canned } from './canned.ts';
import type { LiveCanned } from './use-canned.ts';

/** An answer as the address names it; `new` for one that is to be. */
export const placeOf = (merchant: string, answer: Canned) => `answers/${merchant}/${encodeURIComponent(idOf(answer))}`;

interface Props {
  canned: LiveCanned;
  mayWrite: boolean;
  /** What the address says is open. */
  place: string;
  onChoose: (place: string) => void;
}

/** Every canned answer, by language. */
export function AnswerList({ canned, mayWrite, place, onChoose }: Props) {
  const { lists } = canned;
  return (
    <>
      {canned.error !== null && <Notice tone="bad" testid="answers-problem">{sentenceFor(canned.error)}</Notice>}
      {canned.error === null && lists.length === 0 && <p class="loading-inline muted" role="status"><Spinner /> Loading…</p>}
      {mayWrite && lists.length > 0 && <Button testid="answer-add" kind="secondary" wide onPress={() => onChoose('answers/new')}>Add an answer</Button>}
      {!mayWrite && lists.length > 0 && <p class="muted small" data-testid="answers-readonly">Supervisors change these. You pick them in a conversation.</p>}
      {lists.map((list) => (
        <div key={list.merchant} class="answers" data-testid="answers">
          {lists.length > 1 && <p class="muted small mono">{list.merchant}</p>}
          {byLanguage(list.answers, null).map((group) => (
            <section key={group.name} class="answers-group">
              <h2>{group.name}</h2>
              <ul class="queue">
                {group.answers.map((answer) => (
                  <li key={idOf(answer)}>
                    <button type="button" class="queue-row" aria-current={place === placeOf(list.merchant, answer) || undefined} onClick={() => onChoose(placeOf(list.merchant, answer))} data-testid="answer">
                      <span class="queue-top"><b>{answer.title}</b></span>
                      <span class="queue-last">{answer.text}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
          {list.answers.length === 0 && <Empty icon={<ChatIcon size={24} />} title="No canned answer yet">What is said often is written once and picked in a conversation.</Empty>}
        </div>
      ))}
    </>
  );
}
