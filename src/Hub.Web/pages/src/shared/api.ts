import { ApiProblem, NetworkFailure } from './problem.ts';

/** Who is asking: a customer by token, staff by cookie, or nobody (the sandbox). */
export type Caller = { kind: 'customer'; token: string } | { kind: 'staff' } | { kind: 'anyone' };

export interface PostOptions {
  /** Given when the caller keeps the key itself, over more than one press of the button. */
  key?: string;
  /** Seconds to hold the answer until the status is no longer in motion (RFC 7240). */
  wait?: number;
  /** Only where this still names the thing as it is (RFC 9110, `If-Match`). */
  match?: string | null;
}

/** What was answered, with what names exactly this state of it. */
export interface Tagged<T> {
  value: T;
  tag: string | null;
}

/** Milliseconds between the tries of one request whose answer got lost. */
const pauses = [400, 1200];

export class Api {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  async get<T>(path: string): Promise<T> {
    return (await this.getTagged<T>(path)).value;
  }

  getTagged<T>(path: string): Promise<Tagged<T>> {
    return this.#send<T>('GET', path, this.#headers());
  }

  /** Reads a file as it is, such as a signed receipt. */
  async download(path: string): Promise<Blob> {
    try {
      const response = await fetch(path, { headers: this.#headers('*/*'), cache: 'no-store', credentials: this.#credentials });
      if (!response.ok) throw new ApiProblem(response.status, asObject(await response.text()));
      return await response.blob();
    } catch (error) {
      throw error instanceof ApiProblem ? error : new NetworkFailure(error);
    }
  }

  /**
   * Posts under an Idempotency-Key. When the network loses the answer, the very same request is sent again under the same
   * key, so that it takes effect once; after the last try a NetworkFailure is thrown and the caller may go on with the key.
   */
  async post<T>(path: string, body: unknown, options: PostOptions = {}): Promise<T> {
    return (await this.#change<T>('POST', path, body, options)).value;
  }

  /** Puts something in the place of what was there; repeated like a post. */
  put<T>(path: string, body: unknown, options: PostOptions = {}): Promise<Tagged<T>> {
    return this.#change<T>('PUT', path, body, options);
  }

  /** Changes what is named in the body and nothing else; repeated like a post. */
  async patch<T>(path: string, body: unknown, options: PostOptions = {}): Promise<T> {
    return (await this.#change<T>('PATCH', path, body, options)).value;
  }

  /** Removes something; repeated like a post. */
  async remove<T>(path: string, options: PostOptions = {}): Promise<T> {
    return (await this.#change<T>('DELETE', path, undefined, options)).value;
  }

  async #change<T>(method: string, path: string, body: unknown, options: PostOptions): Promise<Tagged<T>> {
    const headers = this.#headers();
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    headers.set('Idempotency-Key', options.key ?? crypto.randomUUID());
    if (options.wait) headers.set('Prefer', `wait=${options.wait}`);
    const text = body === undefined ? undefined : JSON.stringify(body);
    if (options.match) headers.set('If-Match', options.match);
    for (const pause of pauses) {
      try {
        return await this.#send<T>(method, path, headers, text);
      } catch (error) {
        if (!(error instanceof NetworkFailure) && !isInFlight(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    return this.#send<T>(method, path, headers, text);
  }

  // A customer's page never sends a staff cookie that happens to be in the same browser.
  get #credentials(): RequestCredentials {
    return this.#caller.kind === 'staff' ? 'same-origin' : 'omit';
  }

  #headers(accept = 'application/json'): Headers {
    const headers = new Headers({ Accept: accept });
    if (this.#caller.kind === 'customer') {
      headers.set('Authorization', `Bearer ${this.#caller.token}`);
      // Timelines tell whether a step was taken in a browser or in the installed app.
      if (matchMedia('(display-mode: standalone)').matches) headers.set('OmniHub-Channel', 'mobile');
    }
    if (this.#caller.kind === 'staff') headers.set('X-CSRF', '1');
    return headers;
  }

  async #send<T>(method: string, path: string, headers: Headers, body?: string): Promise<Tagged<T>> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(path, {
        method, headers, cache: 'no-store', credentials: this.#credentials,
        ...(body === undefined ? {} : { body }),
      });
      text = await response.text();
    } catch (error) {
      throw new NetworkFailure(error);
    }
    if (!response.ok) throw new ApiProblem(response.status, asObject(text), response.headers.get('Retry-After'));
    return { value: (text.length === 0 ? undefined : JSON.parse(text)) as T, tag: response.headers.get('ETag') };
  }
}

/** The first try is still under way at the hub. */
function isInFlight(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 409 && error.code.includes('in_flight');
}

/** A refusal without a JSON body (a proxy's page, say) is still a refusal. */
function asObject(text: string): Record<string, unknown> {
  if (!text.trimStart().startsWith('{')) return {};
  return JSON.parse(text) as Record<string, unknown>;
}
