import { useEffect, useMemo, useState } from 'preact/hooks';
import { Install } from '../app/install.tsx';
import { Update } from '../app/update.tsx';
import { ChatCorner } from '../chat/corner.tsx';
import { Header } from '../shared/header.tsx';
import { useHubClock } from '../shared/hub-clock.ts';
import { AlertIcon, CardIcon, LockIcon } from '../shared/icons.tsx';
import { ApiProblem, NetworkFailure, sentenceFor } from '../shared/problem.ts';
import { startIn } from '../shared/start.tsx';
import { Button, Empty, Notice, Spinner } from '../shared/ui.tsx';
import { t } from '../words/words.ts';
import './my.css';
import { Payments } from './payments.tsx';
import { closeMySession, openMySession, wantedPayment, type MySession } from './session.ts';
import { Settings } from './settings.tsx';
import { useMine } from './use-mine.ts';

const settings = '/my/settings';

function Mine({ session, sandbox, onSignOut }: { session: MySession; sandbox: boolean; onSignOut: () => void }) {
  const mine = useMine(session);
  const wanted = useMemo(() => wantedPayment(true), []);
  const ended = mine.error instanceof ApiProblem && [401, 403, 404].includes(mine.error.status);
  useEffect(() => { if (ended) onSignOut(); }, [ended]);
  const inSettings = location.pathname === settings;
  const { customer } = mine;
  const asked = [...mine.payments.values()].some((payment) => payment.status === 'awaiting_confirmation');
  return (
    <main class="page my" data-testid="my" data-live={mine.live}>
      <div class="my-head">
        <div>
          {customer?.name && <p class="muted small">{t.my.hello(customer.name)}</p>}
          <h1>{inSettings ? t.my.settings : t.my.title}</h1>
        </div>
        <span class="live" data-state={mine.live} data-testid="live-state" role="status">{mine.live === 'live' ? t.live.live : t.live.connecting}</span>
      </div>
      <nav class="my-tabs" aria-label={t.my.title}>
        <a href="/my" aria-current={inSettings ? undefined : 'page'} data-testid="tab-payments">{t.my.payments}</a>
        <a href={settings} aria-current={inSettings ? 'page' : undefined} data-testid="tab-settings">{t.my.settings}</a>
        <Button testid="sign-out" kind="plain" onPress={onSignOut}>{t.my.signOut}</Button>
      </nav>
      <Update busy={asked || inSettings} />
      {mine.error !== null && !ended && <OutOfReach error={mine.error} />}
      {customer && mine.orders ? inSettings
        ? <Settings mine={mine} customer={customer} sandbox={sandbox} />
        : <Payments mine={mine} customer={customer} orders={mine.orders} sandbox={sandbox} wanted={wanted} />
        : mine.error === null && <p class="loading-inline muted" role="status"><Spinner /> {t.my.loading}</p>}
      {!inSettings && !asked && <Install />}
      {customer && <ChatCorner customer={customer.id} token={session.token} />}
    </main>
  );
}

/** The page itself is kept on the device; without the hub it has nothing to show and says so. */
function OutOfReach({ error }: { error: unknown }) {
  if (!(error instanceof NetworkFailure)) return <Notice tone="bad" testid="my-problem">{sentenceFor(error)}</Notice>;
  return (
    <div class="panel" data-testid="offline">
      <Empty icon={<AlertIcon size={26} />} title={t.my.offline}>{t.my.offlineText}</Empty>
      <p class="loading-inline muted small my-trying" role="status"><Spinner /> {t.my.trying}</p>
    </div>
  );
}

function SignedOut({ sandbox }: { sandbox: boolean | null }) {
  useEffect(() => void wantedPayment(false), []);
  return (
    <main class="page narrow">
      <div class="panel" data-testid="signed-out">
        <h1 class="hidden">{t.my.title}</h1>
        <Empty icon={sandbox ? <CardIcon size={26} /> : <LockIcon size={26} />} title={t.my.signedOut}>{t.my.signedOutText}</Empty>
        {sandbox && <a class="button button-primary button-wide" href="/shop#account" data-testid="via-shop">{t.my.viaShop}</a>}
      </div>
      <Update busy={false} />
    </main>
  );
}

function Page() {
  const [session, setSession] = useState(openMySession);
  const sandbox = useHubClock();
  return (
    <>
      <Header here="/my" sandbox={sandbox} languages />
      {session
        ? <Mine session={session} sandbox={sandbox === true} onSignOut={() => { closeMySession(); setSession(null); }} />
        : <SignedOut sandbox={sandbox} />}
    </>
  );
}

void startIn(Page, () => `${t.my.title} · OmniHub`);
