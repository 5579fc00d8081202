import { useEffect, useRef, useState } from 'preact/hooks';
import { useTask } from '../shared/hooks.ts';
import { OnceMore } from '../shared/once-more.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import type { Customer } from '../shared/types.ts';
import { Button, Notice } from '../shared/ui.tsx';
import { choose, languageOf, languages, t } from '../words/words.ts';
import { Addresses } from './addresses.tsx';
import { DigestChoice } from './digest.tsx';
import { Pick } from '../shared/pick.tsx';
import { Quiet } from './quiet.tsx';
import { changesOf, channelsOf, orders, topics, wishesOf, withChanges, type WishChanges, type Wishes } from './wishes.ts';
import type { Mine } from './use-mine.ts';

const waits = [30, 60, 120, 180, 300, 600];

/** How the customer wants to be asked and told; each field shows the hub's reason where it refuses one. */
export function Settings({ mine, customer, sandbox }: { mine: Mine; customer: Customer; sandbox: boolean }) {
  return (
    <div class="my-settings">
      <Preferences mine={mine} customer={customer} />
      <Addresses mine={mine} customer={customer} sandbox={sandbox} />
    </div>
  );
}

function Preferences({ mine, customer }: { mine: Mine; customer: Customer }) {
  const [wishes, setWishes] = useState<Wishes>(() => wishesOf(customer));
  const [saved, setSaved] = useState(false);
  const task = useTask();
  const once = useRef(new OnceMore<WishChanges>());
  const put = (change: Partial<Wishes>) => { setWishes({ ...wishes, ...change }); setSaved(false); task.clear(); };
  // What was changed elsewhere, by the shop, a link in a mail or on another device, shows here, beside what is being changed.
  const known = useRef(wishes);
  useEffect(() => {
    const now = wishesOf(customer);
    const before = known.current;
    known.current = now;
    setWishes((typed) => withChanges(now, changesOf(typed, before)));
  }, [customer.version]);
  const refused = task.error instanceof ApiProblem ? task.error : null;
  const problem = (...names: string[]) => refused?.field(...names) ?? null;
  const save = () => task.run(async () => {
    const changes = changesOf(wishes, known.current);
    const next = Object.keys(changes).length === 0 ? customer : await once.current.run(JSON.stringify(changes), async () => changes, (body, key) => mine.api.patch<Customer>(`/v1/customers/${customer.id}`, body, { key }));
    mine.setCustomer(next);
    known.current = wishesOf(next);
    setWishes(known.current);
    setSaved(true);
    const spoken = languageOf(next.locale);
    if (spoken) await choose(spoken);
  });
  const channels = channelsOf(customer);
  const { confirmation } = wishes;
  return (
    <form class="panel stack" noValidate data-testid="settings" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <h2>{t.my.set.title}</h2>
      <Pick label={t.my.set.language} testid="set-locale" value={languageOf(wishes.locale) ?? 'en'} problem={problem('locale')} hint={t.my.set.languageHint}
        options={Object.entries(languages)} onValue={(locale) => put({ locale })} />
      <fieldset class="stack my-set">
        <legend>{t.my.set.ask}</legend>
        <Pick label={t.my.set.first} testid="set-method" value={confirmation.method} problem={problem('confirmation.method')} options={channels.map((one) => [one, t.channel[one] ?? one])}
          onValue={(method) => put({ confirmation: { ...confirmation, method, fallback: confirmation.fallback.filter((one) => one !== method) } })} />
        <Pick label={t.my.set.then} testid="set-fallback" value={confirmation.fallback.join(',')} problem={problem('confirmation.fallback')}
          options={[['', t.my.set.nothing], ...orders(channels.filter((one) => one !== confirmation.method), confirmation.fallback).map(inWords)]}
          onValue={(list) => put({ confirmation: { ...confirmation, fallback: list === '' ? [] : list.split(',') } })} />
        <Pick label={t.my.set.after} testid="set-after" value={String(confirmation.fallback_after_seconds)} problem={problem('confirmation.fallback_after_seconds')}
          options={[...new Set([...waits, confirmation.fallback_after_seconds])].sort((a, b) => a - b).map((wait) => [String(wait), t.my.set.seconds(wait)])}
          onValue={(wait) => put({ confirmation: { ...confirmation, fallback_after_seconds: Number(wait) } })} />
      </fieldset>
      <fieldset class="stack my-set">
        <legend>{t.my.set.topics}</legend>
        <p class="muted small">{t.my.set.topicHint}</p>
        {topics.map((topic) => (
          <Pick key={topic} label={t.my.set.topic[topic]} testid={`set-${topic}`} value={wishes.notifications[topic].join(',')} problem={problem(`notifications.${topic}`)}
            options={[['', t.my.set.none], ...orders(channels.filter((one) => one !== 'chat'), wishes.notifications[topic]).map(inWords)]}
            onValue={(list) => put({ notifications: { ...wishes.notifications, [topic]: list === '' ? [] : list.split(',') } })} />
        ))}
      </fieldset>
      <Quiet hours={wishes.quiet_hours} onHours={(quiet_hours) => put({ quiet_hours })}
        problems={{ from: problem('quiet_hours.from'), to: problem('quiet_hours.to'), time_zone: problem('quiet_hours.time_zone') }} />
      <DigestChoice digest={wishes.digest} onDigest={(digest) => put({ digest })} problems={{ at: problem('digest.at'), topics: problem('digest.topics') }} />
      {task.error !== null && <Notice tone="bad" testid="settings-problem">{sentenceFor(task.error)}</Notice>}
      <Button testid="settings-save" type="submit" wide busy={task.busy}>{task.busy ? t.my.set.saving : t.my.set.save}</Button>
      <p class="small muted my-saved" role="status" data-testid="settings-saved">{saved ? t.my.set.saved : null}</p>
    </form>
  );
}

/** `E-mail, else Text message` for the channels in order. */
function inWords(list: readonly string[]): [string, string] {
  const names = list.map((one) => t.channel[one] ?? one);
  return [list.join(','), names.reduce((first, then) => t.my.set.firstThen(first, then))];
}
