import { useEffect, useState } from 'preact/hooks';
import { ChatCorner } from '../chat/corner.tsx';
import { closeMySession, readMySession, type MySession } from '../my/session.ts';
import { shopApi } from './goods.ts';
import { loadVisitor } from './visitor.ts';

/** The chat for whoever the shop knows: somebody who is signed in, or has ordered in this tab. Strangers have nobody to be answered as. */
export function ShopChat() {
  const [session, setSession] = useState<MySession | null>(readMySession);
  useEffect(() => {
    const visitor = loadVisitor();
    if (session !== null || visitor === null) return;
    shopApi.post<{ url: string }>('/sandbox/api/shop/account', { phone: visitor.phone.replace(/[\s()-]/g, ''), email: visitor.email.trim() }).then(({ url }) => {
      const given = new URLSearchParams(url.split('#')[1]);
      setSession({ token: given.get('token')!, customer: given.get('customer')! });
    }, (error: unknown) => console.info('The shop does not know this visitor yet.', error));
  }, []);
  // Signing in again in another tab of this shop counts here as well.
  useEffect(() => {
    const changed = () => setSession((now) => readMySession() ?? now);
    addEventListener('storage', changed);
    return () => removeEventListener('storage', changed);
  }, []);
  const ended = () => { if (readMySession()?.token === session?.token) closeMySession(); };
  return session && <ChatCorner customer={session.customer} token={session.token} signIn="/shop#account" onEnded={ended} />;
}
