import { useEffect, useState } from 'preact/hooks';
import type { Api } from '../shared/api.ts';
import { useTask } from '../shared/hooks.ts';
import { PeopleIcon } from '../shared/icons.tsx';
import { sentenceFor } from '../shared/problem.ts';
import { Button, Empty, Notice } from '../shared/ui.tsx';
import { JourneyView } from './journey-view.tsx';
import { QueueView } from './queue-view.tsx';
import { merchantIds, type Staff } from './staff.ts';
import { useQueue } from './use-queue.ts';

const chosenInAddress = () => location.hash.slice(1) || null;

/** Left every journey, live; right one of them, whole. */
export function Dashboard(props: { api: Api; staff: Staff; onSignedOut: () => void }) {
  const live = useQueue(props.api, merchantIds(props.staff));
  const [chosen, setChosen] = useState(chosenInAddress);
  const task = useTask();
  useEffect(() => {
    const changed = () => setChosen(chosenInAddress());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  const choose = (payment: string | null) => { location.hash = payment ?? ''; };
  const signOut = () => task.run(async () => { await props.api.post('/staff/sign-out', {}); props.onSignedOut(); });
  return (
    <main class="support" data-open={chosen !== null} data-testid="dashboard">
      <section class="support-queue" aria-label="Journeys">
        <div class="support-who">
          <span class="live" data-state={live.state} data-testid="live-state" role="status">{live.state === 'live' ? 'Live' : 'Connecting…'}</span>
          <span class="muted small support-mail" title={props.staff.roles.join(', ')}>{props.staff.email}</span>
          <Button testid="sign-out" kind="plain" busy={task.busy} onPress={signOut}>Sign out</Button>
        </div>
        {(live.error ?? task.error) !== null && <Notice tone="bad">{sentenceFor(live.error ?? task.error)}</Notice>}
        <QueueView live={live} chosen={chosen} onChoose={choose} />
      </section>
      <section class="support-journey" aria-label="Journey">
        {chosen
          ? <JourneyView key={chosen} api={props.api} id={chosen} live={live} onBack={() => choose(null)} />
          : <Empty icon={<PeopleIcon size={26} />} title="Pick a journey">All of it shows here as one timeline: web, text messages, e-mail, bank.</Empty>}
      </section>
    </main>
  );
}
