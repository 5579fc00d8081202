import { useState } from 'preact/hooks';
import { Api } from '../shared/api.ts';
import { useLoaded } from '../shared/hooks.ts';
import { Header } from '../shared/header.tsx';
import { hubNow } from '../shared/hub-clock.ts';
import { MailIcon } from '../shared/icons.tsx';
import { sentenceFor } from '../shared/problem.ts';
import { start } from '../shared/start.tsx';
import { useSandboxStream } from '../shared/stream.ts';
import { Empty, Notice } from '../shared/ui.tsx';
import { shortWhen } from '../shared/when.ts';
import { Letter, type MailHead } from './letter.tsx';
import './sandbox.css';
import './mail.css';

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
          {open ? <Letter key={open} id={open} others={newestFirst} onOpen={setOpen} onBack={() => setOpen(null)} /> : <Empty icon={<MailIcon size={26} />} title="Pick a mail" />}
        </section>
      </main>
    </>
  );
}

start(MailPage);
