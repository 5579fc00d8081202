import { useState } from 'preact/hooks';
import { useTask } from '../shared/hooks.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import type { Address, Customer } from '../shared/types.ts';
import { Around, Button, Field, Notice } from '../shared/ui.tsx';
import { focusFirstProblem } from './pay-parts.tsx';
import { SandboxHint } from './sandbox-hint.tsx';
import { CodeNotSent, longestPassword, passwordProblem, proofAddress, type OpenWallet, type WalletDoor } from './wallet.ts';
import { t } from '../words/words.ts';

interface Props {
  door: WalletDoor;
  customer: Customer;
  sandbox: boolean;
  /** Whether this page's link is not enough, since it may have got about. */
  codeRequired: boolean;
  onOpen: (wallet: OpenWallet) => void;
}

/** The first password of a wallet; where only a checkout link is at hand, with a code to an address that is the customer's. */
export function NewWallet(props: Props) {
  const { door, customer } = props;
  const [password, setPassword] = useState('');
  const [sentTo, setSentTo] = useState<Address | null>(null);
  const send = useTask();
  const sendCode = async () => {
    const address = proofAddress(customer);
    if (!address) throw new Error('A payment is paid by customers with a verified address alone.');
    await door.sendCode(address.id);
    setSentTo(address);
  };
  // A code that was sent a moment ago, before the page was loaded anew, still counts; one that has ended does not.
  const sendFirst = () => sendCode().catch((error: unknown) => {
    if (!(error instanceof CodeNotSent && error.open)) throw error;
    setSentTo(proofAddress(customer));
  });
  if (sentTo) return <Proof {...props} password={password} sentTo={sentTo} onAgain={sendCode} onBack={() => setSentTo(null)} />;
  return (
    <Password task={send} password={password} onPassword={setPassword} onPress={() => send.run(async () => {
      const now = await door.look();
      if (!now.set && props.codeRequired) return sendFirst();
      if (!now.set) await door.set(password, null);
      props.onOpen(await door.open(password));
    })} />
  );
}

function Password(props: { task: ReturnType<typeof useTask>; password: string; onPassword: (password: string) => void; onPress: () => void }) {
  const { task, password } = props;
  const [again, setAgain] = useState('');
  const [problems, setProblems] = useState<{ password?: string; again?: string }>({});
  const press = () => {
    const wrong = passwordProblem(password);
    const found = wrong ? { password: wrong } : password !== again ? { again: t.pay.wallet.notSame } : {};
    setProblems(found);
    if (Object.keys(found).length > 0) focusFirstProblem();
    else props.onPress();
  };
  return (
    <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); press(); }}>
      <p class="muted">{t.pay.wallet.none}</p>
      <Field label={t.pay.wallet.newPassword} testid="wallet-new-password" type="password" value={password} autoComplete="new-password" maxLength={longestPassword}
        onValue={(value) => { props.onPassword(value); setProblems({}); task.clear(); }} problem={problems.password ?? (task.error instanceof CodeNotSent ? null : refusal(task.error))} hint={t.pay.wallet.atLeast8} />
      <Field label={t.pay.wallet.onceMore} testid="wallet-new-again" type="password" value={again} autoComplete="new-password" maxLength={longestPassword}
        onValue={(value) => { setAgain(value); setProblems({}); }} problem={problems.again} />
      {task.error instanceof CodeNotSent && <Notice tone="bad" testid="wallet-no-code">{task.error.message}</Notice>}
      <Button testid="wallet-create" type="submit" wide busy={task.busy}>{t.pay.wallet.create}</Button>
    </form>
  );
}

function Proof(props: Props & { password: string; sentTo: Address; onAgain: () => Promise<void>; onBack: () => void }) {
  const { door, password, sentTo } = props;
  const [code, setCode] = useState('');
  const check = useTask();
  const again = useTask();
  const press = () => check.run(async () => {
    // The wallet may have been set by a request whose answer was lost.
    if (!(await door.look()).set) await door.set(password, { address: sentTo.id, code });
    props.onOpen(await door.open(password));
  });
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); if (/^\d{6}$/.test(code)) void press(); }}>
      <p class="muted" data-testid="wallet-sent-to"><Around text={t.pay.wallet.sentTo}><b>{sentTo.display}</b></Around></p>
      <Field label={t.sixDigits} testid="wallet-code" class="code" value={code} onValue={(value) => { setCode(value.replace(/\D/g, '').slice(0, 6)); check.clear(); }}
        inputMode="numeric" autoComplete="one-time-code" pattern="[0-9]{6}" maxLength={6} required autoFocus problem={refusal(check.error)} />
      <Button testid="wallet-prove" type="submit" wide busy={check.busy} disabled={code.length !== 6}>{t.pay.wallet.create}</Button>
      <div class="spread">
        <Button testid="wallet-code-again" kind="plain" busy={again.busy} onPress={() => void again.run(props.onAgain)}>{t.sendAgain}</Button>
        <Button testid="wallet-back" kind="plain" onPress={props.onBack}>{t.pay.wallet.change}</Button>
      </div>
      {again.error !== null && <Notice tone="bad" testid="wallet-again-problem">{refusal(again.error)}</Notice>}
      {props.sandbox && <SandboxHint channel={sentTo.channel} />}
    </form>
  );
}

function refusal(error: unknown): string | null {
  if (error === null) return null;
  if (error instanceof CodeNotSent) return error.message;
  if (!(error instanceof ApiProblem)) return sentenceFor(error);
  if (error.code === 'wrong_code') return t.wrongCode;
  return error.field('password') ?? sentenceFor(error);
}
