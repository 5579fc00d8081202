/** Where this browser keeps what proves that it is a device of a customer's: one secret for each, which never leaves but to the hub. */
const place = (customer: string) => `omnihub.device.${customer}`;

/** The secret this browser has for a customer; null where it was never bound. */
export function deviceSecret(customer: string): string | null {
  return localStorage.getItem(place(customer));
}

/** The secret, made at random where there is none: 256 bits in 43 characters. */
export function makeDeviceSecret(customer: string): string {
  const known = deviceSecret(customer);
  if (known) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const secret = btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  localStorage.setItem(place(customer), secret);
  return secret;
}

/** The customer's address that this browser is, once it was bound; null before. Other browsers of theirs are other addresses. */
export function deviceAddress(customer: string): string | null {
  return localStorage.getItem(`${place(customer)}.address`);
}

export function rememberDevice(customer: string, address: string): void {
  localStorage.setItem(`${place(customer)}.address`, address);
}

const bound = 'omnihub-device';

/** Tells the chat of this page that the browser is proven now, so that it connects anew as that device. */
export function tellBound(): void {
  dispatchEvent(new Event(bound));
}

export function onBound(heard: () => void): () => void {
  addEventListener(bound, heard);
  return () => removeEventListener(bound, heard);
}

export function forgetDevice(customer: string): void {
  localStorage.removeItem(place(customer));
  localStorage.removeItem(`${place(customer)}.address`);
}
