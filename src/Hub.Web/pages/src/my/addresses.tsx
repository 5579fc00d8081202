import { useRef, useState } from 'preact/hooks';
import { SandboxHint } from '../checkout/sandbox-hint.tsx';
import { useTask } from '../shared/hooks.ts';
import { CheckIcon, MailIcon, SmsIcon } from '../shared/icons.tsx';
import { OnceMore } from '../shared/once-more.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import type { Address, Customer } from '../shared/types.ts';
import { Button, Field, Notice } from '../shared/ui.tsx';
import { t } from '../words/words.ts';
import type { Mine } from './use-mine.ts';

interface Props {
  mine: Mine;
  customer: Customer;
  sandbox: boolean;
}

/** Where the customer is reached; each address is proven by a code that was sent to it. */
export function Addresses(props: Props) {
  return (
    <section class="panel stack" data-testid="addresses">
      <h2>{t.my.set.addresses}</h2>
      <ul class="my-addresses">
        {props.customer.addresses.map((address) => <AddressRow key={address.id} {...props} address={address} />)}
      </ul>
    </section>
  );
}

function AddressRow({ mine, customer, sandbox, address }: Props & { address: Address }) {
  const [sent, setSent] = useState(false);
  const send = useTask();
  const sendOnce = useRef(new OnceMore<object>());
  const path = `/v1/customers/${customer.id}/addresses/${address.id}/verification`;
  const sendCode = () => send.run(async () => {
    try {
      await sendOnce.current.run(address.id, async () => ({}), (body, key) => mine.api.post(path, body, { key }));
    } catch (error) {
      // The code of a moment ago, such as from the checkout, can still be typed.
      if (!(error instanceof ApiProblem && error.code === 'resend_too_soon')) throw error;
    }
    setSent(true);
  });
  return (
    <li class="my-address" data-testid={`address-${address.channel}`} data-verified={address.verified}>
      <div class="spread">
        <span class="my-address-name">{address.channel === 'email' ? <MailIcon /> : <SmsIcon />}<span>{address.display}<small>{t.channel[address.channel]}</small></span></span>
        {address.verified
          ? <span class="pill pill-good" data-testid="address-verified">{t.my.set.verified}</span>
          : !sent && <Button testid={`verify-${address.channel}`} kind="secondary" busy={send.busy} onPress={sendCode}>{t.my.set.verify}</Button>}
      </div>
      {address.opted_out && <Notice tone="warn" testid="opted-out">{t.my.set.optedOut}</Notice>}
      {send.error !== null && <Notice tone="bad" testid="address-problem">{sentenceFor(send.error)}</Notice>}
      {sent && !address.verified && <Proof mine={mine} path={path} address={address} sandbox={sandbox} onAgain={sendCode} />}
    </li>
  );
}

function Proof(props: { mine: Mine; path: string; address: Address; sandbox: boolean; onAgain: () => void }) {
  const [code, setCode] = useState('');
  const check = useTask();
  const once = useRef(new OnceMore<{ code: string }>());
  const press = () => check.run(async () => props.mine.setCustomer(await once.current.run(code, async () => ({ code }),
    (body, key) => props.mine.api.post<Customer>(`${props.path}/check`, body, { key }))));
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); if (code.length === 6) void press(); }}>
      <p class="muted small" data-testid="address-sent">{t.my.set.codeSent(props.address.display)}</p>
      <Field label={t.sixDigits} testid="address-code" class="code" value={code} onValue={(value) => { setCode(value.replace(/\D/g, '').slice(0, 6)); check.clear(); }}
        inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus problem={check.error === null ? null : sentenceFor(check.error)} />
      <Button testid="address-check" type="submit" wide busy={check.busy} disabled={code.length !== 6}><CheckIcon /> {t.my.set.check}</Button>
      <Button testid="address-again" kind="plain" onPress={props.onAgain}>{t.sendAgain}</Button>
      {props.sandbox && <SandboxHint channel={props.address.channel} />}
    </form>
  );
}
