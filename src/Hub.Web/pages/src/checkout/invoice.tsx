import { CheckIcon } from '../shared/icons.tsx';
import { formatAmount, formatMinor } from '../shared/money.ts';
import type { Order } from '../shared/types.ts';
import { t } from '../words/words.ts';

/** The invoice as the merchant signed it. */
export function Invoice({ order }: { order: Order }) {
  const currency = order.total.currency;
  const goods = order.lines.reduce((sum, line) => sum + line.unit_price * line.quantity, 0);
  // Prices may hold their tax already; the sum tells which it is.
  const inclusive = goods + order.shipping === order.total.amount;
  return (
    <div class="panel invoice" data-testid="invoice">
      <div class="spread">
        <h2>{t.checkout.invoice.title}</h2>
        <span class="muted small mono">{order.reference}</span>
      </div>
      <ul class="invoice-lines">
        {order.lines.map((line) => (
          <li key={line.sku} data-testid="invoice-line">
            <span><span class="strong">{line.name}</span><small>{line.quantity} × {formatMinor(line.unit_price, currency)}</small></span>
            <span>{formatMinor(line.unit_price * line.quantity, currency)}</span>
          </li>
        ))}
      </ul>
      <dl class="invoice-sums">
        <div><dt>{t.checkout.invoice.goods}</dt><dd>{formatMinor(goods, currency)}</dd></div>
        {!inclusive && <div><dt>{t.checkout.invoice.tax}</dt><dd data-testid="invoice-tax">{formatMinor(order.tax, currency)}</dd></div>}
        <div><dt>{t.checkout.invoice.shipping}</dt><dd data-testid="invoice-shipping">{formatMinor(order.shipping, currency)}</dd></div>
        <div class="invoice-total"><dt>{t.checkout.invoice.total}</dt><dd data-testid="invoice-total">{formatAmount(order.total)}</dd></div>
        {inclusive && <div class="muted small"><dt>{t.checkout.invoice.taxIncluded}</dt><dd data-testid="invoice-tax">{formatMinor(order.tax, currency)}</dd></div>}
      </dl>
      {order.signature?.verified && (
        <p class="invoice-signed"><CheckIcon size={16} /><span>{t.checkout.invoice.signedBy(order.merchant.name)}
          <small class="mono" title={order.invoice_hash}>{order.invoice_hash.slice(0, 16)}…</small></span></p>
      )}
    </div>
  );
}
