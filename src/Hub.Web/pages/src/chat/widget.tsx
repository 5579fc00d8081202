import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ChatIcon, CrossIcon, LockIcon, SendIcon } from '../shared/icons.tsx';
import { Live, type LiveState } from '../shared/live.ts';
import { hasEnded, sessionCheck } from '../shared/session-check.ts';
import { Bubbles, OutgoingBubbles, type ChatWords } from './bubbles.tsx';
import { clientFor } from './client.ts';
import { deviceSecret, onBound } from './device.ts';
import { keep, readKept } from './kept.ts';
import { unreadOf } from './thread.ts';
import type { Client, Conversation } from './types.ts';
import { useThread, type OpenThread, type Outgoing } from './use-thread.ts';
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
  /** The hub no longer takes the token, or never took it for this customer; its refusal says which. */
  onEnded: (refusal: unknown) => void;
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
  const [refused, setRefused] = useState<{ of: Client; error: unknown } | null>(null);
  useEffect(() => {
    const check = sessionCheck(() => client.get<Conversation>(path), (error) => setRefused({ of: client, error }));
    const hub = new Live(token, setState, base, device, () => void check());
    setLive(hub);
    void hub.start();
    return () => void hub.stop();
  }, [client, token, base, device, proven]);
  const visible = useVisible();
  const [kept] = useState(() => readKept(customer));
  const talk = useThread({ client, live, state, path, write: () => `${path}/messages`, side: 'customer', seen: open && visible, unsent: kept.outgoing });
  const [draft, setDraft] = useState(kept.draft);
  useEffect(() => keep(customer, { draft, outgoing: talk.outgoing }), [customer, draft, talk.outgoing]);
  const refusal = refused?.of === client ? refused.error : hasEnded(talk.error) ? talk.error : null;
  const ended = refusal !== null;
  useEffect(() => {
    if (!ended) return;
    void live?.stop();
    onEnded(refusal);
  }, [ended, live]);
  // What could not be sent goes once there is a way again, under its own key: the network's, or another token's.
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
      {ended ? <Ended words={words} signIn={signIn} outgoing={talk.outgoing} onGo={close} /> : talk.thread && talk.thread.messages.length + talk.outgoing.length > 0
        ? <Bubbles open={talk} thread={talk.thread} side="customer" words={words} tag={tag} channels={words.channels} />
        : <div class="hello"><ChatIcon size={30} /><b>{words.hello}</b><p>{words.helloText}</p></div>}
      {!ended && <Chips talk={talk} words={words} />}
      <Composer talk={talk} words={words} draft={draft} onDraft={setDraft} ready={loaded && !ended} />
    </section>
  );
}

/** A visit lasts minutes; what was said is not shown to whoever sits there next. What was not sent is nowhere else, and stays. */
function Ended({ words, signIn, outgoing, onGo }: { words: ChatWords; signIn: string | null; outgoing: readonly Outgoing[]; onGo: () => void }) {
  return (
    <>
      <div class="hello" role="status" data-testid="chat-ended">
        <LockIcon size={30} /><b>{words.ended}</b><p>{signIn ? words.endedSignIn : words.endedBack}</p>
        {signIn && <a class="again" href={signIn} onClick={onGo} data-testid="chat-sign-in">{words.signIn}</a>}
      </div>
      {outgoing.length > 0 && <div class="chat-messages waiting" role="log" aria-label={words.log} tabIndex={0}><OutgoingBubbles outgoing={outgoing} words={words} /></div>}
    </>
  );
}

/** What is asked most often; nothing of it can be sent until the conversation is there. */
function Chips({ talk, words }: { talk: OpenThread; words: ChatWords }) {
  return (
    <div class={(talk.thread?.messages.length ?? 0) === 0 ? 'chips many' : 'chips'}>
      {words.commands.map(([label, command]) => <button key={command} type="button" class="chip" disabled={talk.thread === null} onClick={() => talk.send(command.toUpperCase())} data-testid={`chat-${command}`}>{label}</button>)}
    </div>
  );
}

interface ComposerProps {
  talk: OpenThread;
  words: ChatWords;
  draft: string;
  onDraft: (text: string) => void;
  /** Until the conversation is there, and once the visit has ended, nothing can be sent: what is typed stays in the field. */
  ready: boolean;
}

function Composer({ talk, words, draft, onDraft, ready }: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const send = () => {
    if (!ready) return;
    talk.send(draft);
    onDraft('');
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); send(); }}>
      <label class="hidden" for="chat-text">{words.write}</label>
      <textarea ref={field} id="chat-text" rows={1} maxLength={longest} placeholder={words.write} value={draft} data-testid="chat-text"
        onInput={(event) => { onDraft(event.currentTarget.value); talk.tellTyping(); }}
        onKeyDown={(event) => { if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); } }} />
      <button type="submit" class="send" aria-label={words.send} disabled={draft.trim().length === 0 || !ready} data-testid="chat-send"><SendIcon size={20} /></button>
    </form>
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
