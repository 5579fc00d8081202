import type { QuietHours } from '../shared/types.ts';
import { Field } from '../shared/ui.tsx';
import { t } from '../words/words.ts';
import { Pick } from '../shared/pick.tsx';

interface Props {
  hours: QuietHours | Record<string, never>;
  onHours: (hours: QuietHours | Record<string, never>) => void;
  problems: { from: string | null; to: string | null; time_zone: string | null };
}

const night = { from: '22:00', to: '07:00' };

/** When no phone rings for news, by the customer's own clock. */
export function Quiet({ hours, onHours, problems }: Props) {
  const on = 'from' in hours ? (hours as QuietHours) : null;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([on?.time_zone ?? here, here, ...Intl.supportedValuesOf('timeZone')])].sort();
  return (
    <fieldset class="stack my-set">
      <legend>{t.my.set.quiet}</legend>
      <div class="choice">
        <label>
          <input type="checkbox" checked={on !== null} data-testid="set-quiet" onChange={(event) => onHours(event.currentTarget.checked ? { ...night, time_zone: here } : {})} />
          <span>{on ? t.my.set.quietOn : t.my.set.off}<small>{t.my.set.quietHint}</small></span>
        </label>
      </div>
      {on && (
        <>
          <div class="two">
            <Field label={t.my.set.from} testid="set-quiet-from" type="time" value={on.from} problem={problems.from} onValue={(from) => onHours({ ...on, from })} />
            <Field label={t.my.set.to} testid="set-quiet-to" type="time" value={on.to} problem={problems.to} onValue={(to) => onHours({ ...on, to })} />
          </div>
          <Pick label={t.my.set.zone} testid="set-quiet-zone" value={on.time_zone} problem={problems.time_zone} options={zones.map((zone) => [zone, zone.replaceAll('_', ' ')])}
            onValue={(time_zone) => onHours({ ...on, time_zone })} />
        </>
      )}
    </fieldset>
  );
}
