import type { ComponentChildren } from 'preact';
import { Header } from '../shared/header.tsx';
import { ArrowIcon, BankIcon, CardIcon, ChatIcon, CheckIcon, ClockIcon, MailIcon, PeopleIcon, PhoneIcon, ShopIcon } from '../shared/icons.tsx';
import { start } from '../shared/start.tsx';
import { accounts, cards, netBanks, routingNumber } from './cards.ts';
import { Figure } from './figure.tsx';
import './landing.css';

interface StepInfo {
  href: string;
  icon: ComponentChildren;
  title: string;
  text: string;
  go: string;
  testid: string;
}

const steps: StepInfo[] = [
  { href: '/shop', icon: <ShopIcon size={22} />, title: 'Order at the shop', go: 'Open the shop', testid: 'go-shop', text: 'Pick a book at ACME Books. The shop signs your order, and you are sent to the checkout.' },
  { href: '#cards', icon: <CardIcon size={22} />, title: 'Accept the invoice, and pay', go: 'See what to pay with', testid: 'go-checkout', text: 'By card, from a wallet, at your bank’s own page, with e-cash or an e-check. Numbers are encrypted in your browser.' },
  { href: '/sandbox/phone', icon: <PhoneIcon size={22} />, title: 'Say yes on your phone', go: 'Open the phone', testid: 'go-phone', text: 'A text message names amount and payee. Answer it there, or type its code on the page. The first answer wins.' },
  { href: '/sandbox/mail', icon: <MailIcon size={22} />, title: 'Read the receipt', go: 'Open the mailbox', testid: 'go-mail', text: 'The money is taken once, the shop hears of it by signed webhook, and the receipt comes by e-mail.' },
  { href: '/shop#account', icon: <ChatIcon size={22} />, title: 'Ask in the chat, look back', go: 'Open my payments', testid: 'go-my', text: 'Every order and its state on one page, an app on your phone that opens offline too. English, German or Chinese.' },
  { href: '/support', icon: <PeopleIcon size={22} />, title: 'Watch it as support does', go: 'Open the support page', testid: 'go-support', text: 'Every step on every channel, live, on one timeline; answer chats, resend, cancel or refund from there.' },
];

function Landing() {
  return (
    <>
      <Header here="/" sandbox />
      <main class="landing">
        <section class="hero">
          <div>
            <h1>One payment.<br />Every channel.</h1>
            <p class="lead">OmniHub sits between a shop and its banks. A customer orders on the web, confirms by text message, and gets
              the receipt by e-mail. It is one journey: every channel shows the same state at once, and money moves exactly once.</p>
            <div class="row">
              <a class="button button-primary" href="/shop" data-testid="begin">Walk through it <ArrowIcon /></a>
              <a class="button button-secondary" href="/support">See the support page</a>
            </div>
          </div>
          <Figure />
        </section>
        <section aria-labelledby="walk">
          <h2 id="walk">The walk, in five minutes</h2>
          <p class="muted">Everything runs on this machine: the shop, the bank, the phone and the mailbox are part of the sandbox. Open the phone in a second window.</p>
          <ol class="walk">
            {steps.map((step, index) => (
              <li key={step.title} class="panel">
                <span class="walk-icon">{step.icon}</span>
                <h3><span class="walk-number">{index + 1}</span> {step.title}</h3>
                <p class="muted small">{step.text}</p>
                <a href={step.href} data-testid={step.testid}>{step.go}</a>
              </li>
            ))}
          </ol>
        </section>
        <section id="cards" aria-labelledby="cards-title">
          <h2 id="cards-title">Cards to test with</h2>
          <p class="muted">Any expiry in the future, any security code. Each makes the sandbox bank behave in its own way.</p>
          <div class="panel cards">
            <table data-testid="test-cards">
              <thead><tr><th scope="col">Number</th><th scope="col">What the bank does</th></tr></thead>
              <tbody>
                {cards.map((card) => (
                  <tr key={card.number}><td><code>{card.number.replace(/(\d{4})(?=\d)/g, '$1 ')}</code></td><td>{card.does}</td></tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
        <section id="accounts" aria-labelledby="accounts-title">
          <h2 id="accounts-title">Banks and accounts to test with</h2>
          <p class="muted">For net banking, sign in at the bank’s own page. For e-checks, the routing number is <code>{routingNumber}</code>.</p>
          <div class="panel cards scroll-x">
            <table data-testid="test-banks">
              <thead><tr><th scope="col">Bank</th><th scope="col">Customer, password</th><th scope="col">What it does</th></tr></thead>
              <tbody>
                {netBanks.map((one) => (
                  <tr key={one.bank}><td>{one.bank}</td><td><code>{one.number}</code><br /><code>{one.password}</code></td><td>{one.does}</td></tr>
                ))}
              </tbody>
            </table>
          </div>
          <div class="panel cards">
            <table data-testid="test-accounts">
              <thead><tr><th scope="col">E-check account</th><th scope="col">What the bank does</th></tr></thead>
              <tbody>{accounts.map((one) => <tr key={one.number}><td><code>{one.number}</code></td><td>{one.does}</td></tr>)}</tbody>
            </table>
          </div>
        </section>
        <section class="more" aria-label="More of the sandbox">
          <a class="panel" href="/sandbox/bank"><BankIcon size={22} /><span><b>The bank’s own books</b><small>What it was asked, and what it did. Never twice.</small></span></a>
          <a class="panel" href="/sandbox/clock"><ClockIcon size={22} /><span><b>The clock</b><small>Freeze time, or let a confirmation expire now.</small></span></a>
          <a class="panel" href="/openapi/v1.json"><CheckIcon size={22} /><span><b>The API</b><small>REST, webhooks and an OpenAPI document.</small></span></a>
        </section>
      </main>
    </>
  );
}

start(Landing);
