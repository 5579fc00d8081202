import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Conversation } from '../src/chat/types.ts';
import { chatGroups, filled, inOrder, withConversation, type Conversations } from '../src/support/conversations.ts';

const one = (id: string, status: Conversation['status'], more: Partial<Conversation> = {}) =>
  ({ id, status, assignee: null, waiting_since: null, last_message_at: null, sequence: 1, messages: [], ...more }) as unknown as Conversation;
const of = (...all: Conversation[]): Conversations => all.reduce<Conversations>(withConversation, new Map());

test('Who waits longest comes first, then what somebody has, then what is done', () => {
  const all = of(one('done', 'resolved'), one('new', 'waiting', { waiting_since: '2026-03-01T12:01:00Z' }), one('has', 'assigned', { assignee: 'sam@acme' }), one('old', 'waiting', { waiting_since: '2026-03-01T12:00:00Z' }));
  assert.deepEqual(inOrder(all, chatGroups[2]!, 'sam@acme').map((row) => row.id), ['old', 'new', 'has', 'done']);
  assert.deepEqual(inOrder(all, chatGroups[0]!, 'sam@acme').map((row) => row.id), ['old', 'new']);
  assert.deepEqual(inOrder(all, chatGroups[1]!, 'sam@acme').map((row) => row.id), ['has']);
});

test('An update without words keeps the last ones, and an older one changes nothing', () => {
  const said = { id: 'msg_1', text: 'Hello' } as never;
  const all = of(one('a', 'waiting', { sequence: 2, messages: [said] }), one('a', 'assigned', { sequence: 3 }), one('a', 'waiting', { sequence: 1 }));
  assert.equal(all.get('a')!.status, 'assigned');
  assert.deepEqual(all.get('a')!.messages, [said]);
});

test('A canned answer takes the name and the order, and leaves out what nobody knows', () => {
  assert.equal(filled('Dear {name}, {order} is on its way.', 'Ada', 'A-1'), 'Dear Ada, A-1 is on its way.');
  assert.equal(filled('Your order {order} is packed.', null, null), 'Your order is packed.');
});
