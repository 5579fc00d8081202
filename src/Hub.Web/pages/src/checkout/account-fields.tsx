import { useState } from 'preact/hooks';
import { digitsOf } from '../shared/card.ts';
import { Field } from '../shared/ui.tsx';
import { accountLength, accountProblem, routingLength, routingProblem, type AccountEntry, type AccountProblems } from './account-entry.ts';
import { t } from '../words/words.ts';

interface Props {
  account: AccountEntry;
  problems: AccountProblems;
  onAccount: (account: AccountEntry) => void;
  sandbox: boolean;
}

/** The fields of the account that an e-check is drawn on. */
export function AccountFields({ account, problems, onAccount, sandbox }: Props) {
  // A field is judged when it is left, not while it is typed.
  const [left, setLeft] = useState<AccountProblems>({});
  const put = (change: Partial<AccountEntry>) => { setLeft({}); onAccount({ ...account, ...change }); };
  const judge = (field: 'routing' | 'account', problem: string | null) => setLeft(problem && account[field] ? { ...left, [field]: problem } : left);
  return (
    <div class="stack">
      <Field label={t.pay.echeck.routing} testid="routing-number" value={account.routing} problem={problems.routing ?? left.routing} maxLength={routingLength + 4}
        onValue={(routing) => put({ routing: digitsOf(routing).slice(0, routingLength) })} onLeave={() => judge('routing', routingProblem(account.routing))}
        inputMode="numeric" autoComplete="off" placeholder="123456789"
        hint={sandbox ? t.pay.echeck.routingTest : t.pay.echeck.routingHint} />
      <Field label={t.pay.echeck.number} testid="account-number" value={account.account} problem={problems.account ?? left.account} maxLength={accountLength + 6}
        onValue={(number) => put({ account: digitsOf(number).slice(0, accountLength) })} onLeave={() => judge('account', accountProblem(account.account))}
        inputMode="numeric" autoComplete="off"
        hint={sandbox ? <>{t.pay.echeck.numberTest} <a href="/#accounts" target="_blank">{t.pay.echeck.allAccounts}</a></> : t.pay.echeck.numberHint} />
      <Field label={t.pay.echeck.holder} testid="account-holder" value={account.holder} problem={problems.holder} maxLength={100}
        onValue={(holder) => put({ holder })} autoComplete="name" />
    </div>
  );
}
