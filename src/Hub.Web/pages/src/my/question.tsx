import { ConfirmStep } from '../checkout/confirm-step.tsx';
import type { Customer, Payment } from '../shared/types.ts';
import { t } from '../words/words.ts';
import type { Mine } from './use-mine.ts';

interface Props {
  mine: Mine;
  payment: Payment;
  customer: Customer;
  sandbox: boolean;
  onOvertaken: (payment: string) => void;
}

/** A payment that waits for the customer's yes or no: on top of everything, with buttons that a thumb finds. */
export function Question({ mine, payment, customer, sandbox, onOvertaken }: Props) {
  return (
    <section class="panel my-question" aria-label={t.my.question(payment.merchant.name)} data-testid={`question-${payment.id}`}>
      <ConfirmStep key={payment.confirmation?.id} payment={payment} customer={customer} sandbox={sandbox}
        journey={{ api: mine.api, setPayment: mine.setPayment, wasAnswered: () => { onOvertaken(payment.id); mine.refresh(payment.id); } }} />
    </section>
  );
}
