import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { AlertIcon, CheckIcon } from './icons.tsx';
import { digitsOf } from './card.ts';

interface InputProps {
  type?: 'text' | 'email' | 'tel' | 'password' | 'time';
  inputMode?: 'numeric' | 'decimal' | 'text';
  autoComplete?: string;
  placeholder?: string;
  maxLength?: number;
  pattern?: string;
  required?: boolean;
  autoFocus?: boolean;
  class?: string;
}

interface FieldProps extends InputProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  /** Why the entry cannot be taken; shown under the field and read out. */
  problem?: string | null | undefined;
  hint?: ComponentChildren;
  /** Shown inside the field, at its end. */
  after?: ComponentChildren;
  testid: string;
  onLeave?: () => void;
  /** Rewrites digits while they are typed, such as into groups. */
  format?: (text: string, previous: string) => string;
}

/** A labelled text field with its hint and its error. */
export function Field({ label, value, onValue, problem, hint, after, testid, onLeave, format, autoFocus, type = 'text', ...rest }: FieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  // The attribute counts once a document; a field that comes later asks for the cursor itself.
  useEffect(() => { if (autoFocus) input.current?.focus({ preventScroll: true }); }, []);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-box">
        <input {...rest} ref={input} type={type as 'text'} id={id} value={value} data-testid={testid}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}-problem` : hint ? `${id}-hint` : undefined}
          onInput={(event) => onValue(format ? reformat(event.currentTarget, value, format) : event.currentTarget.value)} {...(onLeave ? { onBlur: onLeave } : {})} />
        {after && <span class="field-after">{after}</span>}
      </div>
      {problem
        ? <p class="field-problem" id={`${id}-problem`} data-testid={`${testid}-problem`}>{problem}</p>
        : hint && <p class="field-hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

interface AreaProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  rows: number;
  maxLength?: number;
  problem?: string | null | undefined;
  hint?: ComponentChildren;
  testid: string;
}

/** A labelled text of several lines. */
export function Area({ label, value, onValue, problem, hint, testid, ...rest }: AreaProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea {...rest} id={id} value={value} data-testid={testid} aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : hint ? `${id}-hint` : undefined} onInput={(event) => onValue(event.currentTarget.value)} />
      {problem
        ? <p class="field-problem" id={`${id}-problem`} data-testid={`${testid}-problem`}>{problem}</p>
        : hint && <p class="field-hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

/** Formats in place and puts the caret back behind the digit it was behind. */
function reformat(input: HTMLInputElement, previous: string, format: (text: string, previous: string) => string): string {
  const caret = input.selectionStart ?? input.value.length;
  const atEnd = caret === input.value.length;
  const before = digitsOf(input.value.slice(0, caret)).length;
  const formatted = format(input.value, previous);
  input.value = formatted;
  let at = 0;
  for (let seen = 0; at < formatted.length && seen < before; at++) if (/\d/.test(formatted[at]!)) seen++;
  const place = atEnd ? formatted.length : at;
  input.setSelectionRange(place, place);
  return formatted;
}

interface ButtonProps {
  children: ComponentChildren;
  testid: string;
  kind?: 'primary' | 'secondary' | 'danger' | 'plain';
  busy?: boolean;
  disabled?: boolean;
  wide?: boolean;
  /** For the one thing that matters most on a small screen. */
  big?: boolean;
  type?: 'button' | 'submit';
  /** Whether what the button opens below it is open; left out where it opens nothing. */
  expanded?: boolean;
  onPress?: () => void;
}

/** A button that shows when it is at work, and cannot be pressed twice meanwhile. */
export function Button({ children, testid, kind = 'primary', busy = false, disabled = false, wide, big, type = 'button', expanded, onPress }: ButtonProps) {
  return (
    <button type={type} class={`button button-${kind}${wide ? ' button-wide' : ''}${big ? ' button-big' : ''}`} data-testid={testid}
      disabled={disabled} aria-disabled={busy || undefined} aria-busy={busy || undefined} aria-expanded={expanded}
      onClick={(event) => { if (busy) event.preventDefault(); else onPress?.(); }}>
      {busy && <Spinner />}
      {children}
    </button>
  );
}

export function Spinner() {
  return <span class="spinner" aria-hidden="true" />;
}

/** A message that matters now: read out at once when it is bad news, politely otherwise. */
export function Notice(props: { tone: 'good' | 'bad' | 'warn' | 'info'; children: ComponentChildren; testid?: string }) {
  return (
    <div class={`notice notice-${props.tone}`} role={props.tone === 'bad' ? 'alert' : 'status'} data-testid={props.testid}>
      {props.tone === 'good' ? <CheckIcon /> : <AlertIcon />}
      <div>{props.children}</div>
    </div>
  );
}

/** A sentence with something set into it where it says `{}`. */
export function Around(props: { text: string; children: ComponentChildren }) {
  const [before, after] = props.text.split('{}');
  return <>{before}{props.children}{after}</>;
}

/** Something expected that is not there yet. */
export function Empty(props: { icon: ComponentChildren; title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <span class="empty-icon">{props.icon}</span>
      <p class="empty-title">{props.title}</p>
      {props.children && <p>{props.children}</p>}
    </div>
  );
}
