import { useEffect, useState } from 'preact/hooks';
import { Api } from '../shared/api.ts';
import { useTask } from '../shared/hooks.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import { Button, Field, Notice } from '../shared/ui.tsx';

interface Authenticator {
  email?: string;
  password?: string;
  code: string;
  seconds_left: number;
}

const sandbox = new Api({ kind: 'anyone' });

/** Password and second factor. */
export function SignIn(props: { api: Api; sandbox: boolean; onSignedIn: () => void }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const task = useTask();
  const [left, setLeft] = useState(0);
  const [asksPassword, setAsksPassword] = useState(false);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  const demo = () => task.run(async () => {
    const demo = await sandbox.get<Authenticator>('/sandbox/api/authenticator');
    setEmail(demo.email ?? 'support@acme.example');
    if (demo.password) setPassword(demo.password);
    setAsksPassword(!demo.password);
    setCode(demo.code);
    setLeft(demo.seconds_left);
  });
  const signIn = () => task.run(async () => {
    await props.api.post('/staff/sign-in', { email: email.trim(), password, code });
    props.onSignedIn();
  });
  return (
    <main class="page sign-in">
      <form class="panel stack" onSubmit={(event) => { event.preventDefault(); void signIn(); }} data-testid="sign-in-form">
        <div>
          <h1>Support</h1>
          <p class="muted">Sign in to see every journey of your merchants, live.</p>
        </div>
        <Field label="E-mail" type="email" testid="staff-email" value={email} onValue={setEmail} autoComplete="username" required />
        <Field label="Password" type="password" testid="staff-password" value={password} onValue={setPassword} autoComplete="current-password" required
          hint={asksPassword ? 'The hub prints it when it starts.' : undefined} />
        <Field label="Code of your authenticator" testid="staff-code" class="code" value={code} onValue={(v) => setCode(v.replace(/\D/g, '').slice(0, 6))}
          inputMode="numeric" autoComplete="one-time-code" pattern="[0-9]{6}" maxLength={6} required
          hint={left > 0 ? `This code counts for another ${left} s.` : undefined} />
        {task.error !== null && <Notice tone="bad" testid="sign-in-problem">{refusal(task.error)}</Notice>}
        <Button testid="sign-in" type="submit" wide busy={task.busy}>Sign in</Button>
        {props.sandbox && <Button testid="demo-user" kind="plain" onPress={demo}>Fill in the demo user</Button>}
      </form>
    </main>
  );
}

/** Which of the three was wrong is nobody's business. */
function refusal(error: unknown): string {
  if (error instanceof ApiProblem && error.status === 401) return 'E-mail, password or code is not right. A code counts once: wait for the next one.';
  return sentenceFor(error);
}
