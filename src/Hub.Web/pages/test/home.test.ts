import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hubOf } from '../src/chat/home.ts';

test('The chat finds its hub by its own file, unless the element names another one', () => {
  const rows: [string | null, string | null, string, string][] = [
    [null, null, 'https://hub.example/shop', ''],
    [null, 'https://hub.example/omnihub-chat.js', 'https://hub.example/shop', ''],
    [null, 'https://hub.example/omnihub-chat.js', 'https://shop.example/cart', 'https://hub.example'],
    [null, 'https://hub.example:8443/pay/omnihub-chat.js?v=2', 'https://hub.example/cart', 'https://hub.example:8443/pay'],
    ['https://hub.example', null, 'https://shop.example/', 'https://hub.example'],
    ['https://hub.example/', 'https://cdn.example/omnihub-chat.js', 'https://shop.example/', 'https://hub.example'],
    ['https://hub.example/pay', null, 'https://shop.example/', 'https://hub.example/pay'],
    ['https://shop.example', null, 'https://shop.example/cart', ''],
    ['no address', null, 'https://shop.example/', ''],
  ];
  for (const [named, script, page, hub] of rows) assert.equal(hubOf(named, script, page), hub, `${named} ${script}`);
});
