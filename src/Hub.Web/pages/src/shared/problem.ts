import { language, t } from '../words/words.ts';

/** What the hub says when it refuses: RFC 9457, with the hub's own members. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly retry: string | null;
  readonly requestId: string | null;
  /** Per field, why it was refused. */
  readonly errors: Record<string, string[]>;
  /** Seconds after which it may be tried again; null where the hub does not say. */
  readonly retryAfter: number | null;

  constructor(status: number, body: Record<string, unknown>, retryAfter: string | null = null) {
    // The sandbox's outside parties are no part of the hub and write their errors as { error: { code, message } }.
    const foreign = (typeof body['error'] === 'object' && body['error'] !== null ? body['error'] : {}) as Record<string, unknown>;
    super(text(body['detail']) ?? text(body['title']) ?? text(foreign['message']) ?? t.answered(status));
    this.name = 'ApiProblem';
    this.status = status;
    this.code = text(body['code']) ?? text(foreign['code']) ?? `http_${status}`;
    this.retry = text(body['retry']);
    this.requestId = text(body['request_id']);
    this.retryAfter = retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : null;
    this.errors = isErrors(body['errors']) ? body['errors'] : {};
  }

  /** The first reason given for any of these fields, whatever prefix the path carries. */
  field(...names: string[]): string | null {
    for (const [path, reasons] of Object.entries(this.errors)) {
      const last = path.split(/[./]/).at(-1) ?? path;
      if (names.includes(path) || names.includes(last)) return reasons[0] ? asSentence(reasons[0]) : null;
    }
    return null;
  }
}

/** No answer came: whether the request took effect is unknown, so it may only be repeated under its own key. */
export class NetworkFailure extends Error {
  constructor(cause: unknown) {
    super(t.unreachable, { cause });
    this.name = 'NetworkFailure';
  }
}

/** A sentence for people about anything that was thrown. */
export function sentenceFor(error: unknown): string {
  if (error instanceof ApiProblem) return sentenceOf(error);
  if (error instanceof NetworkFailure) return t.unreachable;
  return t.broken(error instanceof Error ? error.message : String(error));
}

/** In the page's language where the pages know the code; the hub's own sentence is English and speaks to programmers. */
function sentenceOf(problem: ApiProblem): string {
  const known = t.problems[problem.code as keyof typeof t.problems];
  if (known !== undefined) return known;
  return language === 'en' ? problem.message : t.badField ?? problem.message;
}

/** A reason comes as the end of a sentence that begins with the field, such as `must be positive`. */
function asSentence(reason: string): string {
  if (t.badField !== null) return t.badField;
  const whole = /^[a-z]/.test(reason) ? `This ${reason}` : reason;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.length > 0 ? value : null;
}

function isErrors(value: unknown): value is Record<string, string[]> {
  return typeof value === 'object' && value !== null
    && Object.values(value).every((reasons) => Array.isArray(reasons) && reasons.every((r) => typeof r === 'string'));
}
