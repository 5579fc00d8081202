import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { BankIcon, CardIcon, CashIcon, CheckFormIcon, WalletIcon } from '../shared/icons.tsx';
import { Notice } from '../shared/ui.tsx';
import { CardStep } from './card-step.tsx';
import { ECashStep } from './ecash-step.tsx';
import { ECheckStep } from './echeck-step.tsx';
import { lastFailure } from './last-failure.ts';
import { chosenMethod, firstMethod, offersOf, type Method, type Offer } from './methods.ts';
import { NetBankingStep } from './net-banking-step.tsx';
import { Payer } from './pay.ts';
import type { MethodProps, StepProps } from './step-props.ts';
import { WalletStep } from './wallet-step.tsx';
import type { OpenWallet } from './wallet.ts';
import { t } from '../words/words.ts';

interface Props extends StepProps {
  sandbox: boolean;
  /** Outlives an attempt, so that a decline leads to the other cards of the same open wallet. */
  wallet: OpenWallet | null;
  onWallet: (wallet: OpenWallet | null) => void;
}

const icons: Record<Method, ComponentChildren> = { card: <CardIcon />, wallet: <WalletIcon />, net_banking: <BankIcon />, ecash: <CashIcon />, echeck: <CheckFormIcon /> };

/** How the customer wants to pay, and the step of that way below. */
export function PayStep({ wallet, onWallet, ...props }: Props) {
  const { journey, customer, payment, banks } = props;
  const offers = offersOf(customer, payment, banks);
  const [picked, pick] = useState<Method | null>(() => firstMethod(payment, offers));
  const payer = useMemo(() => new Payer(journey.api, customer.id, payment.id), [journey.api, customer.id, payment.id]);
  const failure = lastFailure(payment, banks ?? []);
  const method = chosenMethod(picked, offers);
  return (
    <div class="stack">
      {failure && <Notice tone={failure.tone} testid="last-error"><b>{failure.title}</b><br />{failure.text}</Notice>}
      <h2 id="how">{payment.attempts.at(-1)?.status === 'declined' ? t.pay.titleAgain : t.pay.title}</h2>
      {offers.length > 0 && <Methods offers={offers} method={method} onPick={pick} />}
      {method === null
        ? <Notice tone="bad" testid="no-method">{t.pay.none(payment.merchant.name)}</Notice>
        : <MethodStep method={method} {...props} payer={payer} open={wallet} onOpen={onWallet} />}
    </div>
  );
}

function Methods(props: { offers: Offer[]; method: Method | null; onPick: (method: Method) => void }) {
  return (
    <fieldset class="choice methods-grid" aria-labelledby="how" data-testid="methods">
      {props.offers.map(({ method, note, barred }) => (
        <label key={method} class={barred ? 'barred' : ''}>
          <input type="radio" name="method" value={method} checked={props.method === method} disabled={barred} aria-describedby={`note-${method}`}
            onChange={() => props.onPick(method)} data-testid={`method-${method}`} />
          {icons[method]}
          <span>{t.pay.names[method]}<small id={`note-${method}`} data-testid={`note-${method}`}>{note}</small></span>
        </label>
      ))}
    </fieldset>
  );
}

function MethodStep({ method, open, onOpen, ...props }: MethodProps & { method: Method; open: OpenWallet | null; onOpen: (wallet: OpenWallet | null) => void }) {
  switch (method) {
    case 'card': return <CardStep {...props} />;
    case 'wallet': return <WalletStep {...props} open={open} onOpen={onOpen} />;
    case 'net_banking': return <NetBankingStep {...props} />;
    case 'ecash': return <ECashStep {...props} />;
    case 'echeck': return <ECheckStep {...props} />;
  }
}
