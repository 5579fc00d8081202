import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Api } from '../shared/api.ts';
import { useLoaded, useTask } from '../shared/hooks.ts';
import { Header } from '../shared/header.tsx';
import { hubNow } from '../shared/hub-clock.ts';
import { BackIcon, PhoneIcon, SendIcon, SmsIcon } from '../shared/icons.tsx';
import { sentenceFor } from '../shared/problem.ts';
import { start } from '../shared/start.tsx';
import { useSandboxStream } from '../shared/stream.ts';
import { Empty, Notice } from '../shared/ui.tsx';
import { clockTime, shortWhen } from '../shared/when.ts';
import { quickReplies } from './quick-replies.ts';
import './sandbox.css';
import './phone.css';

interface Phone {
  number: string;
  unread: number;
  last_at: string | null;
}

/** `in` is what arrived at the phone, `out` what its owner typed. */
interface Message {
  sid: string;
  direction: 'in' | 'out';
  channel: 'sms' | 'whatsapp';
  body: string;
  at: string;
  status: string;
}

const api = new Api({ kind: 'anyone' });
const numberInAddress = () => new URLSearchParams(location.search).get('number');

function PhonePage() {
  const [number, setNumber] = useState(numberInAddress);
  const phones = useLoaded(() => api.get<Phone[]>('/sandbox/api/phones'), '');
  useSandboxStream(['phone'], phones.reload);
  useEffect(() => {
    const back = () => setNumber(numberInAddress());
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const open = (chosen: string | null) => {
    history.pushState(null, '', chosen ? `?number=${encodeURIComponent(chosen)}` : location.pathname);
    setNumber(chosen);
  };
  return (
    <>
      <Header here="/sandbox/phone" sandbox />
      <main class="phones" data-open={number !== null}>
        <h1 class="hidden">Sandbox phones</h1>
        <PhoneList phones={phones.value} error={phones.error} open={number} onOpen={open} />
        <div class="phones-stage">
          {number
            ? <Handset key={number} number={number} onBack={() => open(null)} />
            : <div class="handset handset-off"><Empty icon={<PhoneIcon size={26} />} title="Pick a phone">Every number that got a message is a phone you can answer from.</Empty></div>}
        </div>
      </main>
    </>
  );
}

function PhoneList(props: { phones: Phone[] | null; error: unknown; open: string | null; onOpen: (number: string) => void }) {
  const [typed, setTyped] = useState('');
  return (
    <section class="phones-list" aria-label="Phones">
      <h2 class="list-title">Sandbox phones</h2>
      <form class="phones-pick" onSubmit={(event) => { event.preventDefault(); if (typed.trim()) props.onOpen(typed.replace(/[\s()-]/g, '')); }}>
        <label class="hidden" for="number">Number</label>
        <input id="number" type="tel" placeholder="+1500555…" value={typed} data-testid="phone-number" onInput={(event) => setTyped(event.currentTarget.value)} />
        <button class="button button-secondary" type="submit" data-testid="phone-open">Open</button>
      </form>
      {props.error !== null && <Notice tone="bad">{sentenceFor(props.error)}</Notice>}
      {props.phones?.length === 0 && <p class="muted small">No message yet. They come as soon as the hub has something to ask.</p>}
      <ul>
        {props.phones?.map((phone) => (
          <li key={phone.number}>
            <button type="button" class="phones-item" aria-current={phone.number === props.open || undefined} onClick={() => props.onOpen(phone.number)} data-testid={`phone-${phone.number}`}>
              <span class="avatar"><PhoneIcon /></span>
              <span class="phones-number">{phone.number}<small>{phone.last_at ? shortWhen(phone.last_at, hubNow()) : 'No message yet'}</small></span>
              {phone.unread > 0 && phone.number !== props.open && <span class="badge">{phone.unread}<span class="hidden"> unread</span></span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Handset({ number, onBack }: { number: string; onBack: () => void }) {
  const path = `/sandbox/api/phones/${encodeURIComponent(number)}/messages`;
  const messages = useLoaded(() => api.get<Message[]>(path), number);
  const [text, setText] = useState('');
  const [chosen, choose] = useState<Message['channel'] | null>(null);
  const task = useTask();
  const end = useRef<HTMLDivElement>(null);
  useSandboxStream(['phone'], messages.reload);
  const all = messages.value ?? [];
  const both = all.some((message) => message.channel === 'whatsapp');
  // The app in which something came last is open, until another one is.
  const app = chosen ?? (both ? all.at(-1)!.channel : 'sms');
  const shown = both ? all.filter((message) => message.channel === app) : all;
  const count = shown.length;
  useLayoutEffect(() => { if (end.current) end.current.scrollTop = end.current.scrollHeight; }, [count]);

  const send = (body: string) => task.run(async () => {
    if (!body.trim()) return;
    await api.post(path, { body: body.trim(), ...(both ? { channel: app } : {}) });
    setText('');
    messages.reload();
  });
  const last = shown.at(-1);
  const replies = last?.direction === 'in' ? quickReplies(last.body) : [];
  return (
    <section class="handset" aria-label={`Phone ${number}`} data-testid="handset">
      <div class="handset-top">
        <button type="button" class="handset-back" onClick={onBack} aria-label="All phones"><BackIcon /></button>
        <span class="avatar"><SmsIcon /></span>
        <span class="phones-number">OmniHub<small>to {number}</small></span>
      </div>
      {both && (
        <div class="handset-apps" role="group" aria-label="App">
          {(['sms', 'whatsapp'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={app === one} onClick={() => choose(one)} data-testid={`app-${one}`}>{one === 'sms' ? 'Messages' : 'WhatsApp'}</button>
          ))}
        </div>
      )}
      <div class="handset-messages" ref={end} role="log" aria-live="polite" aria-label="Messages" data-testid="messages" tabIndex={0}>
        {messages.error !== null && <Notice tone="bad">{sentenceFor(messages.error)}</Notice>}
        {messages.value?.length === 0 && <Empty icon={<SmsIcon size={26} />} title="No messages">They appear here by themselves.</Empty>}
        {shown.map((message) => (
          <div key={message.sid} class={`bubble bubble-${message.direction}`} data-testid={`message-${message.direction}`}>
            <p>{message.body}</p>
            <small>{clockTime(message.at)}{message.status === 'undelivered' || message.status === 'failed' ? ' · not delivered' : ''}</small>
          </div>
        ))}
      </div>
      {replies.length > 0 && (
        <div class="handset-replies" data-testid="quick-replies">
          {replies.map((reply) => reply.kind === 'answer'
            ? <button key={reply.text} type="button" class={reply.text.startsWith('NO') ? 'chip chip-no' : 'chip'} disabled={task.busy} onClick={() => send(reply.text)} data-testid={`reply-${reply.text.startsWith('NO') ? 'no' : 'pay'}`}>{reply.text}</button>
            : <Copy key={reply.text} text={reply.text} />)}
        </div>
      )}
      {task.error !== null && <Notice tone="bad" testid="phone-problem">{sentenceFor(task.error)}</Notice>}
      <form class="handset-type" onSubmit={(event) => { event.preventDefault(); void send(text); }}>
        <label class="hidden" for="answer">Message</label>
        <input id="answer" placeholder={app === 'whatsapp' ? 'WhatsApp message' : 'Text message'} autoComplete="off" maxLength={480} value={text} onInput={(event) => setText(event.currentTarget.value)} data-testid="phone-text" />
        <button type="submit" aria-label="Send" disabled={!text.trim() || task.busy} data-testid="phone-send"><SendIcon size={20} /></button>
      </form>
    </section>
  );
}

function Copy({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <button type="button" class="chip chip-copy" data-testid="copy-code" data-code={text}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>{copied ? 'Copied' : `Copy ${text}`}</button>
  );
}

start(PhonePage);
