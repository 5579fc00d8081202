import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMinor } from '../src/shared/money.ts';
import { en } from '../src/words/en/index.ts';
import { words as de } from '../src/words/de/index.ts';
import { words as zh } from '../src/words/zh/index.ts';
import { languageOf } from '../src/words/words.ts';

/** Every word with its path; a function is called with samples, so that what it says is looked at as well. */
function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String((value as (...samples: unknown[]) => unknown)('X', 2, 3))]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

/** Names and words that are the same in every language. */
const shared = /^(Sandbox|Support|Bank|Live|Status|Name|E-Mail|OmniHub|WhatsApp|Chat|SMS|E-Cash|Visa, Mastercard, Amex, UnionPay|Sandbox-.*|X, X|X)$|^[a-z_]+$/;

test('Every word of English is there in German and Chinese, by type and by path', () => {
  const paths = (words: unknown) => leaves(words).map(([path]) => path).filter((path) => !path.startsWith('shop.goods') && path !== 'badField').sort();
  assert.deepEqual(paths(de), paths(en));
  assert.deepEqual(paths(zh), paths(en));
});

test('No sentence was left in English', () => {
  const english = new Map(leaves(en));
  for (const words of [de, zh]) {
    for (const [path, text] of leaves(words)) {
      if (text.length > 12 && !shared.test(text)) assert.notEqual(text, english.get(path), path);
    }
  }
});

test('What is set into a sentence is set into it in every language', () => {
  for (const words of [en, de, zh]) {
    for (const sentence of [words.checkout.verify.sentTo, words.pay.wallet.sentTo]) assert.equal(sentence.split('{}').length, 2);
    assert.match(words.checkout.confirm.sent('X', '+1 ••• 2345', false), /2345/);
    assert.match(words.pay.press('€1.00'), /€1\.00/);
    assert.match(words.checkout.confirm.wrong(3), /3/);
  }
});

test('A language follows from the first part of a tag alone', () => {
  const rows: [string, string | null][] = [['de', 'de'], ['de-AT', 'de'], ['DE-de', 'de'], ['zh', 'zh'], ['zh-Hans-CN', 'zh'], ['en-GB', 'en'], ['fr-FR', null], ['', null], ['den', null]];
  for (const [tag, language] of rows) assert.equal(languageOf(tag), language, tag);
});

test('Amounts are written as the language writes them, and no digit is lost', () => {
  assert.equal(formatMinor(470, 'EUR', 'de'), '4,70\u00a0€');
  assert.equal(formatMinor(470, 'EUR', 'en'), '€4.70');
  assert.equal(formatMinor(470, 'EUR', 'zh'), '€4.70');
  assert.equal(formatMinor(123_456_789, 'JPY', 'de'), '123.456.789\u00a0¥');
  assert.equal(formatMinor(1_234, 'BHD', 'en'), 'BHD\u00a01.234');
});
