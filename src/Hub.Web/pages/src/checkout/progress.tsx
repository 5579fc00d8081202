import { CheckIcon, CrossIcon } from '../shared/icons.tsx';
import { t } from '../words/words.ts';

export function Progress(props: { at: number; failed: boolean }) {
  const { stages } = t.checkout;
  return (
    <ol class="progress" aria-label={t.checkout.progress}>
      {stages.map((name, index) => {
        const last = index === stages.length - 1;
        const done = index < props.at || (last && props.at === index && !props.failed);
        const failed = last && props.at === index && props.failed;
        return (
          <li key={name} class={failed ? 'failed' : done ? 'passed' : ''} aria-current={index === props.at ? 'step' : undefined}>
            <span class="progress-mark">{failed ? <CrossIcon size={15} /> : done ? <CheckIcon size={15} /> : index + 1}</span>
            <span>{failed ? t.checkout.ended : name}</span>
          </li>
        );
      })}
    </ol>
  );
}
