import type { Bank, Customer, Order, Payment } from '../shared/types.ts';
import type { Payer } from './pay.ts';
import type { Journey } from './use-journey.ts';

export interface StepProps {
  journey: Journey;
  payment: Payment;
  order: Order;
  customer: Customer;
  /** The banks of net banking; null where the list could not be loaded. */
  banks: readonly Bank[] | null;
}

/** What each way to pay is given. */
export interface MethodProps extends StepProps {
  payer: Payer;
  sandbox: boolean;
}
