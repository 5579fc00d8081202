import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Api } from '../shared/api.ts';
import { ApiProblem } from '../shared/problem.ts';
import type { List } from '../shared/types.ts';
import type { Canned, CannedList } from './canned.ts';

export interface LiveCanned {
  /** One list for each merchant; empty until they are loaded. */
  lists: readonly CannedList[];
  error: unknown;
  /** Puts all of a merchant's answers in place of those that are shown; refused where they have changed meanwhile. */
  save: (list: CannedList, answers: readonly Canned[], key: string) => Promise<void>;
}

/** The answers changed between reading and saving, by somebody else or by a save of one's own whose answer got lost; what they are now is shown. */
export class ChangedMeanwhile extends Error {}

const pathOf = (merchant: string) => `/v1/merchants/${merchant}/canned_answers`;

/** The canned answers of some merchants, read when they are wanted. */
export function useCanned(api: Api, merchants: string[], wanted: boolean): LiveCanned {
  const [lists, setLists] = useState<readonly CannedList[]>([]);
  const [error, setError] = useState<unknown>(null);
  const key = merchants.join(' ');
  const read = useCallback(async (merchant: string): Promise<CannedList> => {
    const { value, tag } = await api.getTagged<List<Canned>>(pathOf(merchant));
    return { merchant, tag, answers: value.data };
  }, [api]);
  const put = (next: CannedList) => setLists((now) => now.map((list) => (list.merchant === next.merchant ? next : list)));
  useEffect(() => {
    if (!wanted) return;
    setError(null);
    Promise.all(key.split(' ').map(read)).then(setLists, setError);
  }, [read, key, wanted]);
  const save = useCallback(async (list: CannedList, answers: readonly Canned[], once: string) => {
    try {
      const { value, tag } = await api.put<List<Canned>>(pathOf(list.merchant), { answers }, { key: once, match: list.tag });
      put({ merchant: list.merchant, tag, answers: value.data });
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem && thrown.status === 412)) throw thrown;
      put(await read(list.merchant));
      throw new ChangedMeanwhile();
    }
  }, [api, read]);
  return { lists, error, save };
}
