import { useRef, useState } from 'preact/hooks';
import { useTask } from '../shared/hooks.ts';
import { MailIcon, SmsIcon } from '../shared/icons.tsx';
import { OnceMore } from '../shared/once-more.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import type { Address, Customer } from '../shared/types.ts';
import { Around, Button, Field, Notice } from '../shared/ui.tsx';
import { following } from './following.ts';
import { SandboxHint } from './sandbox-hint.tsx';
import type { StepProps } from './step-props.ts';
import { t } from '../words/words.ts';

/** Only an address that the customer has proven may later answer for the payment. */
export function VerifyStep({ journey, customer, sandbox }: StepProps & { sandbox: boolean }) {
  const preferred = customer.addresses.find((a) => a.channel === customer.confirmation.method) ?? customer.addresses[0];
  const [chosen, choose] = useState(preferred?.id ?? '');
  const [sentTo, setSentTo] = useState<Address | null>(null);
  const [code, setCode] = useState('');
  const send = useTask();
  const check = useTask();
  const sendOnce = useRef(new OnceMore<object>());
  const checkOnce = useRef(new OnceMore<{ code: string }>());
  const address = customer.addresses.find((a) => a.id === chosen);
  const path = (id: string) => `/v1/customers/${customer.id}/addresses/${id}/verification`;

  const sendCode = () => send.run(async () => {
    if (!address) return;
    const asked = await following(journey, () => sendOnce.current.run(address.id, async () => ({}), (body, key) => journey.api.post<Customer>(path(address.id), body, { key })));
    if (!asked) return;
    setSentTo(address);
    setCode('');
    check.clear();
  });
  const checkCode = () => check.run(async () => {
    if (!sentTo) return;
    const verified = await following(journey, () => checkOnce.current.run(`${sentTo.id} ${code}`, async () => ({ code }),
      (body, key) => journey.api.post<Customer | undefined>(`${path(sentTo.id)}/check`, body, { key })));
    if (verified?.addresses) journey.setCustomer(verified);
    else await journey.reloadCustomer();
  });

  if (!sentTo) return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); void sendCode(); }}>
      <div>
        <h2>{t.checkout.verify.title}</h2>
        <p class="muted">{t.checkout.verify.text}</p>
      </div>
      <fieldset class="choice">
        <legend class="hidden">{t.checkout.verify.address}</legend>
        {customer.addresses.map((a) => (
          <label key={a.id}>
            <input type="radio" name="address" value={a.id} checked={a.id === chosen} onChange={() => choose(a.id)} data-testid={`verify-${a.channel}`} />
            {a.channel === 'sms' ? <SmsIcon /> : <MailIcon />}
            <span>{a.display}<small>{t.channel[a.channel]}</small></span>
          </label>
        ))}
      </fieldset>
      {send.error !== null && <Notice tone="bad" testid="verify-send-problem">{sentenceFor(send.error)}</Notice>}
      <Button testid="verify-send" type="submit" wide busy={send.busy} disabled={!address}>{t.checkout.verify.send}</Button>
    </form>
  );

  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); if (/^\d{6}$/.test(code)) void checkCode(); }}>
      <div>
        <h2>{t.checkout.verify.type}</h2>
        <p class="muted" data-testid="verify-sent-to"><Around text={t.checkout.verify.sentTo}><b>{sentTo.display}</b></Around></p>
      </div>
      <Field label={t.sixDigits} testid="verify-code" class="code" value={code} onValue={(v) => setCode(v.replace(/\D/g, '').slice(0, 6))}
        inputMode="numeric" autoComplete="one-time-code" pattern="[0-9]{6}" maxLength={6} required autoFocus problem={codeError(check.error)} />
      <Button testid="verify-check" type="submit" wide busy={check.busy} disabled={code.length !== 6}>{t.checkout.verify.check}</Button>
      <div class="spread">
        <Button testid="verify-resend" kind="plain" busy={send.busy} onPress={sendCode}>{t.sendAgain}</Button>
        <Button testid="verify-other" kind="plain" onPress={() => setSentTo(null)}>{t.checkout.verify.other}</Button>
      </div>
      {send.error !== null && <Notice tone="bad">{sentenceFor(send.error)}</Notice>}
      {sandbox && <SandboxHint channel={sentTo.channel} />}
    </form>
  );
}

function codeError(error: unknown): string | null {
  if (error === null) return null;
  if (error instanceof ApiProblem && error.code === 'wrong_code') return t.wrongCode;
  return sentenceFor(error);
}
