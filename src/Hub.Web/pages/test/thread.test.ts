import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastRead, toMark, unreadOf, withMessages, withNews, type Thread } from '../src/chat/thread.ts';
import type { Author, Conversation, Message } from '../src/chat/types.ts';

const message = (sequence: number, author: Author = 'staff', more: Partial<Message> = {}) => ({ id: `msg_${sequence}`, sequence, author, note: false, buttons: [], ...more }) as Message;
const about = (sequence: number, read = { customer: 0, staff: 0 }, messages: Message[] = []) => ({ id: 'cnv_1', sequence, read, messages }) as unknown as Conversation;
const thread = (messages: Message[], read = { customer: 0, staff: 0 }): Thread => ({ about: about(9, read), messages });

test('A message that comes again, or late, has its one place', () => {
  const all = withMessages([message(1), message(3)], [message(2), message(3, 'staff', { text: 'as it is now' })]);
  assert.deepEqual(all.map((one) => one.sequence), [1, 2, 3]);
  assert.equal(all[2]!.text, 'as it is now');
});

test('Older news of how it stands changes nothing but the messages it brings', () => {
  const now = withNews(withNews(null, about(5, { customer: 4, staff: 0 }, [message(4)])), about(3, { customer: 0, staff: 0 }, [message(3)]));
  assert.equal(now.about.sequence, 5);
  assert.deepEqual(now.messages.map((one) => one.sequence), [3, 4]);
});

test('What the other side and the hub wrote is unread until it was marked; notes and one’s own words never are', () => {
  const messages = [message(1, 'customer'), message(2), message(3, 'hub'), message(4, 'staff', { note: true })];
  for (const [read, unread, mark] of [[0, 2, 3], [1, 2, 3], [2, 1, 3], [3, 0, null], [4, 0, null]] as const) {
    const one = thread(messages, { customer: read, staff: 0 });
    assert.equal(unreadOf(one, 'customer'), unread, `read up to ${read}`);
    assert.equal(toMark(one, 'customer'), mark, `read up to ${read}`);
  }
});

test('The mark that it was read stands at the last message that was, not at a note', () => {
  const messages = [message(1), message(2), message(3, 'staff', { note: true }), message(4)];
  for (const [read, at] of [[0, null], [1, 'msg_1'], [2, 'msg_2'], [3, 'msg_2'], [4, 'msg_4']] as const) {
    assert.equal(lastRead(thread(messages, { customer: read, staff: 0 }), 'staff'), at, `read up to ${read}`);
  }
});

test('A confirmation that was answered elsewhere loses its buttons', () => {
  const asked = message(1, 'hub', { buttons: [{ label: 'Pay', command: 'PAY 4839' }] });
  const now = withNews({ about: about(1), messages: [asked] }, about(2, { customer: 0, staff: 0 }, [message(1, 'hub')]));
  assert.deepEqual(now.messages[0]!.buttons, []);
});
