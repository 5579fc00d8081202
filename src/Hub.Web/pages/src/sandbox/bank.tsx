import { Api } from '../shared/api.ts';
import { useLoaded } from '../shared/hooks.ts';
import { Header } from '../shared/header.tsx';
import { hubNow } from '../shared/hub-clock.ts';
import { BankIcon } from '../shared/icons.tsx';
import { formatMinor } from '../shared/money.ts';
import { sentenceFor } from '../shared/problem.ts';
import { start } from '../shared/start.tsx';
import { sentence, Status } from '../shared/status.tsx';
import { useSandboxStream } from '../shared/stream.ts';
import { Empty, Notice } from '../shared/ui.tsx';
import { shortWhen } from '../shared/when.ts';
import { linesOf, notCarriedOut, type BookEntry, type BookKey, type Books } from './books.ts';
import { Question } from './question.tsx';
import './sandbox.css';
import './bank.css';

const api = new Api({ kind: 'anyone' });

const asked = new URLSearchParams(location.search);

/** Only ever a checkout of this very site: an address from elsewhere leads nobody away. */
function wayBack(): string | null {
  const back = asked.get('return');
  return back !== null && /^\/checkout\/pay_[0-9a-z]+$/.test(back) ? back : null;
}

function BankPage() {
  const books = useLoaded(() => api.get<Books>('/sandbox/api/bank/books'), '');
  useSandboxStream(['bank'], books.reload);
  const keys = books.value?.keys ?? [];
  const refused = books.value ? notCarriedOut(books.value) : [];
  const wanted = asked.get('authorization');
  if (wanted) return <Asked wanted={wanted} books={books.value} error={books.error} onAnswered={books.reload} />;
  return (
    <>
      <Header here="/sandbox/bank" sandbox />
      <main class="page">
        <div class="page-head">
          <h1>The sandbox bank’s own books</h1>
          <p class="muted">A separate party: it knows nothing of the hub but what it was asked. Whatever happens on the way, every key is carried out once at most.</p>
        </div>
        {books.error !== null && <Notice tone="bad">{sentenceFor(books.error)}</Notice>}
        <dl class="figures" aria-live="polite">
          <div><dt>Authorizations</dt><dd data-testid="bank-authorizations">{books.value?.authorizations.length ?? '–'}</dd></div>
          <div><dt>Calls that arrived</dt><dd data-testid="bank-calls">{sum(keys, 'calls')}</dd></div>
          <div><dt>Carried out</dt><dd data-testid="bank-carried-out">{sum(keys, 'carried_out')}</dd></div>
        </dl>
        {books.value?.authorizations.length === 0 && <div class="panel books-none"><Empty icon={<BankIcon size={26} />} title="Nothing in the books yet">Pay at the shop, and the bank writes it down.</Empty></div>}
        <ul class="books" data-testid="books">
          {books.value?.authorizations.map((entry) => <Entry key={entry.authorization.id} entry={entry} keys={keys} />)}
        </ul>
        {refused.length > 0 && (
          <section class="panel books-refused">
            <h2>Asked for, not carried out</h2>
            <ul>{refused.map((key) => <li key={key.idempotency_key}><span>{sentence(key.kind)}, {times(key.calls)}</span><code>{key.idempotency_key}</code></li>)}</ul>
          </section>
        )}
      </main>
    </>
  );
}

function Asked(props: { wanted: string; books: Books | null; error: unknown; onAnswered: () => void }) {
  const entry = props.books?.authorizations.find((one) => one.authorization.id === props.wanted);
  return (
    <>
      <Header here="/sandbox/bank" sandbox />
      <main class="page question-page stack">
        {!entry && <h1 class="hidden">The sandbox bank</h1>}
        {props.error !== null && <Notice tone="bad">{sentenceFor(props.error)}</Notice>}
        {entry && <Question api={api} entry={entry} back={wayBack()} onAnswered={props.onAnswered} />}
        {props.books && !entry && <div class="panel" data-testid="question-unknown"><Empty icon={<BankIcon size={26} />} title="The bank knows nothing of this">The link is wrong, or too old.</Empty></div>}
        <p class="muted small question-foot"><a href="/sandbox/bank" data-testid="all-books">The bank’s own books</a></p>
      </main>
    </>
  );
}

function Entry({ entry, keys }: { entry: BookEntry; keys: BookKey[] }) {
  const { authorization } = entry;
  return (
    <li class="panel book-entry" data-testid={`authorization-${authorization.id}`}>
      <div class="spread">
        <span><b>{formatMinor(authorization.amount, authorization.currency)}</b> to {entry.payee}</span>
        <small class="muted">{shortWhen(entry.at, hubNow())}</small>
      </div>
      <p class="muted small">Card ending in {entry.last4} · <span class="mono">{authorization.reference}</span></p>
      <div class="scroll-x" tabIndex={0} role="region" aria-label={`Operations of ${authorization.id}`}>
        <table>
          <thead><tr><th scope="col">Operation</th><th scope="col" class="end">Amount</th><th scope="col" class="end">Calls</th><th scope="col" class="end">Carried out</th></tr></thead>
          <tbody>
            {linesOf(entry, keys).map((line) => (
              <tr key={line.id}>
                <td><span class="book-kind">{line.kind} <Status of={line.status} /></span>{line.note && <small class="muted">{sentence(line.note)}</small>}</td>
                <td class="end">{line.amount === null ? '' : formatMinor(line.amount, authorization.currency)}</td>
                <td class="end">{line.calls ?? '–'}</td>
                <td class="end">{line.carriedOut ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </li>
  );
}

const sum = (keys: BookKey[], member: 'calls' | 'carried_out') => keys.reduce((total, key) => total + key[member], 0);
const times = (calls: number) => (calls === 1 ? 'once' : `${calls} times`);

start(<BankPage />);
