import type { Client } from './types.ts';

/** The hub's answer where it is a refusal. */
export class ChatRefusal extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.name = 'ChatRefusal';
    this.status = status;
  }
}

/** Milliseconds between the tries of one request whose answer got lost. */
const pauses = [400, 1200];

/**
 * Speaks to the hub for one customer's session. Small on purpose: the widget is one file that other front ends load as well.
 * @param device what this browser keeps as the customer's device, whose answers to a confirmation count; null where it was not made one
 * @param base where the hub is, without a slash at its end; empty for the page's own host
 */
export function clientFor(base: string, token: string, device: string | null): Client {
  const ask = async <T>(method: string, path: string, body?: unknown, key?: string): Promise<T> => {
    const response = await fetch(base + path, {
      method, cache: 'no-store', credentials: 'omit',
      headers: { Accept: 'application/json', Authorization: `Bearer ${token}`, ...(device ? { 'OmniHub-Device': device } : {}), ...(key ? { 'Content-Type': 'application/json', 'Idempotency-Key': key } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new ChatRefusal(response.status, text);
    return JSON.parse(text) as T;
  };
  return {
    get: (path) => ask('GET', path),
    post: async <T>(path: string, body: unknown, { key }: { key: string }) => {
      for (const pause of pauses) {
        try {
          return await ask<T>('POST', path, body, key);
        } catch (error) {
          if (error instanceof ChatRefusal) throw error;
          await new Promise((resolve) => setTimeout(resolve, pause));
        }
      }
      return ask<T>('POST', path, body, key);
    },
  };
}
