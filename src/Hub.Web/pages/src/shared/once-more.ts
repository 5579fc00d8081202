import { NetworkFailure } from './problem.ts';

/**
 * Keeps a request that may or may not have arrived, so that pressing the button again sends the same bytes under the same
 * key instead of a second request. It matters most for encrypted bodies, which differ each time they are made.
 */
export class OnceMore<T> {
  #kept: { inputs: string; key: string; prepared: T } | null = null;

  /**
   * @param inputs what the person entered; other inputs are another request
   * @param prepare makes the body, once per request
   * @param send sends it under the key
   */
  async run<R>(inputs: string, prepare: () => Promise<T>, send: (prepared: T, key: string) => Promise<R>): Promise<R> {
    if (this.#kept?.inputs !== inputs) this.#kept = { inputs, key: crypto.randomUUID(), prepared: await prepare() };
    try {
      const answer = await send(this.#kept.prepared, this.#kept.key);
      this.#kept = null;
      return answer;
    } catch (error) {
      if (!(error instanceof NetworkFailure)) this.#kept = null;
      throw error;
    }
  }
}
