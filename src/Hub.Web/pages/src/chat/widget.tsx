import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ChatIcon, CrossIcon, LockIcon, SendIcon } from '../shared/icons.tsx';
import { Live, type LiveState } from '../shared/live.ts';
import { hasEnded, sessionCheck } from '../shared/session-check.ts';
import { Bubbles } from './bubbles.tsx';
import { clientFor } from './client.ts';
import { deviceSecret, onBound } from './device.ts';
import { unreadOf } from './thread.ts';
import type { Conversation } from './types.ts';
import { useThread } from './use-thread.ts';
import { wordsFor } from './words.ts';

export interface WidgetProps {
  customer: string;
  token: string;
  /** BCP 47. */
  tag: string;
  /** Where the hub is; empty for the page's own host. */
  base: string;
  open: boolean;
  /** Where a visit begins anew; null where the page does not say. */
  signIn: string | null;
  onOpen: (open: boolean) => void;
  /** The hub no longer takes the token. */
  onEnded: () => void;
}

const longest = 2000;

/** The button in the corner, and the conversation it opens. */
export function Widget({ customer, token, tag, base, open, signIn, onOpen, onEnded }: WidgetProps) {
  const words = wordsFor(tag);
  const [proven, setProven] = useState(0);
  useEffect(() => onBound(() => setProven((times) => times + 1)), []);
  // On a shop's own page whatever it loads could read the secret, and answer for the customer: a browser is a device on the hub's pages alone.
  const device = useMemo(() => (base === '' ? deviceSecret(customer) : null), [base, customer, proven]);
  const client = useMemo(() => clientFor(base, token, device), [base, token, device]);
  const [state, setState] = useState<LiveState>('connecting');
  const [live, setLive] = useState<Live | null>(null);
  const path = `/v1/customers/${customer}/conversation`;
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    const check = sessionCheck(() => client.get<Conversation>(path), () => setRefused(true));
    const hub = new Live(token, setState, base, device, () => void check());
    setLive(hub);
    void hub.start();
    return () => void hub.stop();
  }, [client, token, base, device, proven]);
  const visible = useVisible();
  const talk = useThread({ client, live, state, path, write: () => `${path}/messages`, side: 'customer', seen: open && visible });
  const ended = refused || hasEnded(talk.error);
  useEffect(() => {
    if (!ended) return;
    void live?.stop();
    onEnded();
  }, [ended, live]);
  // What could not be sent goes once there is a way again, under its own key.
  const loaded = talk.thread !== null;
  useEffect(() => { if (state === 'live' && talk.outgoing.some((one) => one.failed)) talk.again(); }, [state, loaded]);
  const launch = useRef<HTMLButtonElement>(null);
  const close = () => { onOpen(false); setTimeout(() => launch.current?.focus(), 0); };
  const unread = talk.thread ? unreadOf(talk.thread, 'customer') : 0;

  if (!open) return (
    <button ref={launch} type="button" class="launch" onClick={() => onOpen(true)} aria-label={unread > 0 ? `${words.open}, ${words.unread(unread)}` : words.open} data-testid="chat-open">
      <ChatIcon size={26} />
      {unread > 0 && <span class="badge" aria-hidden="true" data-testid="chat-badge">{unread}</span>}
    </button>
  );
  return (
    <section class="panel" role="dialog" aria-label={words.title} data-testid="chat" data-live={state} onKeyDown={(event) => { if (event.key === 'Escape') close(); }}>
      <div class="head">
        <h2>{words.title}</h2>
        {!ended && talk.thread?.about.assignee_name && <span class="state">{talk.thread.about.assignee_name} · {words.staff}</span>}
        <button type="button" class="close" onClick={close} aria-label={words.close} data-testid="chat-close"><CrossIcon size={20} /></button>
      </div>
      <p class="strip" role="status" data-testid="chat-offline">{!ended && (state === 'reconnecting' || (!loaded && talk.error !== null)) ? words.offline : null}</p>
      {ended ? <Ended words={words} signIn={signIn} onGo={close} /> : talk.thread && talk.thread.messages.length + talk.outgoing.length > 0
        ? <Bubbles open={talk} thread={talk.thread} side="customer" words={words} tag={tag} channels={words.channels} />
        : <div class="hello"><ChatIcon size={30} /><b>{words.hello}</b><p>{words.helloText}</p></div>}
      {!ended && <Composer talk={talk} words={words} many={(talk.thread?.messages.length ?? 0) === 0} />}
    </section>
  );
}

/** A visit lasts minutes; what was said is not shown to whoever sits there next. */
function Ended({ words, signIn, onGo }: { words: ReturnType<typeof wordsFor>; signIn: string | null; onGo: () => void }) {
  return (
    <div class="hello" role="status" data-testid="chat-ended">
      <LockIcon size={30} /><b>{words.ended}</b><p>{signIn ? words.endedSignIn : words.endedBack}</p>
      {signIn && <a class="again" href={signIn} onClick={onGo} data-testid="chat-sign-in">{words.signIn}</a>}
    </div>
  );
}

function Composer({ talk, words, many }: { talk: ReturnType<typeof useThread>; words: ReturnType<typeof wordsFor>; many: boolean }) {
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  // Until the conversation is there nothing can be sent: what is typed stays in the field.
  const loaded = talk.thread !== null;
  const send = () => {
    if (!loaded) return;
    talk.send(text);
    setText('');
  };
  return (
    <>
      <div class={many ? 'chips many' : 'chips'}>
        {words.commands.map(([label, command]) => <button key={command} type="button" class="chip" disabled={!loaded} onClick={() => talk.send(command.toUpperCase())} data-testid={`chat-${command}`}>{label}</button>)}
      </div>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <label class="hidden" for="chat-text">{words.write}</label>
        <textarea ref={field} id="chat-text" rows={1} maxLength={longest} placeholder={words.write} value={text} data-testid="chat-text"
          onInput={(event) => { setText(event.currentTarget.value); talk.tellTyping(); }}
          onKeyDown={(event) => { if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); } }} />
        <button type="submit" class="send" aria-label={words.send} disabled={text.trim().length === 0 || !loaded} data-testid="chat-send"><SendIcon size={20} /></button>
      </form>
    </>
  );
}

/** Whether anybody can see the page: what is written meanwhile is not read. */
function useVisible(): boolean {
  const [visible, setVisible] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const changed = () => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', changed);
    return () => document.removeEventListener('visibilitychange', changed);
  }, []);
  return visible;
}
