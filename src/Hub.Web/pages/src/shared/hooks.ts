import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

export interface Task {
  busy: boolean;
  /** What the last run threw; null after a good run or before the first. */
  error: unknown;
  run: (work: () => Promise<void>) => Promise<void>;
  clear: () => void;
}

/** One thing at a time, with its busy state and its last error. */
export function useTask(): Task {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef(false);
  const run = useCallback(async (work: () => Promise<void>) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (thrown) {
      setError(thrown);
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  return { busy, error, run, clear: useCallback(() => setError(null), []) };
}

export interface Loaded<T> {
  value: T | null;
  error: unknown;
  reload: () => void;
}

/** Loads a value, and loads it again on demand; a slow old answer never replaces a newer one. */
export function useLoaded<T>(load: () => Promise<T>, key: string): Loaded<T> {
  const [value, setValue] = useState<T | null>(null);
  const [error, setError] = useState<unknown>(null);
  const latest = useRef(load);
  latest.current = load;
  const turn = useRef(0);
  const reload = useCallback(() => {
    const mine = ++turn.current;
    latest.current().then(
      (loaded) => { if (mine === turn.current) { setValue(() => loaded); setError(null); } },
      (thrown: unknown) => { if (mine === turn.current) setError(thrown); });
  }, []);
  useEffect(() => { setValue(null); reload(); }, [key, reload]);
  return { value, error, reload };
}
