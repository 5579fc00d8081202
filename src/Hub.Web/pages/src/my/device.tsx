import { useRef, useState } from 'preact/hooks';
import { deviceAddress, forgetDevice, makeDeviceSecret, rememberDevice, tellBound } from '../chat/device.ts';
import { SandboxHint } from '../checkout/sandbox-hint.tsx';
import { useTask } from '../shared/hooks.ts';
import { ChatIcon } from '../shared/icons.tsx';
import { OnceMore } from '../shared/once-more.ts';
import { sentenceFor } from '../shared/problem.ts';
import type { Address, Customer } from '../shared/types.ts';
import { Button, Field, Notice } from '../shared/ui.tsx';
import { t } from '../words/words.ts';
import type { Mine } from './use-mine.ts';

interface Device {
  id: string;
  verified: boolean;
}

/** Makes this browser one that may answer in the chat: a code that was sent to a proven address binds it. */
export function ThisDevice({ mine, customer, sandbox }: { mine: Mine; customer: Customer; sandbox: boolean }) {
  const via = customer.addresses.find((address) => address.verified && address.channel !== 'chat');
  const [device, setDevice] = useState<Device | null>(null);
  const [code, setCode] = useState('');
  const bind = useTask();
  const check = useTask();
  const bindOnce = useRef(new OnceMore<object>());
  const checkOnce = useRef(new OnceMore<{ code: string }>());
  const bound = customer.addresses.some((address) => address.id === deviceAddress(customer.id) && address.verified);
  if (!via || bound) return null;
  const press = () => bind.run(async () => {
    const secret = makeDeviceSecret(customer.id);
    const made = await bindOnce.current.run(via.id, async () => ({ secret, via: via.id }), (body, key) => mine.api.post<Device>(`/v1/customers/${customer.id}/devices`, body, { key }));
    rememberDevice(customer.id, made.id);
    setDevice(made);
    if (made.verified) tellBound();
  });
  const prove = () => check.run(async () => {
    mine.setCustomer(await checkOnce.current.run(code, async () => ({ code }),
      (body, key) => mine.api.post<Customer>(`/v1/customers/${customer.id}/addresses/${device!.id}/verification/check`, body, { key })));
    tellBound();
  });
  if (!device) return (
    <div class="stack">
      <p class="muted small">{t.my.set.deviceText}</p>
      <div><Button testid="bind-device" kind="secondary" busy={bind.busy} onPress={press}><ChatIcon /> {t.my.set.device}</Button></div>
      {bind.error !== null && <Notice tone="bad" testid="device-problem">{sentenceFor(bind.error)}</Notice>}
    </div>
  );
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); if (code.length === 6) void prove(); }}>
      <p class="muted small" data-testid="device-sent">{t.my.set.codeSent(via.display)}</p>
      <Field label={t.sixDigits} testid="device-code" class="code" value={code} onValue={(value) => { setCode(value.replace(/\D/g, '').slice(0, 6)); check.clear(); }}
        inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus problem={check.error === null ? null : sentenceFor(check.error)} />
      <Button testid="device-check" type="submit" wide busy={check.busy} disabled={code.length !== 6}>{t.my.set.check}</Button>
      {sandbox && <SandboxHint channel={via.channel} />}
    </form>
  );
}

/** Takes the secret away with the address it belongs to. */
export function removed(customer: string, address: Address): void {
  if (address.id === deviceAddress(customer)) forgetDevice(customer);
}
