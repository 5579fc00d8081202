import { useState } from 'preact/hooks';
import { useTask } from '../shared/hooks.ts';
import { BankIcon } from '../shared/icons.tsx';
import { Notice } from '../shared/ui.tsx';
import { PayButton, PayProblem } from './pay-parts.tsx';
import type { MethodProps } from './step-props.ts';
import { t } from '../words/words.ts';

/** Pick a bank; after the confirmation its own page asks for the customer's sign-in. */
export function NetBankingStep({ journey, customer, payment, payer, banks, sandbox }: MethodProps) {
  const list = banks ?? [];
  const last = payment.attempts.at(-1)?.instrument;
  const [chosen, choose] = useState(() => {
    const before = last?.type === 'bank_account' ? last.brand : customer.instruments.find((one) => one.type === 'bank_account')?.brand;
    return list.find((bank) => bank.up && bank.id === before)?.id ?? null;
  });
  const [unchosen, setUnchosen] = useState(false);
  const task = useTask();
  const press = () => {
    if (chosen === null) return setUnchosen(true);
    void task.run(async () => {
      journey.setPayment(await payer.payAtBank(chosen, customer));
      await journey.reloadCustomer();
    });
  };
  return (
    <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); press(); }}>
      <fieldset class="choice" data-testid="banks" aria-describedby={unchosen ? 'bank-problem' : undefined}>
        <legend>{t.pay.bank.yours}</legend>
        {list.map((bank) => (
          <label key={bank.id} class={bank.up ? '' : 'barred'}>
            <input type="radio" name="bank" value={bank.id} checked={chosen === bank.id} disabled={!bank.up}
              onChange={() => { choose(bank.id); setUnchosen(false); task.clear(); }} data-testid={`bank-${bank.id}`} />
            <BankIcon />
            <span>{bank.name}{!bank.up && <small>{t.pay.bank.unavailable}</small>}</span>
          </label>
        ))}
      </fieldset>
      {unchosen && <p class="field-problem" id="bank-problem" role="alert" data-testid="bank-problem">{t.pay.bank.pick}</p>}
      <Notice tone="info">{t.pay.bank.text}{sandbox && ` ${t.pay.bank.sandbox}`}</Notice>
      <PayProblem error={task.error} />
      <PayButton busy={task.busy} amount={payment.amount} working={t.pay.sending} />
    </form>
  );
}
