import { useRef, useState } from 'preact/hooks';
import type { Conversation, Message } from '../chat/types.ts';
import type { OpenThread } from '../chat/use-thread.ts';
import type { Api } from '../shared/api.ts';
import { useLoaded, useTask } from '../shared/hooks.ts';
import { SendIcon } from '../shared/icons.tsx';
import { sentenceFor } from '../shared/problem.ts';
import type { List } from '../shared/types.ts';
import { Notice } from '../shared/ui.tsx';
import { byLanguage, type Canned } from './canned.ts';
import { filled } from './conversations.ts';

interface Props {
  api: Api;
  about: Conversation;
  talk: OpenThread;
  name: string | null;
  order: string | null;
  /** What the customer speaks, BCP 47; null while nobody knows. */
  tag: string | null;
  onNote: (next: Conversation) => void;
}

/** Where staff writes: to the customer, or a note that only staff reads. The two look different, so that none is taken for the other. */
export function Composer({ api, about, talk, name, order, tag, onNote }: Props) {
  const [text, setText] = useState('');
  const [note, setNote] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const canned = useLoaded(async () => (await api.get<List<Canned>>(`/v1/merchants/${about.merchant}/canned_answers`)).data, about.merchant);
  const noting = useTask();
  const send = () => {
    if (text.trim() === '') return;
    if (!note) {
      talk.send(text);
      return setText('');
    }
    void noting.run(async () => {
      const made = await api.post<Message>(`/v1/conversations/${about.id}/notes`, { text: text.trim() });
      onNote({ ...about, messages: [made] });
      setText('');
    });
  };
  const groups = byLanguage(canned.value ?? [], tag);
  const pick = (place: string) => {
    const [group, index] = place.split(' ').map(Number);
    const answer = groups[group!]?.answers[index!];
    if (!answer) return;
    setText(filled(answer.text, name, order));
    field.current?.focus();
  };
  return (
    <form class={`composer${note ? ' composer-note' : ''}`} data-testid="composer" onSubmit={(event) => { event.preventDefault(); send(); }}>
      {noting.error !== null && <Notice tone="bad" testid="note-problem">{sentenceFor(noting.error)}</Notice>}
      {talk.error !== null && <Notice tone="bad" testid="reply-problem">{sentenceFor(talk.error)}</Notice>}
      <div class="composer-tools">
        <div class="composer-kind" role="group" aria-label="What you write">
          <button type="button" aria-pressed={!note} onClick={() => setNote(false)} data-testid="write-reply">Reply</button>
          <button type="button" aria-pressed={note} onClick={() => setNote(true)} data-testid="write-note">Internal note</button>
        </div>
        {!note && (canned.value?.length ?? 0) > 0 && (
          <label class="composer-canned"><span class="hidden">Canned answer</span>
            <select value="" data-testid="canned" onChange={(event) => { pick(event.currentTarget.value); event.currentTarget.value = ''; }}>
              <option value="">Canned answer…</option>
              {groups.map((group, at) => (
                <optgroup key={group.name} label={group.name}>{group.answers.map((answer, index) => <option key={answer.title} value={`${at} ${index}`}>{answer.title}</option>)}</optgroup>
              ))}
            </select>
          </label>
        )}
      </div>
      <div class="composer-line">
        <label class="hidden" for="composer-text">{note ? 'Internal note' : 'Reply'}</label>
        <textarea ref={field} id="composer-text" rows={2} maxLength={2000} value={text} data-testid="composer-text"
          placeholder={note ? 'Only staff reads this.' : 'Write to the customer. It goes on by text message or e-mail when they have left.'}
          onInput={(event) => { setText(event.currentTarget.value); if (!note) talk.tellTyping(); }}
          onKeyDown={(event) => { if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); } }} />
        <button type="submit" class="composer-send" aria-label={note ? 'Keep the note' : 'Send'} disabled={text.trim() === '' || noting.busy} data-testid="composer-send"><SendIcon size={20} /></button>
      </div>
    </form>
  );
}
