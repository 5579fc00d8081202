import { useTask } from '../shared/hooks.ts';
import { formatAmount, formatMinor } from '../shared/money.ts';
import { savedOf } from './methods.ts';
import { PayButton, PayProblem } from './pay-parts.tsx';
import type { MethodProps } from './step-props.ts';
import { t } from '../words/words.ts';

/** Pay from the value that is stored for the customer: nothing to type, the balance before and after. */
export function ECashStep({ journey, customer, payment, payer }: MethodProps) {
  const task = useTask();
  const { amount, currency } = payment.amount;
  const cash = customer.ecash.find((one) => one.currency === currency);
  const instrument = savedOf('ecash', customer)[0];
  if (!cash || !instrument) return null;
  const held = cash.balance - cash.available;
  return (
    <form class="stack" noValidate onSubmit={(event) => {
      event.preventDefault();
      void task.run(async () => journey.setPayment(await payer.payWith(instrument.id)));
    }}>
      <dl class="facts sums">
        <div><dt>{t.pay.ecash.have}</dt><dd data-testid="ecash-balance">{formatMinor(cash.balance, currency)}</dd></div>
        {held > 0 && <div><dt>{t.pay.ecash.aside}</dt><dd>−{formatMinor(held, currency)}</dd></div>}
        <div><dt>{t.pay.ecash.payment}</dt><dd>−{formatAmount(payment.amount)}</dd></div>
        <div class="sum"><dt>{t.pay.ecash.left}</dt><dd data-testid="ecash-left">{formatMinor(cash.available - amount, currency)}</dd></div>
      </dl>
      <PayProblem error={task.error} />
      <PayButton busy={task.busy} amount={payment.amount} working={t.pay.settingAside} />
    </form>
  );
}
