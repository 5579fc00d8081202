import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { Live, reconnecting } from '../src/shared/live.ts';
import { ApiProblem, NetworkFailure } from '../src/shared/problem.ts';
import { hasEnded, sessionCheck } from '../src/shared/session-check.ts';

function promised<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => { resolve = done; });
  return { promise, resolve };
}

const refused = (status: number) => new ApiProblem(status, {});

test('A connection that the hub refuses is told of, not only waited for', async () => {
  const hub = createServer((_, response) => void response.writeHead(401).end()).listen(0, '127.0.0.1');
  await once(hub, 'listening');
  const told = promised<void>();
  const live = new Live('cst_1', () => undefined, `http://127.0.0.1:${(hub.address() as AddressInfo).port}`, null, told.resolve);
  void live.start();
  await told.promise;
  await live.stop();
  hub.close();
});

test('A connection that was lost is told of after the first try to have it back that failed', () => {
  let failures = 0;
  const policy = reconnecting(() => failures++);
  const context = (previousRetryCount: number) => ({ previousRetryCount, elapsedMilliseconds: 0, retryReason: new Error('401') });
  assert.deepEqual([0, 1, 4, 5].map((count) => [policy.nextRetryDelayInMilliseconds(context(count)), failures]), [[0, 0], [500, 1], [5000, 2], [5000, 3]]);
});

test('A session ends with a refusal, and neither with a lost line nor with a hub that is busy', async () => {
  for (const [thrown, ends] of [[refused(401), true], [refused(403), true], [refused(404), true], [refused(429), false], [refused(503), false], [new NetworkFailure('x'), false]] as const) {
    const ended: unknown[] = [];
    await sessionCheck(async () => { throw thrown; }, (error) => ended.push(error))();
    assert.deepEqual(ended, ends ? [thrown] : []);
    assert.equal(hasEnded(thrown), ends);
  }
});

test('The hub is asked one question at a time', async () => {
  const answer = promised<void>();
  let asked = 0;
  const check = sessionCheck(() => { asked++; return answer.promise; }, () => assert.fail('it has not ended'));
  const first = check();
  await check();
  answer.resolve();
  await first;
  assert.equal(asked, 1);
  await check();
  assert.equal(asked, 2);
});
