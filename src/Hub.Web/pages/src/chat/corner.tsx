import { useEffect } from 'preact/hooks';
import { locale } from '../words/words.ts';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'omnihub-chat': { customer: string; token: string; lang: string; 'data-testid'?: string };
    }
  }
}

/** The widget's own file: the one that other front ends load, so that it is proven here. */
const file = '/omnihub-chat.js';

/** Opens the chat of this page. */
export function openChat(): void {
  document.querySelector('omnihub-chat')?.setAttribute('open', '');
}

/** The chat in the corner of one of the hub's own pages. Its code comes when the page itself is done. */
export function ChatCorner({ customer, token }: { customer: string; token: string }) {
  useEffect(() => {
    import(/* @vite-ignore */ file).catch((error: unknown) => console.info('The chat cannot be loaded now.', error));
  }, []);
  return <omnihub-chat customer={customer} token={token} lang={locale} data-testid="chat-corner" />;
}
