import { CheckIcon, CrossIcon } from '../shared/icons.tsx';
import { stages } from './step.ts';

export function Progress(props: { at: number; failed: boolean }) {
  return (
    <ol class="progress" aria-label="Progress">
      {stages.map((name, index) => {
        const last = index === stages.length - 1;
        const done = index < props.at || (last && props.at === index && !props.failed);
        const failed = last && props.at === index && props.failed;
        return (
          <li key={name} class={failed ? 'failed' : done ? 'passed' : ''} aria-current={index === props.at ? 'step' : undefined}>
            <span class="progress-mark">{failed ? <CrossIcon size={15} /> : done ? <CheckIcon size={15} /> : index + 1}</span>
            <span>{failed ? 'Ended' : name}</span>
          </li>
        );
      })}
    </ol>
  );
}
