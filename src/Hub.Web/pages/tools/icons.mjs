// Draws the app's icons from mark.svg with Chromium: node tools/icons.mjs [path of chromium]. The pictures are committed, so a build needs no browser.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const chromium = process.argv[2] ?? '/usr/bin/chromium';
const mark = readFileSync('src/shared/mark.svg', 'utf8');
// A maskable icon may lose everything outside of a circle of 80 % of its width, so the ground fills it and the mark lies inside.
const maskable = mark.replace('<rect width="32" height="32" rx="8" fill="#0b6b58"/>', '<rect x="-16" y="-16" width="64" height="64" fill="#0b6b58"/>').replace('viewBox="0 0 32 32"', 'viewBox="-7 -7 46 46"');
const folder = mkdtempSync(join(tmpdir(), 'icons-'));

for (const [name, size, svg] of [['icon-192', 192, mark], ['icon-512', 512, mark], ['icon-maskable-512', 512, maskable]]) {
  const page = join(folder, `${name}.html`);
  writeFileSync(page, `<body style="margin:0">${svg.replace('<svg ', `<svg width="${size}" height="${size}" style="display:block" `)}</body>`);
  execFileSync(chromium, ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--default-background-color=00000000', '--force-device-scale-factor=1',
    `--window-size=${size},${size}`, `--screenshot=${resolve('public/assets', `${name}.png`)}`, `file://${page}`], { stdio: 'ignore' });
}
