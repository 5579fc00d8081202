import { useEffect, useMemo, useState } from 'preact/hooks';
import { useLoaded, useTask } from '../shared/hooks.ts';
import { hubNow } from '../shared/hub-clock.ts';
import { LockIcon } from '../shared/icons.tsx';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import { Button, Field, Notice, Spinner } from '../shared/ui.tsx';
import { shortTime } from '../shared/when.ts';
import { CardForm } from './card-form.tsx';
import { declinedIn } from './methods.ts';
import { focusFirstProblem } from './pay-parts.tsx';
import type { MethodProps } from './step-props.ts';
import { longestPassword, passwordProblem, WalletDoor, type OpenWallet } from './wallet.ts';

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
  if (!open) return <Door door={door} customer={customer.id} closedAgain={closedAgain} onOpen={(wallet) => { setClosedAgain(false); onOpen(wallet); }} />;
  return (
    <>
      <p class="wallet-open small" data-testid="wallet-open" tabIndex={-1} ref={focusOnce}><LockIcon size={15} /> Open until {shortTime(open.expires_at)}
        <Button testid="wallet-close" kind="plain" onPress={() => onOpen(null)}>Close the wallet</Button></p>
      {open.instruments.length === 0 && <p class="muted small">It is empty. Add a card: its number is kept, its security code never is.</p>}
      <CardForm saved={open.instruments} declined={declinedIn(payment)} payment={payment} sandbox={sandbox} anotherName="Add a card to the wallet"
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

function Door(props: { door: WalletDoor; customer: string; closedAgain: boolean; onOpen: (wallet: OpenWallet) => void }) {
  const closed = useLoaded(() => props.door.look(), props.customer);
  if (closed.error !== null) return <Notice tone="bad" testid="wallet-problem">{sentenceFor(closed.error)}</Notice>;
  if (!closed.value) return <p class="loading-inline muted" role="status"><Spinner /> Looking for your wallet…</p>;
  return closed.value.set
    ? <Unlock door={props.door} cards={closed.value.cards} closedAgain={props.closedAgain} onOpen={props.onOpen} />
    : <FirstPassword door={props.door} onOpen={props.onOpen} />;
}

function Unlock(props: { door: WalletDoor; cards: number; closedAgain: boolean; onOpen: (wallet: OpenWallet) => void }) {
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const task = useTask();
  const press = () => {
    const found = password.length === 0 ? 'Enter the password of your wallet.' : passwordProblem(password) && 'That is not the password of your wallet.';
    setProblem(found);
    if (found) return focusFirstProblem();
    void task.run(async () => props.onOpen(await props.door.open(password)));
  };
  return (
    <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); press(); }}>
      {props.closedAgain && <Notice tone="info" testid="wallet-closed">Your wallet has closed by itself. Open it again.</Notice>}
      <p class="muted">{holds(props.cards)} Open it with its password.</p>
      <Field label="Password of the wallet" testid="wallet-password" type="password" value={password} autoComplete="current-password" maxLength={longestPassword}
        onValue={(value) => { setPassword(value); setProblem(null); task.clear(); }} problem={problem ?? refusal(task.error)} />
      <Button testid="wallet-unlock" type="submit" wide busy={task.busy}>Open the wallet</Button>
    </form>
  );
}

function FirstPassword(props: { door: WalletDoor; onOpen: (wallet: OpenWallet) => void }) {
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [problems, setProblems] = useState<{ password?: string; again?: string }>({});
  const task = useTask();
  const press = () => {
    const wrong = passwordProblem(password);
    const found = wrong ? { password: wrong } : password !== again ? { again: 'This is not the same password.' } : {};
    setProblems(found);
    if (Object.keys(found).length > 0) return focusFirstProblem();
    void task.run(async () => {
      const now = await props.door.look();
      if (!now.set) await props.door.set(password);
      props.onOpen(await props.door.open(password));
    });
  };
  return (
    <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); press(); }}>
      <p class="muted">You have no wallet yet. Give it a password of its own: you type it whenever you pay from it, and nobody can read it to you.</p>
      <Field label="New password" testid="wallet-new-password" type="password" value={password} autoComplete="new-password" maxLength={longestPassword}
        onValue={(value) => { setPassword(value); setProblems({}); task.clear(); }} problem={problems.password ?? refusal(task.error)} hint="At least 8 characters." />
      <Field label="The same once more" testid="wallet-new-again" type="password" value={again} autoComplete="new-password" maxLength={longestPassword}
        onValue={(value) => { setAgain(value); setProblems({}); }} problem={problems.again} />
      <Button testid="wallet-create" type="submit" wide busy={task.busy}>Create the wallet</Button>
    </form>
  );
}

function holds(cards: number): string {
  if (cards === 0) return 'There is no card in your wallet yet.';
  return cards === 1 ? 'There is one card in your wallet.' : `There are ${cards} cards in your wallet.`;
}

function refusal(error: unknown): string | null {
  if (error === null) return null;
  if (!(error instanceof ApiProblem)) return sentenceFor(error);
  switch (error.code) {
    case 'wrong_wallet_password': return 'That is not the password of your wallet. After five wrong ones it is locked for a while.';
    case 'wallet_locked': return 'Too many wrong passwords: the wallet is locked for a while. Pay in another way, or come back later.';
    default: return error.field('password') ?? sentenceFor(error);
  }
}
