import assert from 'node:assert/strict';
import { constants, createDecipheriv, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { test } from 'node:test';
import { boundClaims, chooseKey, encryptJwe, type EncryptionKey } from '../src/shared/jwe.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = publicKey.export({ format: 'jwk' });
const key: EncryptionKey = { kty: 'RSA', use: 'enc', alg: 'RSA-OAEP-256', kid: 'k1', n: jwk.n!, e: jwk.e! };

/** Opens a compact JWE by another implementation than the one under test. */
function open(jwe: string): unknown {
  const [header, wrapped, iv, sealed, tag] = jwe.split('.') as [string, string, string, string, string];
  const bytes = (part: string) => Buffer.from(part, 'base64url');
  const content = privateDecrypt({ key: privateKey, oaepHash: 'sha256', padding: constants.RSA_PKCS1_OAEP_PADDING }, bytes(wrapped));
  const aes = createDecipheriv('aes-256-gcm', content, bytes(iv));
  aes.setAAD(Buffer.from(header, 'ascii'));
  aes.setAuthTag(bytes(tag));
  return JSON.parse(Buffer.concat([aes.update(bytes(sealed)), aes.final()]).toString());
}

test('An envelope is a compact JWE that the key’s owner opens', async () => {
  const claims = { number: '4242424242424242', holder: 'Ada Löwe' };
  const jwe = await encryptJwe(claims, key);
  assert.deepEqual(open(jwe), claims);
  const parts = jwe.split('.');
  assert.deepEqual(JSON.parse(Buffer.from(parts[0]!, 'base64url').toString()), { alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'k1' });
  assert.deepEqual(parts.slice(1).map((part) => Buffer.from(part, 'base64url').length).filter((_, index) => index !== 2), [256, 12, 16]);
  assert.doesNotMatch(jwe, /[+/=]/);
});

test('The same claims never make the same envelope', async () => {
  assert.notEqual(await encryptJwe({}, key), await encryptJwe({}, key));
});

test('An envelope with another header does not open', async () => {
  const parts = (await encryptJwe({}, key)).split('.');
  parts[0] = Buffer.from('{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"k2"}').toString('base64url');
  assert.throws(() => open(parts.join('.')));
});

test('The claims bind an envelope to one customer, once, for less than ten minutes', () => {
  const now = 1_700_000_000_999;
  const claims = boundClaims('cus_1', now);
  assert.equal(claims.customer, 'cus_1');
  assert.ok(claims.jti.length >= 16);
  assert.notEqual(claims.jti, boundClaims('cus_1', now).jti);
  assert.ok(claims.exp > 1_700_000_000 && claims.exp <= 1_700_000_600);
});

test('Only a key for this algorithm is chosen', () => {
  assert.equal(chooseKey([{ ...key, alg: 'RSA-OAEP' }, { ...key, use: 'sig' }, key]), key);
  assert.throws(() => chooseKey([{ ...key, alg: 'RSA1_5' }]));
});
