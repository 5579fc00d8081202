import type { Digest, Topic } from '../shared/types.ts';
import { Field } from '../shared/ui.tsx';
import { t } from '../words/words.ts';

interface Props {
  digest: Digest | Record<string, never>;
  onDigest: (digest: Digest | Record<string, never>) => void;
  problems: { at: string | null; topics: string | null };
}

/** What can wait for one mail a day; how a payment stands never does. */
const waiting: readonly Topic[] = ['receipts', 'refunds', 'shipping'];

/** News that come together, once a day, by the customer's own clock. */
export function DigestChoice({ digest, onDigest, problems }: Props) {
  const on = 'at' in digest ? (digest as Digest) : null;
  const toggle = (topic: Topic, checked: boolean) => on && onDigest({ ...on, topics: waiting.filter((one) => (one === topic ? checked : on.topics.includes(one))) });
  return (
    <fieldset class="stack my-set">
      <legend>{t.my.set.digestTitle}</legend>
      <div class="choice">
        <label>
          <input type="checkbox" checked={on !== null} data-testid="set-digest"
            onChange={(event) => onDigest(event.currentTarget.checked ? { at: '09:00', time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone, topics: [...waiting] } : {})} />
          <span>{on ? t.my.set.digest : t.my.set.noDigest}</span>
        </label>
      </div>
      {on && (
        <>
          <Field label={t.my.set.digestAt} testid="set-digest-at" type="time" value={on.at} problem={problems.at} onValue={(at) => onDigest({ ...on, at })} />
          <div class="choice my-digest-topics" role="group" aria-label={t.my.set.topics}>
            {waiting.map((topic) => (
              <label key={topic}><input type="checkbox" checked={on.topics.includes(topic)} data-testid={`set-digest-${topic}`} onChange={(event) => toggle(topic, event.currentTarget.checked)} /><span>{t.my.set.topic[topic]}</span></label>
            ))}
          </div>
          {problems.topics && <p class="field-problem" data-testid="set-digest-topics-problem">{problems.topics}</p>}
        </>
      )}
    </fieldset>
  );
}
