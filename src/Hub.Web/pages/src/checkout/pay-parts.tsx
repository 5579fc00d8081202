import { LockIcon } from '../shared/icons.tsx';
import { formatAmount } from '../shared/money.ts';
import { sentenceFor } from '../shared/problem.ts';
import type { Amount } from '../shared/types.ts';
import { Button, Notice } from '../shared/ui.tsx';
import { t } from '../words/words.ts';

/** The one button that pays, with the amount on it, whatever is paid with. */
export function PayButton(props: { busy: boolean; amount: Amount; working: string; disabled?: boolean }) {
  return (
    <>
      <Button testid="pay" type="submit" wide busy={props.busy} disabled={props.disabled ?? false}>
        {props.busy ? props.working : <><LockIcon /> {t.pay.press(formatAmount(props.amount))}</>}
      </Button>
      <p class="muted small">{t.pay.askedFirst}</p>
    </>
  );
}

/** A refusal that belongs to no field. */
export function PayProblem(props: { error: unknown }) {
  return props.error === null ? null : <Notice tone="bad" testid="pay-problem">{sentenceFor(props.error)}</Notice>;
}

export function focusFirstProblem(): void {
  // After the render that marks the fields.
  setTimeout(() => document.querySelector<HTMLElement>('form [aria-invalid]')?.focus(), 0);
}
