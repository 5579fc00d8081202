import { useCallback, useEffect, useState } from 'preact/hooks';
import { Api } from '../shared/api.ts';
import { Header } from '../shared/header.tsx';
import { useHubClock } from '../shared/hub-clock.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import { start } from '../shared/start.tsx';
import { Button, Notice } from '../shared/ui.tsx';
import { Dashboard } from './dashboard.tsx';
import { SignIn } from './sign-in.tsx';
import { type Staff } from './staff.ts';
import './support.css';

const api = new Api({ kind: 'staff' });

function Support() {
  const sandbox = useHubClock();
  const [staff, setStaff] = useState<Staff | 'nobody' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const ask = useCallback(() => {
    setError(null);
    api.get<Staff>('/staff/me').then(setStaff, (thrown: unknown) => {
      if (thrown instanceof ApiProblem && thrown.status === 401) setStaff('nobody');
      else setError(thrown);
    });
  }, []);
  useEffect(ask, []);
  return (
    <>
      <Header here="/support" sandbox={sandbox} />
      {error !== null && <main class="page sign-in stack"><Notice tone="bad">{sentenceFor(error)}</Notice><Button testid="support-again" onPress={ask}>Try again</Button></main>}
      {error === null && staff === 'nobody' && <SignIn api={api} sandbox={sandbox === true} onSignedIn={ask} />}
      {error === null && staff !== null && staff !== 'nobody' && <Dashboard api={api} staff={staff} onSignedOut={() => setStaff('nobody')} />}
    </>
  );
}

start(Support);
