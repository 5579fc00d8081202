import type { Ref } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { locale } from '../words/words.ts';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'omnihub-chat': { customer: string; token: string; lang: string; 'sign-in'?: string | undefined; 'data-testid'?: string; ref?: Ref<HTMLElement> };
    }
  }
}

/** The widget's own file: the one that other front ends load, so that it is proven here. */
const file = '/omnihub-chat.js';

/** Opens the chat of this page. */
export function openChat(): void {
  document.querySelector('omnihub-chat')?.setAttribute('open', '');
}

interface Props {
  customer: string;
  token: string;
  /** Where a visit begins anew once it has ended. */
  signIn?: string;
  onEnded?: () => void;
}

/** The chat in the corner of one of the hub's own pages. Its code comes when the page itself is done. */
export function ChatCorner({ customer, token, signIn, onEnded }: Props) {
  const element = useRef<HTMLElement>(null);
  const ended = useRef(onEnded);
  ended.current = onEnded;
  useEffect(() => {
    const heard = () => ended.current?.();
    element.current?.addEventListener('omnihub-ended', heard);
    return () => element.current?.removeEventListener('omnihub-ended', heard);
  }, []);
  useEffect(() => {
    import(/* @vite-ignore */ file).catch((error: unknown) => console.info('The chat cannot be loaded now.', error));
  }, []);
  return <omnihub-chat ref={element} customer={customer} token={token} lang={locale} sign-in={signIn} data-testid="chat-corner" />;
}
