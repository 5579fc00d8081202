import { ChatIcon, MailIcon, SmsIcon } from '../shared/icons.tsx';
import { formatAmount } from '../shared/money.ts';
import { Status } from '../shared/status.tsx';
import type { Customer, Order } from '../shared/types.ts';
import { mediumDay } from '../shared/when.ts';
import { languageOf, languages, t } from '../words/words.ts';

/** Whom staff speaks with: how they are reached, what they ordered, and how it stands. */
export function CustomerContext({ customer, orders }: { customer: Customer | null; orders: readonly Order[] }) {
  if (!customer) return <aside class="context" />;
  const spoken = languageOf(customer.locale);
  return (
    <aside class="context stack" aria-label="Customer" data-testid="customer-context">
      <div class="panel facts-panel">
        <h2>Reached by</h2>
        <ul class="attempts">
          {customer.addresses.map((address) => (
            <li key={address.id} data-testid={`context-${address.channel}`}>
              <span class="context-address">{address.channel === 'email' ? <MailIcon size={16} /> : address.channel === 'chat' ? <ChatIcon size={16} /> : <SmsIcon size={16} />}<span>{address.channel === 'chat' ? 'A browser' : address.display}<small>{t.channel[address.channel] ?? address.channel}</small></span></span>
              {address.opted_out
                ? <span class="pill pill-bad" data-testid="context-opted-out">Opted out</span>
                : <span class={`pill pill-${address.verified ? 'good' : 'quiet'}`}>{address.verified ? 'Verified' : 'Unverified'}</span>}
            </li>
          ))}
        </ul>
        <dl class="facts">
          <div><dt>Asked by</dt><dd>{[customer.confirmation.method, ...customer.confirmation.fallback].map((one) => t.channel[one] ?? one).join(', then ')}</dd></div>
          <div><dt>Language</dt><dd>{spoken ? languages[spoken] : customer.locale}</dd></div>
          <div><dt>Customer</dt><dd class="mono">{customer.id}</dd></div>
        </dl>
      </div>
      <div class="panel facts-panel">
        <h2>Orders</h2>
        {orders.length === 0 && <p class="muted small">None yet.</p>}
        <ul class="attempts" data-testid="context-orders">
          {orders.map((order) => (
            <li key={order.id}>
              <span>{order.payment ? <a href={`#${order.payment}`} data-testid="context-order">{order.reference}</a> : order.reference}
                <small>{formatAmount(order.total)} · {mediumDay(order.created_at)}</small></span>
              <Status of={order.status} />
            </li>
          ))}
        </ul>
      </div>
    </aside>
  );
}
