import { useMemo, useState } from 'preact/hooks';
import { Bubbles } from '../chat/bubbles.tsx';
import type { Client, Conversation } from '../chat/types.ts';
import { useThread } from '../chat/use-thread.ts';
import type { Api } from '../shared/api.ts';
import { useLoaded, useTask } from '../shared/hooks.ts';
import { BackIcon } from '../shared/icons.tsx';
import { sentenceFor } from '../shared/problem.ts';
import type { Customer, List, Order } from '../shared/types.ts';
import { Button, Notice, Spinner } from '../shared/ui.tsx';
import { locale, t } from '../words/words.ts';
import { Composer } from './composer.tsx';
import { ConversationStatus } from './conversation-list.tsx';
import { CustomerContext } from './customer-context.tsx';
import { HandOver } from './hand-over.tsx';
import type { Staff } from './staff.ts';
import type { LiveConversations } from './use-conversations.ts';
import type { LiveQueue } from './use-queue.ts';

interface Props {
  api: Api;
  id: string;
  staff: Staff;
  live: LiveQueue;
  conversations: LiveConversations;
  onBack: () => void;
}

/** One conversation: what was said over every channel, what may be done about it, and whom it is with. */
export function ConversationView({ api, id, staff, live, conversations, onBack }: Props) {
  const client = useMemo<Client>(() => ({ get: (path) => api.get(path), post: (path, body, options) => api.post(path, body, options) }), [api]);
  const talk = useThread({ client, live: live.live, state: live.state, path: `/v1/conversations/${id}`, write, side: 'staff', seen: true });
  const about = talk.thread?.about;
  const customer = useLoaded(async () => (about ? api.get<Customer>(`/v1/customers/${about.customer}`) : null), about?.customer ?? '');
  const orders = useLoaded(async () => (about ? (await api.get<List<Order>>(`/v1/customers/${about.customer}/orders?limit=10`)).data : []), about?.customer ?? '');
  const took = (next: Conversation) => { talk.put(next); conversations.put(next); };
  if (!talk.thread || !about) return talk.error !== null
    ? <Notice tone="bad" testid="conversation-problem">{sentenceFor(talk.error)}</Notice>
    : <p class="loading" role="status"><Spinner /> Loading…</p>;
  return (
    <div class="conversation" data-testid="conversation" data-status={about.status}>
      <div class="conversation-main">
        <div class="conversation-head">
          <button type="button" class="handset-back journey-back" onClick={onBack} aria-label="All conversations"><BackIcon /></button>
          <h1>{customer.value?.name ?? '…'}</h1>
          <ConversationStatus of={about} me={staff.email} />
          <Moves api={api} about={about} me={staff.email} onDone={took} />
        </div>
        <Bubbles open={talk} thread={talk.thread} side="staff" words={t.chat} tag={locale} channels={t.chat.channels} />
        <Composer api={api} about={about} talk={talk} name={customer.value?.name ?? null} order={orders.value?.[0]?.reference ?? null} tag={customer.value?.locale ?? null} onNote={took} />
      </div>
      <CustomerContext customer={customer.value} orders={orders.value ?? []} />
    </div>
  );
}

const write = (about: Conversation) => `/v1/conversations/${about.id}/messages`;

/** Take it, hand it over, put it back, or end it. Of two who take it at once, one gets it and the other is told who has. */
function Moves({ api, about, me, onDone }: { api: Api; about: Conversation; me: string; onDone: (next: Conversation) => void }) {
  const task = useTask();
  const move = (verb: string, body: object) => task.run(async () => onDone(await api.post<Conversation>(`/v1/conversations/${about.id}/${verb}`, body)));
  const [handing, setHanding] = useState(false);
  return (
    <>
      <div class="row conversation-moves">
        {about.assignee !== me && <Button testid="conversation-take" kind="secondary" busy={task.busy} onPress={() => move('assign', {})}>Take it</Button>}
        {about.status !== 'resolved' && <Button testid="conversation-hand-over" kind="plain" busy={task.busy} expanded={handing} onPress={() => { setHanding(!handing); task.clear(); }}>Hand over</Button>}
        {about.status === 'assigned' && <Button testid="conversation-release" kind="plain" busy={task.busy} onPress={() => move('release', {})}>Back to the queue</Button>}
        {about.status !== 'resolved' && <Button testid="conversation-resolve" kind="plain" busy={task.busy} onPress={() => move('resolve', {})}>Resolve</Button>}
      </div>
      {handing && <HandOver api={api} about={about} me={me} onClose={() => setHanding(false)} onDone={(next) => { setHanding(false); onDone(next); }} />}
      {task.error !== null && <Notice tone="bad" testid="conversation-move-problem">{sentenceFor(task.error)}</Notice>}
    </>
  );
}
