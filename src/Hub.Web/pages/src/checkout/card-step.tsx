import { CardForm } from './card-form.tsx';
import { declinedIn, savedOf } from './methods.ts';
import type { MethodProps } from './step-props.ts';
import { t } from '../words/words.ts';

/** Pay by a card that was saved, or by another one. */
export function CardStep({ journey, customer, payment, payer, sandbox }: MethodProps) {
  return (
    <CardForm saved={savedOf('card', customer)} declined={declinedIn(payment)} payment={payment} sandbox={sandbox} anotherName={t.pay.card.another}
      pay={async (saved, card) => {
        const instrument = saved ?? await payer.storeCard(card);
        journey.setPayment(await payer.payByCard(instrument.id, card.code));
        // Should this attempt not work, the new card is offered by its last four digits.
        if (!saved) await journey.reloadCustomer();
      }} />
  );
}
