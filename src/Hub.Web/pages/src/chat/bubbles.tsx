import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { ChatIcon, CheckIcon, MailIcon, SmsIcon } from '../shared/icons.tsx';
import type { chat } from '../words/en/chat.ts';
import { lastRead, type Thread } from './thread.ts';
import type { Message, Side } from './types.ts';
import type { OpenThread, Outgoing } from './use-thread.ts';

export type ChatWords = typeof chat;

interface Props {
  open: OpenThread;
  thread: Thread;
  side: Side;
  words: ChatWords;
  /** How times are written, BCP 47. */
  tag: string;
  /** What the channels are called. */
  channels: Record<string, string>;
}

/** The messages, oldest first, kept at their end while somebody reads there; new ones are read out. */
export function Bubbles({ open, thread, side, words, tag, channels }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const last = thread.messages.at(-1)?.sequence ?? 0;
  const count = open.outgoing.length;
  useLayoutEffect(() => { if (box.current && atEnd.current) box.current.scrollTop = box.current.scrollHeight; }, [last, count, open.typing !== null]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const scrolled = () => { atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 60; };
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => element.removeEventListener('scroll', scrolled);
  }, []);
  const read = lastRead(thread, side);
  return (
    <div class="chat-messages" ref={box} role="log" aria-live="polite" aria-label={words.log} tabIndex={0} data-testid="chat-messages">
      {open.hasEarlier && <button type="button" class="chat-earlier" onClick={() => void open.earlier()} data-testid="chat-earlier">{words.earlier}</button>}
      {thread.messages.map((message) => (
        <Bubble key={message.id} message={message} mine={message.author === side} words={words} tag={tag} channels={channels} read={message.id === read} onCommand={open.send} />
      ))}
      <OutgoingBubbles outgoing={open.outgoing} words={words} onAgain={open.again} />
      {open.typing && <p class="chat-typing" data-testid="chat-typing"><span aria-hidden="true"><i /><i /><i /></span>{words.typing(open.typing.name ?? words.staff)}</p>}
    </div>
  );
}

/** What this side wrote and the hub does not have yet. Without a way to send it again it waits. */
export function OutgoingBubbles({ outgoing, words, onAgain }: { outgoing: readonly Outgoing[]; words: ChatWords; onAgain?: () => void }) {
  const stateOf = (one: Outgoing) => (!one.failed ? words.sending : onAgain ? <button type="button" class="chat-link" onClick={onAgain} data-testid="chat-again">{words.failed}</button> : words.unsent);
  return (
    <>
      {outgoing.map((one) => (
        <div key={one.key} class={`chat-bubble chat-mine${one.failed ? ' chat-failed' : ''}`} data-testid="chat-outgoing">
          <p>{withoutCodes(one.text)}</p>
          <small>{stateOf(one)}</small>
        </div>
      ))}
    </>
  );
}

interface BubbleProps {
  message: Message;
  mine: boolean;
  words: ChatWords;
  tag: string;
  channels: Record<string, string>;
  read: boolean;
  onCommand: (command: string) => void;
}

function Bubble({ message, mine, words, tag, channels, read, onCommand }: BubbleProps) {
  const kind = message.note ? 'chat-note' : mine ? 'chat-mine' : message.author === 'hub' ? 'chat-hub' : 'chat-theirs';
  return (
    <div class={`chat-bubble ${kind}`} data-testid={`chat-${message.note ? 'note' : message.author}`} data-sequence={message.sequence}>
      <span class="chat-by">{message.note ? `${words.note}, ` : ''}{nameOf(message, mine, words)}</span>
      <p>{message.text}</p>
      {message.buttons.length > 0 && (
        <div class="chat-answers" data-testid="chat-answers">
          {message.buttons.map((button) => (
            <button key={button.command} type="button" class={`chat-answer${/^NO\b/.test(button.command) ? ' chat-answer-no' : ''}`} onClick={() => onCommand(button.command)}
              data-testid={/^NO\b/.test(button.command) ? 'chat-no' : 'chat-pay'}>{button.label}</button>
          ))}
        </div>
      )}
      <small>
        {message.channel !== 'chat' && message.channel !== 'web' && <span class="chat-channel">{iconOf(message.channel)}{words.via(channels[message.channel] ?? message.channel)}</span>}
        <time dateTime={message.at}>{shortTime(message.at, tag)}</time>
        {read && <span class="chat-read" data-testid="chat-read"><CheckIcon size={13} />{words.read}</span>}
      </small>
    </div>
  );
}

function nameOf(message: Message, mine: boolean, words: ChatWords): string {
  if (message.author === 'hub') return words.hub;
  if (message.by) return message.author === 'staff' && !mine ? `${message.by} · ${words.staff}` : message.by;
  return mine ? words.you : message.author === 'staff' ? words.staff : words.customer;
}

function iconOf(channel: string) {
  switch (channel) {
    case 'email': return <MailIcon size={13} />;
    case 'sms': case 'whatsapp': return <SmsIcon size={13} />;
    default: return <ChatIcon size={13} />;
  }
}

/** Until the hub answers with its stars, the page does not show a code either. */
function withoutCodes(text: string): string {
  return text.replace(/\b(PAY|NO)\s+\d{4}\b/gi, '$1 ••••').replace(/\b\d{6}\b/g, '••••••');
}

function shortTime(at: string, tag: string): string {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(tag, today ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(date);
}
