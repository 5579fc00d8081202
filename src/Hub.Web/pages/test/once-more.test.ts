import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OnceMore } from '../src/shared/once-more.ts';
import { ApiProblem, NetworkFailure } from '../src/shared/problem.ts';

/** A request whose answers are given beforehand; remembers what was sent under which key. */
function wire(...answers: (Error | string)[]) {
  const sent: { body: number; key: string }[] = [];
  let made = 0;
  const once = new OnceMore<number>();
  const press = (inputs: string) => once.run(inputs, async () => ++made, async (body, key) => {
    sent.push({ body, key });
    const answer = answers.shift()!;
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return { press, sent };
}

test('After a lost answer the same bytes go out under the same key', async () => {
  const { press, sent } = wire(new NetworkFailure(null), 'done');
  await assert.rejects(press('a'), NetworkFailure);
  assert.equal(await press('a'), 'done');
  assert.deepEqual(sent[1], sent[0]);
});

test('Other inputs after a lost answer are another request', async () => {
  const { press, sent } = wire(new NetworkFailure(null), 'done');
  await assert.rejects(press('a'), NetworkFailure);
  await press('b');
  assert.notEqual(sent[1]!.key, sent[0]!.key);
  assert.notEqual(sent[1]!.body, sent[0]!.body);
});

test('After an answer, good or bad, the next press is a new request', async () => {
  const { press, sent } = wire(new ApiProblem(409, {}), 'done', 'done');
  await assert.rejects(press('a'), ApiProblem);
  await press('a');
  await press('a');
  assert.equal(new Set(sent.map((request) => request.key)).size, 3);
});
