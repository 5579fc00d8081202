/** One thing that is asked before something is done. */
export interface AskField {
  id: string;
  label: string;
  /** A line, a longer text, an amount of money, or one of some options. */
  kind: 'line' | 'text' | 'amount' | 'choice';
  start?: string;
  hint?: string;
  /** Of a choice: what is sent, and how it reads. */
  options?: [string, string][];
  maxLength?: number;
  /** Whether it is asked at all, given the other answers. */
  asked?: (values: Values) => boolean;
  /** Why the answer cannot be taken; null when it can. */
  problem: (value: string, values: Values) => string | null;
}

export type Values = Readonly<Record<string, string>>;

/** Something that may be done, and what has to be known before it is. */
export interface Question {
  id: string;
  name: string;
  /** Where it is posted to. */
  path: string;
  question: string;
  danger?: boolean;
  fields: AskField[];
  body: (values: Values) => object;
}

/** What every field begins with. */
export function startOf(question: Question): Values {
  return Object.fromEntries(question.fields.map((field) => [field.id, field.start ?? '']));
}

/** The fields that count, given the answers so far. */
export function askedOf(question: Question, values: Values): AskField[] {
  return question.fields.filter((field) => field.asked?.(values) ?? true);
}

/** Why the answers cannot be sent, per field; empty when they can. */
export function problemsIn(question: Question, values: Values): Record<string, string> {
  const found = askedOf(question, values).map((field) => [field.id, field.problem(values[field.id] ?? '', values)] as const);
  return Object.fromEntries(found.filter((one): one is readonly [string, string] => one[1] !== null));
}

/** A reason in a line, for whoever reads it later. */
export function reasonField(label: string, hint = 'For whoever reads it later. Nothing personal.'): AskField {
  return { id: 'reason', label, kind: 'line', hint, maxLength: 200, problem: (value) => (value.trim() === '' ? 'Say why, in a few words.' : null) };
}
