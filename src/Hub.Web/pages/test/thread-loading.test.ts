import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { h, render, type ContainerNode } from 'preact';
import { act } from 'preact/test-utils';
import { ChatRefusal } from '../src/chat/client.ts';
import type { Client, Conversation } from '../src/chat/types.ts';
import { useThread, type OpenThread, type Outgoing } from '../src/chat/use-thread.ts';
import type { LiveState } from '../src/shared/live.ts';

const conversation = { id: 'cnv_1', sequence: 1, read: { customer: 0, staff: 0 }, messages: [] } as unknown as Conversation;
const lost = () => new TypeError('fetch failed');

/** A conversation as the page has it, at a hub whose answers to being read are given beforehand; the last one is given for ever. */
function open(context: TestContext, ...answers: (Error | Conversation)[]) {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let reads = 0;
  const written: { text: string; key: string }[] = [];
  const clientOf = (post: Client['post']): Client => ({
    get: async <T>() => {
      const answer = answers[Math.min(reads++, answers.length - 1)];
      if (answer instanceof Error) throw answer;
      return answer as T;
    },
    post,
  });
  const taking = async <T>(_: string, body: unknown, { key }: { key: string }) => {
    written.push({ text: (body as { text: string }).text, key });
    return { id: `msg_${written.length}`, sequence: written.length, author: 'customer', buttons: [] } as T;
  };
  let client = clientOf(taking);
  const refusals: ((refusal: Error) => void)[] = [];
  let talk!: OpenThread;
  const page = { childNodes: [], firstChild: null, nodeType: 1 } as unknown as ContainerNode;
  const write = () => '/write';
  const Page = ({ state }: { state: LiveState }) => {
    talk = useThread({ client, live: null, state, path: '/read', write, side: 'customer', seen: false, unsent: given.before });
    return null;
  };
  // What was set off is awaited as well, and what that sets off in turn.
  const settled = async (work: () => void) => {
    await act(work);
    for (let turn = 0; turn < 4; turn++) await act(async () => { for (let step = 0; step < 10; step++) await Promise.resolve(); });
  };
  const show = (state: LiveState) => settled(() => render(h(Page, { state }), page));
  context.after(() => act(() => render(null, page)));
  const given = {
    before: [] as readonly Outgoing[],
    /** From now on messages are refused, each when it is told so. */
    refuse: () => {
      client = clientOf(() => new Promise((_, reject) => { refusals.push(reject); }));
      return (nth: number) => refusals[nth]!(new ChatRefusal(401, ''));
    },
    /** Another token, with which messages are taken again. */
    renew: () => { client = clientOf(taking); },
    show, written, talk: () => talk, reads: () => reads,
    later: (milliseconds: number) => settled(() => context.mock.timers.tick(milliseconds)),
    press: (what: (now: OpenThread) => void) => settled(() => what(talk)),
  };
  return given;
}

test('A conversation that could not be loaded is loaded again by itself, after a pause', async (context) => {
  const page = open(context, lost(), lost(), conversation);
  await page.show('connecting');
  assert.equal(page.talk().thread, null);
  assert.ok(page.talk().error);
  await page.later(10_000);
  await page.later(10_000);
  assert.equal(page.talk().thread?.about.id, 'cnv_1');
  assert.equal(page.talk().error, null);
});

test('A conversation that was refused is asked for again when the connection comes back, and not before', async (context) => {
  const page = open(context, new ChatRefusal(401, ''), conversation);
  await page.show('connecting');
  await page.later(60_000);
  assert.equal(page.reads(), 1);
  await page.show('live');
  assert.equal(page.talk().thread?.about.id, 'cnv_1');
  await page.show('reconnecting');
  await page.show('live');
  assert.equal(page.reads(), 2);
});

test('A connection that comes back does not wait for the pause', async (context) => {
  const page = open(context, lost(), conversation);
  await page.show('reconnecting');
  await page.show('live');
  assert.equal(page.talk().thread?.about.id, 'cnv_1');
});

test('What is written before the conversation is there is kept as not sent, and goes once under its key when it is tried again', async (context) => {
  const page = open(context, lost(), conversation);
  await page.show('reconnecting');
  await page.press((talk) => talk.send('Hello'));
  assert.deepEqual(page.talk().outgoing.map((one) => [one.text, one.failed]), [['Hello', true]]);
  const { key } = page.talk().outgoing[0]!;
  await page.show('live');
  await page.press((talk) => talk.again());
  assert.deepEqual(page.written, [{ text: 'Hello', key }]);
  assert.deepEqual(page.talk().outgoing, []);
});

test('Another token forgets what the last one was refused, and sends what waits under its key; a late refusal of the old one changes nothing', async (context) => {
  const page = open(context, conversation);
  await page.show('live');
  const late = page.refuse();
  await page.show('live');
  await page.press((talk) => talk.send('Hello'));
  await page.press((talk) => talk.send('Are you there?'));
  late(0);
  await page.show('reconnecting');
  assert.equal((page.talk().error as ChatRefusal).status, 401);
  assert.deepEqual(page.talk().outgoing.map((one) => [one.text, one.failed]), [['Hello', true], ['Are you there?', false]]);
  const keys = page.talk().outgoing.map((one) => one.key);
  page.renew();
  await page.show('live');
  assert.equal(page.talk().error, null);
  late(1);
  await page.show('live');
  assert.equal(page.talk().error, null);
  await page.press((talk) => talk.again());
  assert.deepEqual(page.written.map((one) => [one.text, one.key]), [['Hello', keys[0]], ['Are you there?', keys[1]]]);
  assert.deepEqual(page.talk().outgoing, []);
});

test('What the page before could not send is there, and goes under the key it had', async (context) => {
  const page = open(context, conversation);
  page.before = [{ key: 'k1', text: 'Hello', failed: true }];
  await page.show('live');
  await page.press((talk) => talk.again());
  assert.deepEqual(page.written, [{ text: 'Hello', key: 'k1' }]);
});
