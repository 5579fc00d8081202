import { readMySession } from '../my/session.ts';

/** Where the customer's short-lived token is kept: this tab only. */
const place = (payment: string) => `omnihub.checkout.${payment}`;

export interface Session {
  payment: string;
  token: string;
}

/**
 * Takes the token out of the address (`#token=cst_…`) and keeps it in this tab, so that it neither stays in the history nor
 * leaves with a copied link. Null when the page was opened without one.
 */
export function openSession(): Session | null {
  const payment = decodeURIComponent(location.pathname.split('/').at(-1) ?? '');
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given) {
    sessionStorage.setItem(place(payment), given);
    history.replaceState(null, '', location.pathname);
  }
  // Whoever is signed in for all of their payments goes on with any of them, such as from a message's link.
  const token = given ?? sessionStorage.getItem(place(payment)) ?? readMySession()?.token;
  return token ? { payment, token } : null;
}

export function closeSession(payment: string): void {
  sessionStorage.removeItem(place(payment));
}
