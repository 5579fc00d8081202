/**
 * Whether the hub no longer takes the page's token, or never took it for this: then the page has nothing more to show.
 * Both of the pages' ways to the hub throw refusals with their status.
 */
export function hasEnded(error: unknown): boolean {
  return [401, 403, 404].includes((error as { status?: number } | null)?.status ?? 0);
}

/**
 * A connection that cannot be had looks alike whether the hub is away or the session is over: only a request tells the two
 * apart. One at a time, however often the connection fails.
 * @param ask reads what the page shows; only whether it may is of interest
 * @param onEnded takes the refusal that says that the session is over; anything else that goes wrong is the connection's own trouble
 */
export function sessionCheck(ask: () => Promise<unknown>, onEnded: (refusal: unknown) => void): () => Promise<void> {
  let asking = false;
  return async () => {
    if (asking) return;
    asking = true;
    try {
      await ask();
    } catch (error) {
      if (hasEnded(error)) onEnded(error);
    } finally {
      asking = false;
    }
  };
}
