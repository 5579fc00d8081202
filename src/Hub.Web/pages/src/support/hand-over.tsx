import { useState } from 'preact/hooks';
import type { Conversation } from '../chat/types.ts';
import type { Api } from '../shared/api.ts';
import { useLoaded, useTask } from '../shared/hooks.ts';
import { Pick } from '../shared/pick.tsx';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import type { List } from '../shared/types.ts';
import { Button, Notice, Spinner } from '../shared/ui.tsx';
import { colleaguesFor, type Colleague } from './staff.ts';

interface Props {
  api: Api;
  about: Conversation;
  me: string;
  onClose: () => void;
  onDone: (next: Conversation) => void;
}

/** To whom a conversation goes: somebody who may have it, chosen from those who do. */
export function HandOver({ api, about, me, onClose, onDone }: Props) {
  const [to, setTo] = useState('');
  const task = useTask();
  const loaded = useLoaded(async () => (await api.get<List<Colleague>>(`/v1/merchants/${about.merchant}/colleagues`)).data, about.merchant);
  const choices = loaded.value && colleaguesFor(loaded.value, me, about.assignee);
  const press = () => task.run(async () => {
    try {
      onDone(await api.post<Conversation>(`/v1/conversations/${about.id}/assign`, { to }));
    } catch (error) {
      // Whoever was on the list a moment ago may have left since: it is read anew.
      if (error instanceof ApiProblem && error.field('to') !== null) { setTo(''); loaded.reload(); }
      throw error;
    }
  });
  const left = task.error instanceof ApiProblem && task.error.field('to') !== null;
  return (
    <form class="hand-over" data-testid="hand-over-form" onSubmit={(event) => { event.preventDefault(); if (to !== '') void press(); }}
      onKeyDown={(event) => { if (event.key === 'Escape') onClose(); }}>
      {loaded.error !== null && <Notice tone="bad" testid="hand-over-problem">{sentenceFor(loaded.error)}</Notice>}
      {choices === null && loaded.error === null && <p class="muted small hand-over-none" role="status"><Spinner /> Loading…</p>}
      {choices?.length === 0 && <p class="muted small hand-over-none" role="status" data-testid="hand-over-nobody">Nobody else serves this merchant.</p>}
      {choices !== null && choices.length > 0 && (
        <>
          <Pick label="Hand over to" testid="hand-over-to" value={to} autoFocus options={[['', 'Choose a colleague…'], ...choices.map((one) => [one.email, `${one.name} (${one.email})`] as const)]}
            onValue={(value) => { setTo(value); task.clear(); }} problem={left ? 'They no longer serve this merchant. Choose somebody else.' : null} />
          <Button testid="hand-over" type="submit" busy={task.busy} disabled={to === ''}>Hand over</Button>
        </>
      )}
      {task.error !== null && !left && <Notice tone="bad" testid="hand-over-refused">{sentenceFor(task.error)}</Notice>}
    </form>
  );
}
