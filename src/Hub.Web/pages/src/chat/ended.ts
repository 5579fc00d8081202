/** Milliseconds in which the page is told once. */
const once = 60_000;

/**
 * Tells the page that the hub no longer takes its token, so that it gives another. Only where another one helps: a customer that
 * is not the token's (404) stays so with every new one. And once a minute, so that a page whose tokens are dead from the start
 * does not make one after the other.
 * @param now milliseconds, on any clock that goes forward
 */
export function endedTeller(tell: () => void, now: () => number = () => performance.now()): (refusal: unknown) => void {
  let told = -Infinity;
  return (refusal) => {
    if ((refusal as { status?: number } | null)?.status !== 401 || now() - told < once) return;
    told = now();
    tell();
  };
}
