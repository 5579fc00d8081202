import type { Customer, Order, Payment } from '../shared/types.ts';
import type { Journey } from './use-journey.ts';

export interface StepProps {
  journey: Journey;
  payment: Payment;
  order: Order;
  customer: Customer;
}
