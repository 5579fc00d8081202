import { useRef, useState } from 'preact/hooks';
import { useTask } from '../shared/hooks.ts';
import { OnceMore } from '../shared/once-more.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import type { Customer } from '../shared/types.ts';
import { Button, Field, Notice } from '../shared/ui.tsx';
import { t } from '../words/words.ts';
import { Pick } from '../shared/pick.tsx';
import type { Mine } from './use-mine.ts';

const kinds = ['sms', 'whatsapp', 'email'] as const;

/** One more number or mailbox; it has to be proven before it counts. */
export function NewAddress({ mine, customer }: { mine: Mine; customer: Customer }) {
  const [open, setOpen] = useState(false);
  const [channel, setChannel] = useState<string>('sms');
  const [address, setAddress] = useState('');
  const task = useTask();
  const once = useRef(new OnceMore<object>());
  const add = () => task.run(async () => {
    const typed = channel === 'email' ? address.trim() : address.replace(/[\s()-]/g, '');
    mine.setCustomer(await once.current.run(`${channel} ${typed}`, async () => ({ channel, address: typed }),
      (body, key) => mine.api.post<Customer>(`/v1/customers/${customer.id}/addresses`, body, { key })));
    setAddress('');
    setOpen(false);
  });
  if (!open) return <div><Button testid="address-add" kind="secondary" onPress={() => setOpen(true)}>{t.my.set.add}</Button></div>;
  const refused = task.error instanceof ApiProblem ? task.error : null;
  const [atChannel, atAddress] = [refused?.field('channel') ?? null, refused?.field('address') ?? null];
  return (
    <form class="stack my-new-address" noValidate onSubmit={(event) => { event.preventDefault(); void add(); }}>
      <Pick label={t.my.set.channel} testid="address-channel" value={channel} options={kinds.map((kind) => [kind, t.channel[kind] ?? kind])} problem={atChannel}
        onValue={(value) => { setChannel(value); task.clear(); }} />
      <Field label={channel === 'email' ? t.shop.form.email : t.shop.form.phone} testid="address-value" type={channel === 'email' ? 'email' : 'tel'} value={address} problem={atAddress} autoFocus
        placeholder={channel === 'email' ? 'ada@example.com' : '+4915112345678'} onValue={(value) => { setAddress(value); task.clear(); }} maxLength={200} />
      {task.error !== null && !atChannel && !atAddress && <Notice tone="bad" testid="address-add-problem">{sentenceFor(task.error)}</Notice>}
      <div class="row">
        <Button testid="address-save" type="submit" busy={task.busy} disabled={address.trim() === ''}>{t.my.set.add}</Button>
        <Button testid="address-cancel" kind="plain" onPress={() => setOpen(false)}>{t.back}</Button>
      </div>
    </form>
  );
}
