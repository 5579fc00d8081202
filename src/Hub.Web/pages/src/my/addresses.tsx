import { useRef, useState } from 'preact/hooks';
import { SandboxHint } from '../checkout/sandbox-hint.tsx';
import { useTask } from '../shared/hooks.ts';
import { ChatIcon, CheckIcon, MailIcon, SmsIcon } from '../shared/icons.tsx';
import { OnceMore } from '../shared/once-more.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import type { Address, Customer } from '../shared/types.ts';
import { Button, Field, Notice } from '../shared/ui.tsx';
import { fullTime } from '../shared/when.ts';
import { t } from '../words/words.ts';
import { removed, ThisDevice } from './device.tsx';
import { NewAddress } from './new-address.tsx';
import type { Mine } from './use-mine.ts';

interface Props {
  mine: Mine;
  customer: Customer;
  sandbox: boolean;
}

/** Where the customer is reached; each address is proven by a code that was sent to it. */
export function Addresses(props: Props) {
  const { mine, customer } = props;
  const [gone, setGone] = useState<Address | null>(null);
  const task = useTask();
  const path = (address: Address) => `/v1/customers/${customer.id}/addresses/${address.id}`;
  const remove = (address: Address) => task.run(async () => {
    mine.setCustomer(await mine.api.remove<Customer>(path(address)));
    removed(customer.id, address);
    setGone(address);
  });
  const restore = () => task.run(async () => {
    mine.setCustomer(await mine.api.post<Customer>(`${path(gone!)}/restore`, {}));
    setGone(null);
  });
  return (
    <section class="panel stack" data-testid="addresses">
      <h2>{t.my.set.addresses}</h2>
      <ul class="my-addresses">
        {customer.addresses.map((address) => <AddressRow key={address.id} {...props} address={address} onRemove={() => remove(address)} />)}
      </ul>
      {task.error !== null && <Notice tone="bad" testid="addresses-problem">{sentenceFor(task.error)}</Notice>}
      <div role="status">
        {gone && <Notice tone="info" testid="address-removed">{t.my.set.removed(gone.display)} {gone.channel !== 'chat' && <Button testid="address-restore" kind="plain" busy={task.busy} onPress={restore}>{t.my.set.undo}</Button>}</Notice>}
      </div>
      <NewAddress mine={mine} customer={customer} />
      <ThisDevice {...props} />
    </section>
  );
}

function AddressRow({ mine, customer, sandbox, address, onRemove }: Props & { address: Address; onRemove: () => void }) {
  const [sent, setSent] = useState(false);
  const [sure, setSure] = useState(false);
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
      <div class="spread my-address-line">
        <span class="my-address-name">{icon(address)}<span>{address.channel === 'chat' ? t.my.set.browser : address.display}<small>{t.channel[address.channel]}</small></span></span>
        <span class="row my-address-acts">
          {address.verified
            ? <span class="pill pill-good" data-testid="address-verified">{t.my.set.verified}</span>
            : address.channel !== 'chat' && !sent && <Button testid={`verify-${address.channel}`} kind="secondary" busy={send.busy} onPress={sendCode}>{t.my.set.verify}</Button>}
          {sure
            ? <Button testid={`remove-sure-${address.channel}`} kind="danger" onPress={onRemove}>{t.my.set.removeSure}</Button>
            : <Button testid={`remove-${address.channel}`} kind="plain" onPress={() => setSure(true)}>{t.my.set.remove}<span class="hidden"> {address.display}</span></Button>}
        </span>
      </div>
      {address.opted_out && <Notice tone="warn" testid="opted-out">{t.my.set.optedOut}</Notice>}
      {address.held_until && <Notice tone="info" testid="address-held">{t.my.set.held(fullTime(address.held_until))}</Notice>}
      {send.error !== null && <Notice tone="bad" testid="address-problem">{sentenceFor(send.error)}</Notice>}
      {sent && !address.verified && <Proof mine={mine} path={path} address={address} sandbox={sandbox} onAgain={sendCode} />}
    </li>
  );
}

function icon(address: Address) {
  return address.channel === 'email' ? <MailIcon /> : address.channel === 'chat' ? <ChatIcon /> : <SmsIcon />;
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
