import { useState } from 'preact/hooks';
import { Api } from '../shared/api.ts';
import { useLoaded, useTask } from '../shared/hooks.ts';
import { BackIcon } from '../shared/icons.tsx';
import { sentenceFor } from '../shared/problem.ts';
import { Area, Button, Notice } from '../shared/ui.tsx';
import { fullTime } from '../shared/when.ts';

export interface MailHead {
  id: string;
  to: string;
  from: string;
  subject: string;
  at: string;
}

interface Mail extends MailHead {
  text: string | null;
  html: string | null;
  /** Mails with the same one belong together. */
  thread: string | null;
  /** Where an answer goes; null where the mail takes none. */
  reply_to: string | null;
  unsubscribe: string | null;
}

const api = new Api({ kind: 'anyone' });
const pathOf = (id: string) => `/sandbox/api/mail/${encodeURIComponent(id)}`;

/** At most so many mails of a mailbox are looked through for others of the same thread. */
const lookedAt = 30;

/** One mail as a mailbox shows it: formatted or plain, with the others of its thread, the way out of its kind, and an answer. */
export function Letter({ id, others, onOpen, onBack }: { id: string; others: readonly MailHead[]; onOpen: (id: string) => void; onBack: () => void }) {
  const mail = useLoaded(() => api.get<Mail>(pathOf(id)), id);
  const [plain, setPlain] = useState(false);
  if (mail.error !== null) return <Notice tone="bad">{sentenceFor(mail.error)}</Notice>;
  if (!mail.value) return null;
  const { subject, from, to, at, html, text, unsubscribe, reply_to } = mail.value;
  return (
    <article class="letter" data-testid="mail">
      <div class="letter-head">
        <button type="button" class="handset-back letter-back" onClick={onBack} aria-label="All mails"><BackIcon /></button>
        <div>
          <h2 data-testid="mail-title">{subject}</h2>
          <p class="muted small">{from.replaceAll('"', '')} to {to}, {fullTime(at)}
            {unsubscribe && <> · <a href={unsubscribe} target="_blank" rel="noopener" data-testid="mail-unsubscribe">Unsubscribe</a></>}</p>
        </div>
        {html && text && (
          <button type="button" class="button button-secondary button-small" aria-pressed={plain} onClick={() => setPlain(!plain)} data-testid="mail-plain">{plain ? 'Formatted' : 'Plain text'}</button>
        )}
      </div>
      <Thread mail={mail.value} others={others} onOpen={onOpen} />
      {/* No permissions at all: no script of a mail runs, no form is sent, no window opens. */}
      {html && !plain
        ? <iframe sandbox="" srcdoc={html} title={subject} data-testid="mail-html" />
        : <pre class="letter-text" data-testid="mail-text">{text}</pre>}
      {reply_to && <Reply key={id} id={id} />}
    </article>
  );
}

/** The other mails of the same thread, as a mailbox groups them. */
function Thread({ mail, others, onOpen }: { mail: Mail; others: readonly MailHead[]; onOpen: (id: string) => void }) {
  const same = others.filter((other) => other.to === mail.to && other.id !== mail.id).slice(0, lookedAt);
  const thread = useLoaded(async () => {
    if (mail.thread === null) return [];
    const found = await Promise.all(same.map((other) => api.get<Mail>(pathOf(other.id))));
    return found.filter((other) => other.thread === mail.thread);
  }, `${mail.id} ${same.length}`);
  if (!thread.value || thread.value.length === 0) return null;
  return (
    <nav class="letter-thread" aria-label="The same thread" data-testid="mail-thread">
      <span class="muted small">In this thread:</span>
      {thread.value.map((other) => <button key={other.id} type="button" class="chip" onClick={() => onOpen(other.id)}>{other.subject}</button>)}
    </nav>
  );
}

/** An answer goes back through the relay to the shop's staff, into the same conversation as the chat. */
function Reply({ id }: { id: string }) {
  const [text, setText] = useState('');
  const [sent, setSent] = useState(false);
  const task = useTask();
  const send = () => task.run(async () => {
    await api.post(`${pathOf(id)}/reply`, { text });
    setText('');
    setSent(true);
  });
  return (
    <form class="letter-reply stack" onSubmit={(event) => { event.preventDefault(); if (text.trim()) void send(); }}>
      <Area label="Reply" testid="mail-reply" rows={2} value={text} onValue={(value) => { setText(value); setSent(false); }} maxLength={10_000} />
      {task.error !== null && <Notice tone="bad" testid="mail-reply-problem">{sentenceFor(task.error)}</Notice>}
      <div class="row"><Button testid="mail-reply-send" type="submit" kind="secondary" busy={task.busy} disabled={text.trim() === ''}>Send the reply</Button>
        <span class="muted small" role="status" data-testid="mail-reply-sent">{sent ? 'Sent. It shows up in the conversation with the shop.' : null}</span></div>
    </form>
  );
}
