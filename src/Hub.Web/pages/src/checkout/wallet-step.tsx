import { useEffect, useMemo, useState } from 'preact/hooks';
import { useLoaded, useTask } from '../shared/hooks.ts';
import { hubNow } from '../shared/hub-clock.ts';
import { LockIcon } from '../shared/icons.tsx';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import type { Customer } from '../shared/types.ts';
import { Button, Field, Notice, Spinner } from '../shared/ui.tsx';
import { shortTime } from '../shared/when.ts';
import { CardForm } from './card-form.tsx';
import { declinedIn } from './methods.ts';
import { NewWallet } from './new-wallet.tsx';
import { focusFirstProblem } from './pay-parts.tsx';
import type { MethodProps } from './step-props.ts';
import { longestPassword, passwordProblem, WalletDoor, type OpenWallet } from './wallet.ts';
import { t } from '../words/words.ts';

interface Props extends MethodProps {
  open: OpenWallet | null;
  onOpen: (wallet: OpenWallet | null) => void;
}

/** Several cards behind one password: set it once, open the wallet, pick a card. After a decline it is still open. */
export function WalletStep(props: Props) {
  const { journey, customer, payment, payer, sandbox, open, onOpen } = props;
  const [closedAgain, setClosedAgain] = useState(false);
  const door = useMemo(() => new WalletDoor(journey.api, customer.id), [journey.api, customer.id]);
  useClosing(open, () => { setClosedAgain(true); onOpen(null); });
  if (!open) return <Door door={door} customer={customer} sandbox={sandbox} closedAgain={closedAgain} onOpen={(wallet) => { setClosedAgain(false); onOpen(wallet); }} />;
  return (
    <>
      <p class="wallet-open small" data-testid="wallet-open" tabIndex={-1} ref={focusOnce}><LockIcon size={15} /> {t.pay.wallet.openUntil(shortTime(open.expires_at))}
        <Button testid="wallet-close" kind="plain" onPress={() => onOpen(null)}>{t.pay.wallet.close}</Button></p>
      {open.instruments.length === 0 && <p class="muted small">{t.pay.wallet.empty}</p>}
      <CardForm saved={open.instruments} declined={declinedIn(payment)} payment={payment} sandbox={sandbox} anotherName={t.pay.wallet.add}
        pay={async (saved, card) => {
          try {
            const instrument = saved ?? await payer.storeCard(card, open.wallet);
            journey.setPayment(await payer.payByCard(instrument.id, card.code, open.wallet));
            if (!saved) onOpen({ ...open, instruments: [...open.instruments, instrument] });
          } catch (error) {
            if (!(error instanceof ApiProblem && error.code === 'wallet_closed')) throw error;
            setClosedAgain(true);
            onOpen(null);
          }
        }} />
    </>
  );
}

/** The button that opened the wallet is gone: a keyboard goes on where the wallet begins. */
function focusOnce(line: HTMLElement | null): void {
  if (line && document.activeElement === document.body) line.focus({ preventScroll: true });
}

/** The wallet closes by itself; the page says so at that moment, not at the next press. */
function useClosing(open: OpenWallet | null, close: () => void): void {
  useEffect(() => {
    if (!open) return;
    const timer = setInterval(() => { if (hubNow() >= Date.parse(open.expires_at)) close(); }, 1000);
    return () => clearInterval(timer);
  }, [open]);
}

function Door(props: { door: WalletDoor; customer: Customer; sandbox: boolean; closedAgain: boolean; onOpen: (wallet: OpenWallet) => void }) {
  const closed = useLoaded(() => props.door.look(), props.customer.id);
  if (closed.error !== null) return <Notice tone="bad" testid="wallet-problem">{sentenceFor(closed.error)}</Notice>;
  if (!closed.value) return <p class="loading-inline muted" role="status"><Spinner /> {t.pay.wallet.looking}</p>;
  return closed.value.set
    ? <Unlock door={props.door} cards={closed.value.cards} closedAgain={props.closedAgain} onOpen={props.onOpen} />
    : <NewWallet door={props.door} customer={props.customer} sandbox={props.sandbox} codeRequired={closed.value.code_required} onOpen={props.onOpen} />;
}

function Unlock(props: { door: WalletDoor; cards: number; closedAgain: boolean; onOpen: (wallet: OpenWallet) => void }) {
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const task = useTask();
  const press = () => {
    const found = password.length === 0 ? t.pay.wallet.enterPassword : passwordProblem(password) && t.pay.wallet.notThat;
    setProblem(found);
    if (found) return focusFirstProblem();
    void task.run(async () => props.onOpen(await props.door.open(password)));
  };
  return (
    <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); press(); }}>
      {props.closedAgain && <Notice tone="info" testid="wallet-closed">{t.pay.wallet.closedAgain}</Notice>}
      <p class="muted">{t.pay.wallet.holds(props.cards)} {t.pay.wallet.openIt}</p>
      <Field label={t.pay.wallet.password} testid="wallet-password" type="password" value={password} autoComplete="current-password" maxLength={longestPassword}
        onValue={(value) => { setPassword(value); setProblem(null); task.clear(); }} problem={problem ?? refusal(task.error)} />
      <Button testid="wallet-unlock" type="submit" wide busy={task.busy}>{t.pay.wallet.unlock}</Button>
    </form>
  );
}

function refusal(error: unknown): string | null {
  if (error === null) return null;
  if (!(error instanceof ApiProblem)) return sentenceFor(error);
  switch (error.code) {
    case 'wrong_wallet_password': return t.pay.wallet.notThatLocked;
    case 'wallet_locked': return t.pay.wallet.locked;
    default: return error.field('password') ?? sentenceFor(error);
  }
}
