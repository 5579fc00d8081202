import { useEffect, useRef } from 'preact/hooks';

export type SandboxEvent = 'phone' | 'mail' | 'bank' | 'shop' | 'clock';

/** `open` says that listening began anew: anything may have changed meanwhile. */
type Told = SandboxEvent | 'open';

const kinds: SandboxEvent[] = ['phone', 'mail', 'bank', 'shop', 'clock'];
const name = 'omnihub.sandbox';
const listeners = new Set<(told: Told) => void>();
let started = false;

/**
 * Listens on behalf of every open tab. A browser keeps six connections to one host, and a walk through the sandbox opens
 * more tabs than that: so one tab at a time holds the connection and tells the others, and when it closes the next takes over.
 */
function startOnce(): void {
  if (started) return;
  started = true;
  const others = new BroadcastChannel(name);
  const tell = (told: Told) => listeners.forEach((listener) => listener(told));
  others.addEventListener('message', (event: MessageEvent<Told>) => tell(event.data));
  // The lock is held as long as the tab lives: the promise never ends.
  void navigator.locks.request(name, () => new Promise<never>(() => {
    const source = new EventSource('/sandbox/api/stream');
    for (const told of ['open', ...kinds] as Told[]) source.addEventListener(told, () => { tell(told); others.postMessage(told); });
  }));
}

/**
 * Calls back when the sandbox says that something of these kinds changed, and after every (re)connection, because what
 * happened while nobody listened is not told again.
 */
export function useSandboxStream(wanted: SandboxEvent[], changed: () => void, enabled = true): void {
  const latest = useRef(changed);
  latest.current = changed;
  const key = wanted.join(',');
  useEffect(() => {
    if (!enabled) return;
    const listener = (told: Told) => { if (told === 'open' || key.split(',').includes(told)) latest.current(); };
    listeners.add(listener);
    startOnce();
    return () => { listeners.delete(listener); };
  }, [key, enabled]);
}
