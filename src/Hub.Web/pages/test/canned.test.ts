import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byLanguage, meantOf, mostAnswers, problemsOf, withAnswer, withoutAnswer, type Canned } from '../src/support/canned.ts';
import { colleaguesFor, mayWriteAnswers } from '../src/support/staff.ts';

const late: Canned = { title: 'Late', text: 'It is late.', language: 'en' };
const spaet: Canned = { title: 'Spät', text: 'Es kommt später.', language: 'de' };
const any: Canned = { title: 'Link', text: 'https://acme.example', language: null };
const all = [late, any, spaet];

test('The customer’s language comes first, then what goes with any, then the others', () => {
  const names = (tag: string | null) => byLanguage(all, tag).map((group) => group.name);
  assert.deepEqual(names('de-AT'), ['Deutsch', 'Any language', 'English']);
  assert.deepEqual(names('en'), ['English', 'Any language', 'Deutsch']);
  assert.deepEqual(names('zh-Hans'), ['Any language', 'English', 'Deutsch']);
  assert.deepEqual(names(null), ['Any language', 'English', 'Deutsch']);
  assert.deepEqual(byLanguage(all, 'de')[0]!.answers, [spaet]);
});

test('An answer is changed in its place, a new one comes last, and one that is gone meanwhile is added again', () => {
  const changed = { ...any, title: 'Address' };
  assert.deepEqual(withAnswer(all, any, changed), [late, changed, spaet]);
  assert.deepEqual(withAnswer(all, null, changed), [...all, changed]);
  assert.deepEqual(withAnswer([late], any, changed), [late, changed]);
  assert.deepEqual(withoutAnswer(all, any), [late, spaet]);
});

test('What cannot be kept is named at its field', () => {
  const of = (next: Canned, old: Canned | null = null) => Object.keys(problemsOf(all, old, next));
  assert.deepEqual(of({ title: ' ', text: '' }), ['title', 'text']);
  assert.deepEqual(of({ title: 'Late', text: 'x', language: 'en' }), ['title']);
  assert.deepEqual(of({ title: 'Late', text: 'x', language: 'de' }), []);
  assert.deepEqual(of(late, late), []);
  assert.deepEqual(of({ ...late, text: 'Dear {name}, {order} and {password}' }, late), ['text']);
  assert.deepEqual(of({ ...late, text: 'An open { brace' }, late), ['text']);
});

test('One’s own answer that was kept unheard is changed in its place, and a colleague’s of the same title is not', () => {
  const kept: Canned = { title: 'New', text: 'First words', language: null };
  const better = { ...kept, text: 'Better words' };
  const meant = meantOf([...all, { title: 'New', text: 'First words' }], null, [kept, better]);
  assert.deepEqual(meant, kept);
  assert.deepEqual(problemsOf([...all, kept], meant, better), {});
  assert.deepEqual(withAnswer([...all, kept], meant, better), [...all, better]);
  assert.equal(meantOf([...all, { ...kept, text: 'Of a colleague' }], null, [kept, better]), null);
  assert.equal(meantOf(all, late, []), late);
  assert.equal(meantOf([any, { ...late, title: 'Later' }], late, [{ ...late, title: 'Later' }])?.title, 'Later');
});

test('So many answers fit, and no more; changing one of them still goes', () => {
  const full = Array.from({ length: mostAnswers }, (_, n) => ({ title: `No ${n}`, text: 'x' }));
  assert.deepEqual(problemsOf(full.slice(1), null, late), {});
  assert.ok(problemsOf(full, null, late).title);
  assert.deepEqual(problemsOf(full, full[3]!, late), {});
});

test('A conversation is handed over neither to oneself nor to whoever has it', () => {
  const staff = ['a', 'b', 'c'].map((name) => ({ email: `${name}@acme.example`, name }));
  assert.deepEqual(colleaguesFor(staff, 'a@acme.example', 'b@acme.example').map((one) => one.name), ['c']);
  assert.deepEqual(colleaguesFor(staff, 'a@acme.example', null).map((one) => one.name), ['b', 'c']);
});

test('Whoever leads writes the answers', () => {
  const may = (...roles: string[]) => mayWriteAnswers({ email: 'a@acme.example', roles, merchants: [] });
  assert.deepEqual([may('support'), may('supervisor'), may('support', 'finance'), may('admin')], [false, true, true, true]);
});
