import { useEffect, useState } from 'preact/hooks';
import { Api } from './api.ts';
import { ApiProblem } from './problem.ts';
import { useSandboxStream } from './stream.ts';

export interface ClockState {
  now: string;
  frozen: boolean;
  offset_seconds: number;
}

const sandbox = new Api({ kind: 'anyone' });

/** Milliseconds the hub is ahead of this browser, or the instant it stands still at. */
let known: { ahead: number } | { frozenAt: number } = { ahead: 0 };

/** The hub's time in Unix milliseconds: the sandbox may have moved or frozen it. */
export function hubNow(): number {
  return 'frozenAt' in known ? known.frozenAt : Date.now() + known.ahead;
}

/** Asks the sandbox for its clock. False in live mode, which has none: there the browser's own time is used. */
export async function readHubClock(): Promise<boolean> {
  try {
    const clock = await sandbox.get<ClockState>('/sandbox/api/clock');
    known = clock.frozen ? { frozenAt: Date.parse(clock.now) } : { ahead: Date.parse(clock.now) - Date.now() };
    return true;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return false;
    throw error;
  }
}

/** Whether the hub is a sandbox (null until known); keeps the hub's time while the page is open. */
export function useHubClock(): boolean | null {
  const [isSandbox, setSandbox] = useState<boolean | null>(null);
  const read = () => readHubClock().then(setSandbox, () => setSandbox((was) => was ?? false));
  useEffect(() => void read(), []);
  useSandboxStream(['clock'], () => void read(), isSandbox === true);
  return isSandbox;
}

/** Renders again every so many milliseconds, for countdowns and "2 min ago". */
export function useTick(period: number): void {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), period);
    return () => clearInterval(timer);
  }, [period]);
}
