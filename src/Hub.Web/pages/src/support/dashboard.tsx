import { useEffect, useState } from 'preact/hooks';
import type { Conversation } from '../chat/types.ts';
import type { Api } from '../shared/api.ts';
import { useTask } from '../shared/hooks.ts';
import { ChatIcon, PeopleIcon } from '../shared/icons.tsx';
import { sentenceFor } from '../shared/problem.ts';
import { Button, Empty, Notice } from '../shared/ui.tsx';
import { ConversationList } from './conversation-list.tsx';
import { ConversationView } from './conversation-view.tsx';
import { JourneyView } from './journey-view.tsx';
import { QueueView } from './queue-view.tsx';
import { merchantIds, type Staff } from './staff.ts';
import { useConversations } from './use-conversations.ts';
import { useQueue } from './use-queue.ts';

/** What the address says is open: a journey, a conversation, or only the list of conversations. */
const inAddress = () => location.hash.slice(1);
const isChat = (place: string) => place === 'conversations' || place.startsWith('cnv_');

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
  const chosen = place === '' || place === 'conversations' ? null : place;
  const waiting = [...conversations.all.values()].filter((one) => one.status === 'waiting').length;
  return (
    <main class="support" data-open={chosen !== null} data-testid="dashboard">
      <section class="support-queue" aria-label={chats ? 'Conversations' : 'Journeys'}>
        <div class="support-who">
          <span class="live" data-state={live.state} data-testid="live-state" role="status">{live.state === 'live' ? 'Live' : 'Connecting…'}</span>
          <span class="muted small support-mail" title={staff.roles.join(', ')}>{staff.email}</span>
          <Button testid="sign-out" kind="plain" busy={task.busy} onPress={signOut}>Sign out</Button>
        </div>
        <nav class="support-tabs" aria-label="Desk">
          <a href="#" aria-current={chats ? undefined : 'page'} data-testid="tab-journeys">Journeys</a>
          <a href="#conversations" aria-current={chats ? 'page' : undefined} data-testid="tab-conversations">Conversations{waiting > 0 && <span class="tab-count" data-testid="chats-waiting-count">{waiting}<span class="hidden"> waiting</span></span>}</a>
        </nav>
        {(live.error ?? task.error) !== null && <Notice tone="bad">{sentenceFor(live.error ?? task.error)}</Notice>}
        {chats
          ? <ConversationList live={conversations} me={staff.email} chosen={chosen} onChoose={go} />
          : <QueueView live={live} chosen={chosen} onChoose={go} />}
      </section>
      <section class="support-journey" aria-label={chats ? 'Conversation' : 'Journey'}>
        {chats
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
