import type { ComponentChildren } from 'preact';
import { Api } from '../shared/api.ts';
import { useLoaded } from '../shared/hooks.ts';
import { Header } from '../shared/header.tsx';
import { BankIcon } from '../shared/icons.tsx';
import { sentenceFor } from '../shared/problem.ts';
import { start } from '../shared/start.tsx';
import { sentence } from '../shared/status.tsx';
import { useSandboxStream } from '../shared/stream.ts';
import { Empty, Notice } from '../shared/ui.tsx';
import { CardEntry } from './bank-cards.tsx';
import { MovedEntryView } from './bank-moved.tsx';
import { SignInAtBank } from './bank-sign-in.tsx';
import { banks, bankOf, notCarriedOut, type Bank, type BookKey, type Books, type MovedBooks } from './books.ts';
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
  const bank = bankOf(asked.get('bank'));
  const wanted = asked.get('authorization');
  const order = asked.get('order');
  if (order) return <Alone><SignInAtBank api={api} order={order} /></Alone>;
  if (wanted) return <Asked bank={bank} wanted={wanted} />;
  return (
    <>
      <Header here="/sandbox/bank" sandbox />
      <main class="page">
        <div class="page-head">
          <h1>The sandbox banks’ own books</h1>
          <p class="muted">Separate parties: they know nothing of the hub but what they were asked. Whatever happens on the way, every key is carried out once at most.</p>
        </div>
        <nav class="bank-tabs" aria-label="Banks">
          {banks.map((one) => <a key={one.name} href={`/sandbox/bank?bank=${one.name}`} aria-current={one === bank ? 'page' : undefined} data-testid={`bank-${one.name}`}>{one.title}</a>)}
        </nav>
        {bank.cards ? <CardBooks bank={bank} /> : <AccountBooks bank={bank} />}
      </main>
    </>
  );
}

function CardBooks({ bank }: { bank: Bank }) {
  const books = useLoaded(() => api.get<Books>(bank.books), bank.name);
  useSandboxStream(['bank'], books.reload);
  const keys = books.value?.keys ?? [];
  return (
    <>
      <Figures what="Authorizations" count={books.value?.authorizations.length ?? null} keys={keys} error={books.error} />
      {books.value?.authorizations.length === 0 && <Nothing />}
      <ul class="books" data-testid="books">
        {books.value?.authorizations.map((entry) => <CardEntry key={entry.authorization.id} api={api} bank={bank} entry={entry} keys={keys} onChanged={books.reload} />)}
      </ul>
      <Refused keys={keys} />
    </>
  );
}

function AccountBooks({ bank }: { bank: Bank }) {
  const books = useLoaded(() => api.get<MovedBooks>(bank.books), bank.name);
  useSandboxStream(['bank'], books.reload);
  const keys = books.value?.keys ?? [];
  return (
    <>
      <Figures what="Payments" count={books.value?.entries.length ?? null} keys={keys} error={books.error} />
      {books.value?.entries.length === 0 && <Nothing />}
      <ul class="books" data-testid="books">
        {books.value?.entries.map((entry) => <MovedEntryView key={entry.object.id} api={api} bank={bank} entry={entry} keys={keys} onChanged={books.reload} />)}
      </ul>
      <Refused keys={keys} />
    </>
  );
}

function Figures(props: { what: string; count: number | null; keys: BookKey[]; error: unknown }) {
  return (
    <>
      {props.error !== null && <Notice tone="bad">{sentenceFor(props.error)}</Notice>}
      <dl class="figures" aria-live="polite">
        <div><dt>{props.what}</dt><dd data-testid="bank-authorizations">{props.count ?? '–'}</dd></div>
        <div><dt>Calls that arrived</dt><dd data-testid="bank-calls">{sum(props.keys, 'calls')}</dd></div>
        <div><dt>Carried out</dt><dd data-testid="bank-carried-out">{sum(props.keys, 'carried_out')}</dd></div>
      </dl>
    </>
  );
}

function Nothing() {
  return <div class="panel books-none"><Empty icon={<BankIcon size={26} />} title="Nothing in the books yet">Pay at the shop, and the bank writes it down.</Empty></div>;
}

function Refused({ keys }: { keys: BookKey[] }) {
  const refused = notCarriedOut(keys);
  if (refused.length === 0) return null;
  return (
    <section class="panel books-refused">
      <h2>Asked for, not carried out</h2>
      <ul>{refused.map((key) => <li key={key.idempotency_key}><span>{sentence(key.kind)}, {times(key.calls)}</span><code>{key.idempotency_key}</code></li>)}</ul>
    </section>
  );
}

function Asked({ bank, wanted }: { bank: Bank; wanted: string }) {
  const books = useLoaded(() => api.get<Books>(bank.books), bank.name);
  useSandboxStream(['bank'], books.reload);
  const entry = books.value?.authorizations?.find((one) => one.authorization.id === wanted);
  return (
    <Alone>
      {!entry && <h1 class="hidden">The sandbox bank</h1>}
      {books.error !== null && <Notice tone="bad">{sentenceFor(books.error)}</Notice>}
      {entry && <Question api={api} bank={bank} entry={entry} back={wayBack()} onAnswered={books.reload} />}
      {books.value && !entry && <div class="panel" data-testid="question-unknown"><Empty icon={<BankIcon size={26} />} title="The bank knows nothing of this">The link is wrong, or too old.</Empty></div>}
    </Alone>
  );
}

function Alone({ children }: { children: ComponentChildren }) {
  return (
    <>
      <Header here="/sandbox/bank" sandbox />
      <main class="page question-page stack">
        {children}
        <p class="muted small question-foot"><a href="/sandbox/bank" data-testid="all-books">The banks’ own books</a></p>
      </main>
    </>
  );
}

const sum = (keys: BookKey[], member: 'calls' | 'carried_out') => keys.reduce((total, key) => total + key[member], 0);
const times = (calls: number) => (calls === 1 ? 'once' : `${calls} times`);

start(BankPage);
