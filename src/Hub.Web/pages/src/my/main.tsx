import { useEffect, useMemo, useState } from 'preact/hooks';
import { Install } from '../app/install.tsx';
import { Update } from '../app/update.tsx';
import { ChatCorner } from '../chat/corner.tsx';
import { Header } from '../shared/header.tsx';
import { useHubClock } from '../shared/hub-clock.ts';
import { AlertIcon, CardIcon, LockIcon } from '../shared/icons.tsx';
import { NetworkFailure, sentenceFor } from '../shared/problem.ts';
import { hasEnded } from '../shared/session-check.ts';
import { startIn } from '../shared/start.tsx';
import { Button, Empty, Notice, Spinner } from '../shared/ui.tsx';
import { t } from '../words/words.ts';
import './my.css';
import { Payments } from './payments.tsx';
import { closeMySession, openMySession, wantedPayment, type MySession } from './session.ts';
import { Settings } from './settings.tsx';
import { useMine } from './use-mine.ts';

const settings = '/my/settings';

function Mine({ session, sandbox, onSignOut, onEnded }: { session: MySession; sandbox: boolean; onSignOut: () => void; onEnded: () => void }) {
  const mine = useMine(session);
  const wanted = useMemo(wantedPayment, []);
  const ended = hasEnded(mine.error);
  useEffect(() => { if (ended) onEnded(); }, [ended]);
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

/** @param ended whether the visit came to its end by itself, which is said; whoever signed out knows */
function SignedOut({ sandbox, ended }: { sandbox: boolean | null; ended: boolean }) {
  useEffect(() => void wantedPayment(), []);
  return (
    <main class="page narrow">
      <div class="panel" data-testid="signed-out" data-ended={ended || undefined}>
        <h1 class="hidden">{t.my.title}</h1>
        <Empty icon={sandbox ? <CardIcon size={26} /> : <LockIcon size={26} />} title={ended ? t.my.ended : t.my.signedOut}>{ended ? t.my.endedText : t.my.signedOutText}</Empty>
        {sandbox && <a class="button button-primary button-wide" href="/shop#account" data-testid="via-shop">{t.my.viaShop}</a>}
      </div>
      <Update busy={false} />
    </main>
  );
}

function Page() {
  const [session, setSession] = useState(openMySession);
  const [ended, setEnded] = useState(false);
  const close = () => { closeMySession(); setSession(null); };
  const sandbox = useHubClock();
  return (
    <>
      <Header here="/my" sandbox={sandbox} languages />
      {session
        ? <Mine session={session} sandbox={sandbox === true} onSignOut={close} onEnded={() => { close(); setEnded(true); }} />
        : <SignedOut sandbox={sandbox} ended={ended} />}
    </>
  );
}

void startIn(Page, () => `${t.my.title} · OmniHub`);
