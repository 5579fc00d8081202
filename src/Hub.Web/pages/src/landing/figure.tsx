/** One journey over all channels, drawn as the support page shows it. */
export function Figure() {
  return (
    <figure class="figure" role="img" aria-label="A journey: ordered on the web, authorized by the bank, confirmed by text message, receipt by e-mail.">
      <ol aria-hidden="true">
        {entries.map(([channel, text, tone], index) => (
          <li key={text} class={`figure-${tone}`} style={{ animationDelay: `${0.25 + index * 0.35}s` }}>
            <span class="figure-dot" /><span class="figure-channel">{channel}</span><span>{text}</span>
          </li>
        ))}
      </ol>
    </figure>
  );
}

const entries: [string, string, string][] = [
  ['Web', 'Invoice accepted, €44.70', 'plain'],
  ['Bank', 'Authorized', 'plain'],
  ['SMS', '“Pay EUR 44.70 to ACME Books?”', 'asked'],
  ['SMS', '“PAY 4839”', 'said'],
  ['Bank', 'Captured, once', 'plain'],
  ['E-mail', 'Receipt sent', 'plain'],
  ['API', 'Webhook: payment.succeeded', 'done'],
];
