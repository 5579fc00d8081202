import { render } from 'preact';
import bubbles from './bubbles.css?inline';
import { Widget } from './widget.tsx';
import css from './widget.css?inline';

/**
 * `<omnihub-chat customer="cus_…" token="cst_…" lang="de">`: the conversation with a shop, in a corner of any page.
 * It lives in a shadow root, so that neither its styles nor the page's reach the other. Without a customer and a token it shows nothing.
 */
class OmniHubChat extends HTMLElement {
  static readonly observedAttributes = ['customer', 'token', 'lang', 'hub', 'open'];

  readonly #root = this.attachShadow({ mode: 'open' });
  #painting = false;

  connectedCallback(): void {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css + bubbles);
    this.#root.adoptedStyleSheets = [sheet];
    this.#paint();
  }

  disconnectedCallback(): void {
    render(null, this.#root);
  }

  attributeChangedCallback(): void {
    this.#paint();
  }

  /** Attributes come one by one; they are taken up together. */
  #paint(): void {
    if (this.#painting) return;
    this.#painting = true;
    queueMicrotask(() => {
      this.#painting = false;
      if (!this.isConnected) return;
      const [customer, token] = [this.getAttribute('customer'), this.getAttribute('token')];
      const tag = this.getAttribute('lang') ?? document.documentElement.lang;
      render(customer && token
        ? <Widget key={`${customer} ${token}`} customer={customer} token={token} tag={tag || 'en'} base={this.getAttribute('hub') ?? ''} open={this.hasAttribute('open')}
            onOpen={(open) => this.toggleAttribute('open', open)} />
        : null, this.#root);
    });
  }
}

if (!customElements.get('omnihub-chat')) customElements.define('omnihub-chat', OmniHubChat);
