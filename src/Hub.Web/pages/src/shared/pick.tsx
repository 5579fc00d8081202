import { useEffect, useId, useRef } from 'preact/hooks';

interface Props {
  label: string;
  value: string;
  /** Value and words of each choice. */
  options: readonly (readonly [string, string])[];
  onValue: (value: string) => void;
  problem?: string | null;
  hint?: string;
  autoFocus?: boolean;
  testid: string;
}

/** A labelled choice from a list, with its hint and its error. */
export function Pick({ label, value, options, onValue, problem, hint, autoFocus, testid }: Props) {
  const id = useId();
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => { if (autoFocus) select.current?.focus({ preventScroll: true }); }, []);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select ref={select} id={id} value={value} data-testid={testid} aria-invalid={problem ? true : undefined} aria-describedby={problem || hint ? `${id}-more` : undefined}
        onChange={(event) => onValue(event.currentTarget.value)}>
        {options.map(([one, words]) => <option key={one} value={one}>{words}</option>)}
      </select>
      {problem
        ? <p class="field-problem" id={`${id}-more`} data-testid={`${testid}-problem`}>{problem}</p>
        : hint && <p class="field-hint" id={`${id}-more`}>{hint}</p>}
    </div>
  );
}
