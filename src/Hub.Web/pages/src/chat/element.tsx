import { render } from 'preact';
import bubbles from './bubbles.css?inline';
import { endedTeller } from './ended.ts';
import { hubOf } from './home.ts';
import { Widget } from './widget.tsx';
import css from './widget.css?inline';

/** Only while the file itself runs does the page know which of its scripts that is. */
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : null;

/**
 * `<omnihub-chat customer="cus_…" token="cst_…" lang="de">`: the conversation with a shop, in a corner of any page.
 * It lives in a shadow root, so that neither its styles nor the page's reach the other. Without a customer and a token it shows nothing.
 * `sign-in` is where a visit begins anew once it has ended; the event `omnihub-ended` tells the page so, and another `token` goes on at once,
 * with what was being written.
 */
class OmniHubChat extends HTMLElement {
  static readonly observedAttributes = ['customer', 'token', 'lang', 'hub', 'open', 'sign-in'];

  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #ended = endedTeller(() => this.dispatchEvent(new CustomEvent('omnihub-ended', { bubbles: true })));
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
        ? <Widget key={customer} customer={customer} token={token} tag={tag || 'en'} base={hubOf(this.getAttribute('hub'), script, location.href)} open={this.hasAttribute('open')}
            signIn={signInOf(this.getAttribute('sign-in'))} onOpen={(open) => this.toggleAttribute('open', open)} onEnded={this.#ended} />
        : null, this.#root);
    });
  }
}

/** A link of the page's own; never a script, wherever the attribute's words come from. */
function signInOf(address: string | null): string | null {
  return address !== null && URL.canParse(address, location.href) && /^https?:$/.test(new URL(address, location.href).protocol) ? address : null;
}

if (!customElements.get('omnihub-chat')) customElements.define('omnihub-chat', OmniHubChat);
