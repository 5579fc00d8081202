import { useState } from 'preact/hooks';
import type { Conversation } from '../chat/types.ts';
import { hubNow, useTick } from '../shared/hub-clock.ts';
import { ChatIcon } from '../shared/icons.tsx';
import { sentenceFor } from '../shared/problem.ts';
import { Empty, Notice } from '../shared/ui.tsx';
import { shortWhen } from '../shared/when.ts';
import { chatGroups, inOrder, type ChatGroup } from './conversations.ts';
import type { LiveConversations } from './use-conversations.ts';

interface Props {
  live: LiveConversations;
  me: string;
  chosen: string | null;
  onChoose: (conversation: string) => void;
}

/** Who waits for an answer, longest first, and everything else that was said. */
export function ConversationList({ live, me, chosen, onChoose }: Props) {
  const [group, setGroup] = useState<ChatGroup['id']>('all');
  useTick(30_000);
  const rows = inOrder(live.all, chatGroups.find((one) => one.id === group)!, me);
  return (
    <>
      <div class="counters chat-counters" role="group" aria-label="Filter conversations">
        {chatGroups.map((one) => (
          <button key={one.id} type="button" class={`counter counter-${one.id}`} aria-pressed={group === one.id} onClick={() => setGroup(one.id)} data-testid={`chats-${one.id}`}>
            <b>{inOrder(live.all, one, me).length}</b><span>{one.name}</span>
          </button>
        ))}
      </div>
      {live.error !== null && <Notice tone="bad">{sentenceFor(live.error)}</Notice>}
      <ul class="queue" data-testid="conversations">
        {rows.map((row) => <Row key={row.id} row={row} name={live.names.get(row.customer) ?? '…'} me={me} chosen={row.id === chosen} onChoose={onChoose} />)}
      </ul>
      {rows.length === 0 && <Empty icon={<ChatIcon size={24} />} title={group === 'waiting' ? 'Nobody waits' : 'No conversation yet'}>Customers write from the shop, the checkout, by text message or by e-mail.</Empty>}
    </>
  );
}

function Row({ row, name, me, chosen, onChoose }: { row: Conversation; name: string; me: string; chosen: boolean; onChoose: (conversation: string) => void }) {
  const last = row.messages.at(-1);
  return (
    <li>
      <button type="button" class="queue-row" aria-current={chosen || undefined} onClick={() => onChoose(row.id)} data-testid={`conversation-${row.id}`} data-status={row.status}>
        <span class="queue-top"><b>{name}</b><ConversationStatus of={row} me={me} /></span>
        <span class="queue-last">{last ? `${last.note ? 'Note: ' : last.author === 'staff' ? 'Staff: ' : ''}${last.text}` : 'Nothing said yet'}</span>
        <span class="queue-foot"><span>{last?.wish === 'refund' ? 'Wants a refund' : last?.wish === 'person' ? 'Wants a person' : ''}</span>
          {row.unread.staff > 0 && <span class="queue-case">{row.unread.staff} new</span>}
          <span>{row.last_message_at ? shortWhen(row.last_message_at, hubNow()) : ''}</span></span>
      </button>
    </li>
  );
}

/** Who has something to do about it. */
export function ConversationStatus({ of, me }: { of: Conversation; me: string }) {
  const [tone, words] = of.status === 'waiting' ? ['warn', 'Waiting'] : of.status === 'resolved' ? ['quiet', 'Resolved'] : of.assignee === me ? ['good', 'Yours'] : ['info', of.assignee_name ?? 'Assigned'];
  return <span class={`pill pill-${tone}`} data-testid="conversation-status">{words}</span>;
}
