// Writes wwwroot/sw.js: the worker with the list of every file of the app's pages and a version that any changed byte changes.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const out = '../wwwroot';
// The pages of the sandbox, the shop and the staff are no part of the app.
const others = /^(bank|clock|phone|mail|index|shop|support|sandbox)\.(js|css)$/;
const assets = readdirSync(`${out}/assets`).filter((name) => !others.test(name)).sort();
const files = [['/my', 'my.html'], ['/checkout/offline', 'checkout.html'], ['/manifest.webmanifest', 'manifest.webmanifest'], ['/omnihub-chat.js', 'omnihub-chat.js'], ...assets.map((name) => [`/assets/${name}`, `assets/${name}`])];
const worker = readFileSync('src/app/service-worker.js', 'utf8');
const hash = createHash('sha256').update(worker);
for (const [url, name] of files) hash.update(url).update(readFileSync(`${out}/${name}`));
writeFileSync(`${out}/sw.js`, worker
  .replace("'{version}'", JSON.stringify(hash.digest('hex').slice(0, 16)))
  .replace('[/* files */]', JSON.stringify(files.map(([url]) => url), null, 2)));
