/** Where the app's pages live; each has a worker of its own, so that the other pages of the hub are served as ever. */
const scopes = ['/my', '/checkout/'];

type Waiting = (use: () => void) => void;

/**
 * Keeps the app's pages on this device, and tells when a newer version has been fetched and waits.
 * @param onWaiting is given what puts the new version into use; it loads the page anew
 */
export async function keepApp(onWaiting: Waiting): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    const kept = await Promise.all(scopes.map((scope) => navigator.serviceWorker.register('/sw.js', { scope, updateViaCache: 'none' })));
    const here = kept.find((one) => location.pathname.startsWith(new URL(one.scope).pathname));
    if (!here) return;
    if (here.waiting) offer(here, onWaiting);
    here.addEventListener('updatefound', () => here.installing?.addEventListener('statechange', () => { if (here.waiting && here.active) offer(here, onWaiting); }));
    if (here.active) await here.update();
  } catch (error) {
    // Without a worker the page needs a network, and is as good as ever with one.
    console.info('This page is not kept on the device.', error);
  }
}

function offer(registration: ServiceWorkerRegistration, onWaiting: Waiting): void {
  onWaiting(() => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    registration.waiting?.postMessage('use');
  });
}
