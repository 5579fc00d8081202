/** Where the session for all of a customer's payments is kept: on this device, since the app is opened anew each time. It lasts minutes. */
const place = 'omnihub.my';
const wish = 'omnihub.my.payment';

export interface MySession {
  token: string;
  customer: string;
}

/** The session the shop gave with the address (`#token=cst_…&customer=cus_…`), or the one kept from before; null without either. */
export function openMySession(): MySession | null {
  const given = new URLSearchParams(location.hash.slice(1));
  const [token, customer] = [given.get('token'), given.get('customer')];
  if (token && customer) {
    localStorage.setItem(place, JSON.stringify({ token, customer } satisfies MySession));
    history.replaceState(null, '', location.pathname + location.search);
  }
  return readMySession();
}

export function readMySession(): MySession | null {
  const kept: unknown = JSON.parse(localStorage.getItem(place) ?? 'null');
  return typeof kept === 'object' && kept !== null && 'token' in kept && 'customer' in kept ? (kept as MySession) : null;
}

export function closeMySession(): void {
  localStorage.removeItem(place);
}

/** The payment that a message's link asks for (`/my?payment=pay_…`); it is remembered over signing in, until it was shown. */
export function wantedPayment(): string | null {
  const asked = new URLSearchParams(location.search).get('payment');
  if (asked) sessionStorage.setItem(wish, asked);
  const wanted = asked ?? sessionStorage.getItem(wish);
  return wanted !== null && /^pay_[a-z0-9]+$/.test(wanted) ? wanted : null;
}

/** What the link asked for was shown, or cannot be. */
export function forgetWanted(): void {
  sessionStorage.removeItem(wish);
}
