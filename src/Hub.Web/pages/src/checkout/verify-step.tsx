import { useRef, useState } from 'preact/hooks';
import { useTask } from '../shared/hooks.ts';
import { MailIcon, SmsIcon } from '../shared/icons.tsx';
import { OnceMore } from '../shared/once-more.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import type { Address, Customer } from '../shared/types.ts';
import { Button, Field, Notice } from '../shared/ui.tsx';
import { SandboxHint } from './sandbox-hint.tsx';
import type { StepProps } from './step-props.ts';

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
    await sendOnce.current.run(address.id, async () => ({}), (body, key) => journey.api.post(path(address.id), body, { key }));
    setSentTo(address);
    setCode('');
    check.clear();
  });
  const checkCode = () => check.run(async () => {
    if (!sentTo) return;
    const verified = await checkOnce.current.run(`${sentTo.id} ${code}`, async () => ({ code }),
      (body, key) => journey.api.post<Customer | undefined>(`${path(sentTo.id)}/check`, body, { key }));
    if (verified?.addresses) journey.setCustomer(verified);
    else await journey.reloadCustomer();
  });

  if (!sentTo) return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); void sendCode(); }}>
      <div>
        <h2>Where do we ask you?</h2>
        <p class="muted">Before money moves, you confirm the payment there. First we make sure that it is yours, with a six-digit code.</p>
      </div>
      <fieldset class="choice">
        <legend class="hidden">Address</legend>
        {customer.addresses.map((a) => (
          <label key={a.id}>
            <input type="radio" name="address" value={a.id} checked={a.id === chosen} onChange={() => choose(a.id)} data-testid={`verify-${a.channel}`} />
            {a.channel === 'sms' ? <SmsIcon /> : <MailIcon />}
            <span>{a.display}<small>{a.channel === 'sms' ? 'Text message' : 'E-mail'}</small></span>
          </label>
        ))}
      </fieldset>
      {send.error !== null && <Notice tone="bad" testid="verify-send-problem">{sentenceFor(send.error)}</Notice>}
      <Button testid="verify-send" type="submit" wide busy={send.busy} disabled={!address}>Send the code</Button>
    </form>
  );

  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); if (/^\d{6}$/.test(code)) void checkCode(); }}>
      <div>
        <h2>Type the code</h2>
        <p class="muted" data-testid="verify-sent-to">We sent six digits to <b>{sentTo.display}</b>. They count for some minutes.</p>
      </div>
      <Field label="Six-digit code" testid="verify-code" class="code" value={code} onValue={(v) => setCode(v.replace(/\D/g, '').slice(0, 6))}
        inputMode="numeric" autoComplete="one-time-code" pattern="[0-9]{6}" maxLength={6} required autoFocus problem={codeError(check.error)} />
      <Button testid="verify-check" type="submit" wide busy={check.busy} disabled={code.length !== 6}>Verify</Button>
      <div class="spread">
        <Button testid="verify-resend" kind="plain" busy={send.busy} onPress={sendCode}>Send again</Button>
        <Button testid="verify-other" kind="plain" onPress={() => setSentTo(null)}>Use another address</Button>
      </div>
      {send.error !== null && <Notice tone="bad">{sentenceFor(send.error)}</Notice>}
      {sandbox && <SandboxHint channel={sentTo.channel} />}
    </form>
  );
}

function codeError(error: unknown): string | null {
  if (error === null) return null;
  if (error instanceof ApiProblem && error.code === 'wrong_code') return 'That code does not match. Check the newest message and try again.';
  return sentenceFor(error);
}
