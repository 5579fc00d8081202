/** Milliseconds before the tries to ask again; the last one repeats for ever. */
const pauses = [400, 1200, 3000, 5000];

/**
 * Asks until the hub answers. A line that was lost and a hub that is busy say nothing about what was asked, so it is asked
 * again after a pause; a refusal is an answer, and is thrown.
 * @param signal gives up, also in the middle of a pause
 * @param onFailure hears of every try that failed and is repeated
 * @returns the answer; null where it was given up
 */
export async function untilAnswered<T>(ask: () => Promise<T>, signal: AbortSignal, onFailure: (error: unknown) => void = () => undefined): Promise<T | null> {
  for (let tried = 0; !signal.aborted; tried++) {
    try {
      return await ask();
    } catch (error) {
      if (isRefusal(error)) throw error;
      if (!signal.aborted) onFailure(error);
    }
    await pause(pauses[Math.min(tried, pauses.length - 1)]!, signal);
  }
  return null;
}

/** 408 and 429 only ask for patience. Both of the pages' ways to the hub throw refusals with their status. */
function isRefusal(error: unknown): boolean {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 && status !== 408 && status !== 429;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
