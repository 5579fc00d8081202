import { useState } from 'preact/hooks';
import { Api } from '../shared/api.ts';
import { useLoaded } from '../shared/hooks.ts';
import { Header } from '../shared/header.tsx';
import { hubNow } from '../shared/hub-clock.ts';
import { BackIcon, MailIcon } from '../shared/icons.tsx';
import { sentenceFor } from '../shared/problem.ts';
import { start } from '../shared/start.tsx';
import { useSandboxStream } from '../shared/stream.ts';
import { Empty, Notice } from '../shared/ui.tsx';
import { fullTime, shortWhen } from '../shared/when.ts';
import './sandbox.css';
import './mail.css';

interface MailHead {
  id: string;
  to: string;
  from: string;
  subject: string;
  at: string;
}

interface Mail extends MailHead {
  text: string | null;
  html: string | null;
}

const api = new Api({ kind: 'anyone' });

function MailPage() {
  const [open, setOpen] = useState<string | null>(null);
  const mails = useLoaded(() => api.get<MailHead[]>('/sandbox/api/mail'), '');
  useSandboxStream(['mail'], mails.reload);
  const newestFirst = [...(mails.value ?? [])].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <>
      <Header here="/sandbox/mail" sandbox />
      <main class="split mails" data-open={open !== null}>
        <h1 class="hidden">Sandbox mailbox</h1>
        <section class="mails-list" aria-label="Mails" aria-live="polite">
          <h2 class="list-title">Sandbox mailbox</h2>
          {mails.error !== null && <Notice tone="bad">{sentenceFor(mails.error)}</Notice>}
          {mails.value?.length === 0 && <Empty icon={<MailIcon size={26} />} title="No mail yet">Receipts and confirmations arrive here by themselves.</Empty>}
          <ul data-testid="mails">
            {newestFirst.map((mail) => (
              <li key={mail.id}>
                <button type="button" class="mails-item" aria-current={mail.id === open || undefined} onClick={() => setOpen(mail.id)} data-testid={`mail-${mail.id}`}>
                  <span class="spread"><span class="mails-to">{mail.to}</span><small class="muted">{shortWhen(mail.at, hubNow())}</small></span>
                  <span class="mails-subject" data-testid="mail-subject">{mail.subject}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
        <section class="mails-read" aria-label="Mail">
          {open ? <Letter key={open} id={open} onBack={() => setOpen(null)} /> : <Empty icon={<MailIcon size={26} />} title="Pick a mail" />}
        </section>
      </main>
    </>
  );
}

function Letter({ id, onBack }: { id: string; onBack: () => void }) {
  const mail = useLoaded(() => api.get<Mail>(`/sandbox/api/mail/${encodeURIComponent(id)}`), id);
  const [plain, setPlain] = useState(false);
  if (mail.error !== null) return <Notice tone="bad">{sentenceFor(mail.error)}</Notice>;
  if (!mail.value) return null;
  const { subject, from, to, at, html, text } = mail.value;
  return (
    <article class="letter" data-testid="mail">
      <div class="letter-head">
        <button type="button" class="handset-back letter-back" onClick={onBack} aria-label="All mails"><BackIcon /></button>
        <div>
          <h2 data-testid="mail-title">{subject}</h2>
          <p class="muted small">{from.replaceAll('"', '')} to {to}, {fullTime(at)}</p>
        </div>
        {html && text && (
          <button type="button" class="button button-secondary button-small" aria-pressed={plain} onClick={() => setPlain(!plain)} data-testid="mail-plain">{plain ? 'Formatted' : 'Plain text'}</button>
        )}
      </div>
      {/* No permissions at all: no script of a mail runs, no form is sent, no window opens. */}
      {html && !plain
        ? <iframe sandbox="" srcdoc={html} title={subject} data-testid="mail-html" />
        : <pre class="letter-text" data-testid="mail-text">{text}</pre>}
    </article>
  );
}

start(MailPage);
