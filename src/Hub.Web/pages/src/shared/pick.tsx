import { useId } from 'preact/hooks';

interface Props {
  label: string;
  value: string;
  /** Value and words of each choice. */
  options: readonly (readonly [string, string])[];
  onValue: (value: string) => void;
  problem?: string | null;
  hint?: string;
  testid: string;
}

/** A labelled choice from a list, with its hint and its error. */
export function Pick({ label, value, options, onValue, problem, hint, testid }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} data-testid={testid} aria-invalid={problem ? true : undefined} aria-describedby={problem || hint ? `${id}-more` : undefined}
        onChange={(event) => onValue(event.currentTarget.value)}>
        {options.map(([one, words]) => <option key={one} value={one}>{words}</option>)}
      </select>
      {problem
        ? <p class="field-problem" id={`${id}-more`} data-testid={`${testid}-problem`}>{problem}</p>
        : hint && <p class="field-hint" id={`${id}-more`}>{hint}</p>}
    </div>
  );
}
