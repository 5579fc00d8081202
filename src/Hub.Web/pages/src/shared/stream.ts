import { useEffect, useRef } from 'preact/hooks';

export type SandboxEvent = 'phone' | 'mail' | 'bank' | 'shop' | 'clock';

/**
 * Calls back when the sandbox says that something of these kinds changed, and once after every (re)connection, because
 * what happened while nobody listened is not told again.
 */
export function useSandboxStream(kinds: SandboxEvent[], changed: () => void, enabled = true): void {
  const latest = useRef(changed);
  latest.current = changed;
  const key = kinds.join(',');
  useEffect(() => {
    if (!enabled) return;
    const source = new EventSource('/sandbox/api/stream');
    const call = () => latest.current();
    source.addEventListener('open', call);
    for (const kind of key.split(',')) source.addEventListener(kind, call);
    return () => source.close();
  }, [key, enabled]);
}
