import { useEffect, useRef, useState } from 'preact/hooks';
import { CardIcon, LockIcon } from '../shared/icons.tsx';
import { Header } from '../shared/header.tsx';
import { useHubClock } from '../shared/hub-clock.ts';
import { formatAmount } from '../shared/money.ts';
import { sentenceFor } from '../shared/problem.ts';
import { hasEnded } from '../shared/session-check.ts';
import type { Payment } from '../shared/types.ts';
import { startIn } from '../shared/start.tsx';
import { Button, Empty, Notice, Spinner } from '../shared/ui.tsx';
import { Update } from '../app/update.tsx';
import { ChatCorner } from '../chat/corner.tsx';
import './checkout.css';
import { ConfirmStep } from './confirm-step.tsx';
import { Invoice } from './invoice.tsx';
import { whatHappened } from './late.ts';
import { PayStep } from './pay-step.tsx';
import { Progress } from './progress.tsx';
import { ResultStep } from './result-step.tsx';
import { ReviewStep } from './review-step.tsx';
import { closeSession, openSession, type Session } from './session.ts';
import { stageOf, stepOf } from './step.ts';
import { useJourney, type Journey } from './use-journey.ts';
import { VerifyStep } from './verify-step.tsx';
import { BankStep, WorkingStep } from './waiting-steps.tsx';
import type { OpenWallet } from './wallet.ts';
import { t } from '../words/words.ts';

/** What is asked next begins at its top, and a keyboard or a screen reader begins there as well. */
function useStepInView(step: string | null) {
  const section = useRef<HTMLElement>(null);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (step !== null && shown.current !== null && shown.current !== step) {
      // A step that begins with a field has already put the cursor there.
      if (!section.current?.contains(document.activeElement)) section.current?.focus({ preventScroll: true });
      window.scrollTo({ top: 0 });
    }
    shown.current = step;
  }, [step]);
  return section;
}

function Checkout(props: { session: Session; sandbox: boolean }) {
  const journey = useJourney(props.session);
  const { payment, order, customer, error } = journey;
  const step = payment && order && customer ? stepOf(order, customer, payment) : null;
  const section = useStepInView(step);
  if (error) return <Failed error={error} payment={props.session.payment} again={journey.reload} />;
  if (!payment || !order || !customer || !step) return <p class="loading" role="status"><Spinner /> {t.checkout.loading}</p>;
  return (
    <main class="page checkout" data-testid="checkout" data-step={step} data-status={payment.status}>
      <Update busy={step !== 'done'} />
      <div class="checkout-head">
        <div>
          <p class="muted small">{t.checkout.paying(payment.merchant.name)}</p>
          <h1 data-testid="amount">{formatAmount(payment.amount)}</h1>
        </div>
        <span class="live" data-state={journey.live} data-testid="live-state" role="status">
          {journey.live === 'live' ? t.live.live : t.live.connecting}
        </span>
      </div>
      <Progress at={stageOf(step, payment)} failed={payment.status === 'canceled' || payment.status === 'expired'} />
      <div class="checkout-body">
        <section class="panel checkout-step" aria-label={t.checkout.nextStep} tabIndex={-1} ref={section}>
          {journey.overtaken && <Overtaken payment={payment} />}
          <StepView step={step} journey={journey} sandbox={props.sandbox} />
        </section>
        <aside><Invoice order={order} /></aside>
      </div>
      <ChatCorner customer={payment.customer} token={props.session.token} />
      <p class="checkout-foot muted small"><LockIcon size={15} /> {t.checkout.encrypted(payment.merchant.name)}</p>
    </main>
  );
}

function StepView({ step, journey, sandbox }: { step: ReturnType<typeof stepOf>; journey: Journey; sandbox: boolean }) {
  const [wallet, setWallet] = useState<OpenWallet | null>(null);
  const props = { journey, payment: journey.payment!, order: journey.order!, customer: journey.customer!, banks: journey.banks };
  switch (step) {
    case 'review': return <ReviewStep {...props} />;
    case 'verify': return <VerifyStep {...props} sandbox={sandbox} />;
    // A new attempt begins with an empty form: the last card's digits are gone.
    case 'pay': return <PayStep key={props.payment.attempts.length} {...props} sandbox={sandbox} wallet={wallet} onWallet={setWallet} />;
    case 'bank': return <BankStep {...props} />;
    case 'working': return <WorkingStep {...props} />;
    case 'confirm': return <ConfirmStep key={props.payment.confirmation?.id} {...props} sandbox={sandbox} />;
    case 'done': return <ResultStep {...props} sandbox={sandbox} />;
  }
}

/** Somebody was quicker, on another channel or in another tab: that is no error of this page. */
function Overtaken({ payment }: { payment: Payment }) {
  return <div class="overtaken"><Notice tone="info" testid="answered-elsewhere"><b>{t.checkout.answered.title}</b><br />{whatHappened(payment)}</Notice></div>;
}

function Failed(props: { error: unknown; payment: string; again: () => void }) {
  const ended = hasEnded(props.error);
  if (ended) closeSession(props.payment);
  return (
    <main class="page narrow stack">
      {ended ? <NoSession /> : <>
        <h1 class="hidden">{t.checkout.title}</h1>
        <Notice tone="bad" testid="load-problem">{sentenceFor(props.error)}</Notice>
        <Button testid="load-again" onPress={props.again}>{t.again}</Button>
      </>}
    </main>
  );
}

function NoSession() {
  return (
    <div class="panel" data-testid="no-session">
      <h1 class="hidden">{t.checkout.title}</h1>
      <Empty icon={<CardIcon size={26} />} title={t.checkout.closed}>
        {t.checkout.closedText}
      </Empty>
    </div>
  );
}

function Page() {
  const [session] = useState(openSession);
  const sandbox = useHubClock();
  return (
    <>
      <Header here="/checkout" sandbox={sandbox} languages />
      {session ? <Checkout session={session} sandbox={sandbox === true} /> : <main class="page narrow"><NoSession /></main>}
    </>
  );
}

void startIn(Page, () => `${t.checkout.title} · OmniHub`);
