import { useState } from 'preact/hooks';
import { Api } from '../shared/api.ts';
import { useLoaded, useTask } from '../shared/hooks.ts';
import { Header } from '../shared/header.tsx';
import { useTick, type ClockState } from '../shared/hub-clock.ts';
import { sentenceFor } from '../shared/problem.ts';
import { start } from '../shared/start.tsx';
import { useSandboxStream } from '../shared/stream.ts';
import { Button, Notice } from '../shared/ui.tsx';
import './sandbox.css';
import './clock.css';

const api = new Api({ kind: 'anyone' });

const leaps: [string, number][] = [['1 minute', 60], ['5 minutes', 300], ['1 day', 86_400], ['7 days', 604_800]];

const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });

function ClockPage() {
  const [readAt, setReadAt] = useState(0);
  const clock = useLoaded(() => api.get<ClockState>('/sandbox/api/clock').then((read) => { setReadAt(Date.now()); return read; }), '');
  const task = useTask();
  useSandboxStream(['clock'], clock.reload);
  useTick(250);
  const change = (body: object) => task.run(async () => { await api.post('/sandbox/api/clock', body); clock.reload(); });
  const state = clock.value;
  const now = state === null ? null : new Date(Date.parse(state.now) + (state.frozen ? 0 : Date.now() - readAt));
  return (
    <>
      <Header here="/sandbox/clock" sandbox />
      <main class="page clock">
        <div class="page-head">
          <h1>The sandbox clock</h1>
          <p class="muted">The hub takes its time from here. Let a confirmation expire without waiting, or hold time still.</p>
        </div>
        <section class="panel clock-face" data-frozen={state?.frozen}>
          <p class="clock-time" data-testid="clock-now" data-now={state?.now}>{now ? time.format(now) : '–'}</p>
          <p class="muted">{now ? date.format(now) : ' '}</p>
          <p class="row clock-state" aria-live="polite">
            <span class={`pill pill-${state?.frozen ? 'info' : 'good'}`} data-testid="clock-frozen">{state?.frozen ? 'Frozen' : 'Running'}</span>
            <span class="pill pill-quiet" data-testid="clock-offset">{offsetText(state?.offset_seconds ?? 0)}</span>
          </p>
          {state && <Button testid="clock-freeze" kind="secondary" busy={task.busy} onPress={() => change({ freeze: !state.frozen })}>{state.frozen ? 'Let it run' : 'Freeze'}</Button>}
        </section>
        <section class="stack" aria-label="Move on">
          <h2>Move time on by</h2>
          <div class="leaps">
            {leaps.map(([name, seconds]) => (
              <Button key={name} testid={`clock-advance-${seconds}`} kind="secondary" busy={task.busy} onPress={() => change({ advance_seconds: seconds })}>{name}</Button>
            ))}
          </div>
          <Button testid="clock-reset" kind="plain" busy={task.busy} onPress={() => change({ reset: true })}>Back to the real time</Button>
          {(task.error ?? clock.error) !== null && <Notice tone="bad" testid="clock-problem">{sentenceFor(task.error ?? clock.error)}</Notice>}
        </section>
      </main>
    </>
  );
}

function offsetText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole === 0) return 'Real time';
  const parts: [number, string][] = [[86_400, 'd'], [3_600, 'h'], [60, 'min'], [1, 's']];
  let left = Math.abs(whole);
  const text = parts.flatMap(([size, unit]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count > 0 ? [`${count} ${unit}`] : [];
  }).join(' ');
  return `${text} ${whole > 0 ? 'ahead' : 'behind'}`;
}

start(ClockPage);
