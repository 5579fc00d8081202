import { useEffect, useRef, useState } from 'preact/hooks';
import type { Conversation } from '../chat/types.ts';
import type { Api } from '../shared/api.ts';
import { useTask } from '../shared/hooks.ts';
import { ChatIcon, PeopleIcon } from '../shared/icons.tsx';
import { Pick } from '../shared/pick.tsx';
import { sentenceFor } from '../shared/problem.ts';
import { Button, Empty, Notice } from '../shared/ui.tsx';
import { AnswerEditor } from './answer-editor.tsx';
import { AnswerList, placeOf } from './answer-list.tsx';
import type { Canned } from './canned.ts';
import { ConversationList } from './conversation-list.tsx';
import { ConversationView } from './conversation-view.tsx';
import { JourneyView } from './journey-view.tsx';
import { QueueView } from './queue-view.tsx';
import { mayWriteAnswers, merchantIds, type Staff } from './staff.ts';
import { useCanned, type LiveCanned } from './use-canned.ts';
import { useConversations } from './use-conversations.ts';
import { useQueue } from './use-queue.ts';

/** What the address says is open: a journey, a conversation, a canned answer, or only the list of one of the last two. */
const inAddress = () => location.hash.slice(1);
const isChat = (place: string) => place === 'conversations' || place.startsWith('cnv_');
const isAnswer = (place: string) => place === 'answers' || place.startsWith('answers/');

/** Left every journey or conversation, live; right one of them, whole. */
export function Dashboard(props: { api: Api; staff: Staff; onSignedOut: () => void }) {
  const { api, staff } = props;
  const live = useQueue(api, merchantIds(staff));
  const conversations = useConversations(api, merchantIds(staff), live);
  const [place, setPlace] = useState(inAddress);
  const task = useTask();
  useEffect(() => {
    const changed = () => setPlace(inAddress());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  const go = (next: string) => { location.hash = next; };
  const signOut = () => task.run(async () => { await api.post('/staff/sign-out', {}); props.onSignedOut(); });
  const writeTo = (customer: string) => task.run(async () => go((await api.post<Conversation>('/v1/conversations', { customer })).id));
  const chats = isChat(place);
  const answers = isAnswer(place);
  const canned = useCanned(api, merchantIds(staff), answers);
  const chosen = place === '' || place === 'conversations' || place === 'answers' ? null : place;
  const waiting = [...conversations.all.values()].filter((one) => one.status === 'waiting').length;
  return (
    <main class="support" data-open={chosen !== null} data-testid="dashboard">
      <section class="support-queue" aria-label={answers ? 'Answers' : chats ? 'Conversations' : 'Journeys'}>
        {chosen === null && <h1 class="hidden">{answers ? 'Canned answers' : chats ? 'Conversations' : 'Journeys'}</h1>}
        <div class="support-who">
          <span class="live" data-state={live.state} data-testid="live-state" role="status">{live.state === 'live' ? 'Live' : 'Connecting…'}</span>
          <span class="muted small support-mail" title={staff.roles.join(', ')}>{staff.email}</span>
          <Button testid="sign-out" kind="plain" busy={task.busy} onPress={signOut}>Sign out</Button>
        </div>
        <nav class="support-tabs" aria-label="Desk">
          <a href="#" aria-current={chats || answers ? undefined : 'page'} data-testid="tab-journeys">Journeys</a>
          <a href="#conversations" aria-current={chats ? 'page' : undefined} data-testid="tab-conversations">Conversations{waiting > 0 && <span class="tab-count" data-testid="chats-waiting-count">{waiting}<span class="hidden"> waiting</span></span>}</a>
          <a href="#answers" aria-current={answers ? 'page' : undefined} data-testid="tab-answers">Answers</a>
        </nav>
        {(live.error ?? task.error) !== null && <Notice tone="bad">{sentenceFor(live.error ?? task.error)}</Notice>}
        {answers
          ? <AnswerList canned={canned} mayWrite={mayWriteAnswers(staff)} place={place} onChoose={go} />
          : chats
          ? <ConversationList live={conversations} me={staff.email} chosen={chosen} onChoose={go} />
          : <QueueView live={live} chosen={chosen} onChoose={go} />}
      </section>
      <section class="support-journey" aria-label={answers ? 'Answer' : chats ? 'Conversation' : 'Journey'}>
        {answers
          ? <Answer canned={canned} place={place} staff={staff} onGo={go} />
          : chats
          ? chosen
            ? <ConversationView key={chosen} api={api} id={chosen} staff={staff} live={live} conversations={conversations} onBack={() => go('conversations')} />
            : <Empty icon={<ChatIcon size={26} />} title="Pick a conversation">One thread for each customer, over every channel: chat, text messages, e-mail.</Empty>
          : chosen
            ? <JourneyView key={chosen} api={api} id={chosen} live={live} onBack={() => go('')} onWrite={writeTo} />
            : <Empty icon={<PeopleIcon size={26} />} title="Pick a journey">All of it shows here as one timeline: web, text messages, e-mail, bank.</Empty>}
      </section>
    </main>
  );
}

/** The canned answer that the address names; a new one belongs to the merchant that is chosen, where there are several. */
function Answer({ canned, place, staff, onGo }: { canned: LiveCanned; place: string; staff: Staff; onGo: (place: string) => void }) {
  const mayWrite = mayWriteAnswers(staff);
  const known = canned.lists.flatMap((list) => list.answers.map((answer) => ({ list, answer }))).find(({ list, answer }) => placeOf(list.merchant, answer) === place);
  const [merchant, setMerchant] = useState('');
  const [saved, setSaved] = useState('');
  // One that a colleague takes away meanwhile stays open here, with what was typed.
  const open = useRef<{ place: string; merchant: string; answer: Canned } | null>(null);
  if (known) open.current = { place, merchant: known.list.merchant, answer: known.answer };
  const kept = open.current?.place === place ? open.current : null;
  const list = known?.list ?? canned.lists.find((one) => one.merchant === kept?.merchant) ?? canned.lists.find((one) => one.merchant === merchant) ?? canned.lists[0];
  if (list && (kept || (place === 'answers/new' && mayWrite))) return (
    <>
      {!kept && canned.lists.length > 1 && <div class="answer-merchant"><Pick label="Merchant" testid="answer-merchant" value={list.merchant} options={canned.lists.map((one) => [one.merchant, one.merchant] as const)} onValue={setMerchant} /></div>}
      <AnswerEditor key={`${place} ${list.merchant}`} canned={canned} list={list} answer={kept?.answer ?? null} mayWrite={mayWrite} saved={saved === place}
        onSaved={(next) => { setSaved(next); onGo(next); }} onGo={onGo} />
    </>
  );
  return <Empty icon={<ChatIcon size={26} />} title="Pick an answer">What staff says often, by language. In a conversation, the customer’s language comes first.</Empty>;
}
