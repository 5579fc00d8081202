// The pages of the app without a network: their code and nothing else. What the hub answers, live updates and whatever a
// person types never come near this cache: only the paths in the list are ever looked at.

const version = "32af15502f1a43c3";
const files = [
  "/my",
  "/checkout/offline",
  "/manifest.webmanifest",
  "/omnihub-chat.js",
  "/assets/checkout.css",
  "/assets/checkout.js",
  "/assets/de.js",
  "/assets/icon-192.png",
  "/assets/icon-512.png",
  "/assets/icon-maskable-512.png",
  "/assets/mark.svg",
  "/assets/my.css",
  "/assets/my.js",
  "/assets/rolldown-runtime.js",
  "/assets/session.js",
  "/assets/shared.css",
  "/assets/shared.js",
  "/assets/signalr.js",
  "/assets/step.css",
  "/assets/step.js",
  "/assets/zh.js"
];

// One worker for each of the app's two scopes; neither may throw away what the other still serves.
const mine = `omnihub ${new URL(self.registration.scope).pathname} `;
const name = mine + version;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(files.map((path) => new Request(path, { cache: 'reload' })))));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((one) => one.startsWith(mine) && one !== name).map((one) => caches.delete(one)))));
});

// A new version waits until every page of the old one is closed, or until somebody who is not paying asks for it: code never changes under a payment.
self.addEventListener('message', (event) => {
  if (event.data === 'use') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  const path = request.mode === 'navigate' ? shellOf(url.pathname) : url.pathname;
  if (!files.includes(path)) return;
  // All files of a page come from one version, with or without a network.
  event.respondWith(caches.open(name).then((cache) => cache.match(path, { ignoreVary: true })).then((kept) => kept ?? fetch(request)));
});

/** The page that stands for a path; each address of a kind is the same file. */
function shellOf(path) {
  if (path === '/my' || path === '/my/settings') return '/my';
  return path.startsWith('/checkout/') ? '/checkout/offline' : path;
}
