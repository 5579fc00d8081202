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
      <p class="muted small">By paying you allow {payment.merchant.name} to take this amount from the account once. Your bank may take some days to clear it.</p>
      <PayButton busy={task.busy} amount={payment.amount} working="Encrypting and sending…" />
    </form>
  );
}

function SavedAccounts(props: { saved: Instrument[]; declined: ReadonlySet<string>; chosen: string; onChoose: (id: string) => void }) {
  return (
    <fieldset class="choice" data-testid="saved-accounts">
      <legend class="hidden">Account</legend>
      {props.saved.map((one) => (
        <label key={one.id}>
          <input type="radio" name="account" checked={props.chosen === one.id} onChange={() => props.onChoose(one.id)} data-testid={`account-${one.last4}`} />
          <BankIcon />
          <span>{instrumentName(one)}{props.declined.has(one.id) && <small>Declined for this payment</small>}</span>
        </label>
      ))}
      <label>
        <input type="radio" name="account" checked={props.chosen === another} onChange={() => props.onChoose(another)} data-testid="account-another" />
        <BankIcon />
        <span>Another account</span>
      </label>
    </fieldset>
  );
}

/** The hub's refusals, each at its field; what was encrypted is refused by a code. */
function fromHub(error: unknown): AccountProblems {
  if (!(error instanceof ApiProblem)) return {};
  switch (error.code) {
    case 'routing_number_malformed': case 'routing_number_check_digit': return { routing: 'The hub does not know this routing number. Check it.' };
    case 'account_number_malformed': return { account: 'This account number cannot be right. Check it.' };
    case 'account_holder_malformed': return { holder: 'Enter the name on the account.' };
    default: return {};
  }
}
