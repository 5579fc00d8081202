import { useState } from 'preact/hooks';
import { useTask } from '../shared/hooks.ts';
import { BankIcon } from '../shared/icons.tsx';
import { instrumentName } from '../shared/instrument.ts';
import { ApiProblem } from '../shared/problem.ts';
import type { Instrument } from '../shared/types.ts';
import { AccountFields } from './account-fields.tsx';
import { accountProblemsOf, emptyAccount, type AccountEntry, type AccountProblems } from './account-entry.ts';
import { declinedIn, savedOf } from './methods.ts';
import { focusFirstProblem, PayButton, PayProblem } from './pay-parts.tsx';
import type { MethodProps } from './step-props.ts';
import { t } from '../words/words.ts';

const another = 'another';

/** Pay by an e-check: one order to take the amount from a bank account. The account's number is encrypted like a card's. */
export function ECheckStep({ journey, customer, payment, payer, sandbox }: MethodProps) {
  const saved = savedOf('echeck', customer);
  const declined = declinedIn(payment);
  const [chosen, choose] = useState(() => saved.find((one) => !declined.has(one.id))?.id ?? another);
  const [account, setAccount] = useState<AccountEntry>(emptyAccount);
  const [problems, setProblems] = useState<AccountProblems>({});
  const task = useTask();
  const instrument = saved.find((one) => one.id === chosen) ?? null;
  const refused = fromHub(task.error);

  const press = () => {
    const found = instrument ? {} : accountProblemsOf(account);
    setProblems(found);
    if (Object.keys(found).length > 0) return focusFirstProblem();
    void task.run(async () => {
      journey.setPayment(instrument ? await payer.payWith(instrument.id) : await payer.payByCheck(account));
      if (!instrument) await journey.reloadCustomer();
    });
  };
  return (
    <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); press(); }}>
      {saved.length > 0 && <SavedAccounts saved={saved} declined={declined} chosen={chosen} onChoose={(id) => { choose(id); setProblems({}); task.clear(); }} />}
      {!instrument && <AccountFields account={account} problems={{ ...problems, ...refused }} sandbox={sandbox}
        onAccount={(next) => { setAccount(next); setProblems({}); task.clear(); }} />}
      {Object.keys(refused).length === 0 && <PayProblem error={task.error} />}
      <p class="muted small">{t.pay.echeck.allow(payment.merchant.name)}</p>
      <PayButton busy={task.busy} amount={payment.amount} working={t.pay.encrypting} />
    </form>
  );
}

function SavedAccounts(props: { saved: Instrument[]; declined: ReadonlySet<string>; chosen: string; onChoose: (id: string) => void }) {
  return (
    <fieldset class="choice" data-testid="saved-accounts">
      <legend class="hidden">{t.pay.echeck.account}</legend>
      {props.saved.map((one) => (
        <label key={one.id}>
          <input type="radio" name="account" checked={props.chosen === one.id} onChange={() => props.onChoose(one.id)} data-testid={`account-${one.last4}`} />
          <BankIcon />
          <span>{instrumentName(one)}{props.declined.has(one.id) && <small>{t.pay.echeck.declinedHere}</small>}</span>
        </label>
      ))}
      <label>
        <input type="radio" name="account" checked={props.chosen === another} onChange={() => props.onChoose(another)} data-testid="account-another" />
        <BankIcon />
        <span>{t.pay.echeck.another}</span>
      </label>
    </fieldset>
  );
}

/** The hub's refusals, each at its field; what was encrypted is refused by a code. */
function fromHub(error: unknown): AccountProblems {
  if (!(error instanceof ApiProblem)) return {};
  switch (error.code) {
    case 'routing_number_malformed': case 'routing_number_check_digit': return { routing: t.pay.echeck.unknownRouting };
    case 'account_number_malformed': return { account: t.pay.echeck.impossible };
    case 'account_holder_malformed': return { holder: t.pay.echeck.enterHolder };
    default: return {};
  }
}
