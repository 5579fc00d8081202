/** A key of the hub as its JWKS gives it. */
export interface EncryptionKey {
  kty: string;
  use?: string;
  alg: string;
  kid: string;
  n: string;
  e: string;
}

/** The key to encrypt with: the first that may be used for RSA-OAEP-256. */
export function chooseKey(keys: EncryptionKey[]): EncryptionKey {
  const key = keys.find((k) => k.kty === 'RSA' && k.alg === 'RSA-OAEP-256' && (k.use ?? 'enc') === 'enc');
  if (!key) throw new Error('The hub offers no key to encrypt with.');
  return key;
}

/** Encrypts claims as a compact JWE (RFC 7516): a fresh AES-256-GCM key under RSA-OAEP with SHA-256. */
export async function encryptJwe(claims: object, key: EncryptionKey): Promise<string> {
  const header = base64Url(utf8(JSON.stringify({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: key.kid })));
  const rsa = await crypto.subtle.importKey(
    'jwk', { kty: 'RSA', n: key.n, e: key.e, alg: 'RSA-OAEP-256', ext: true }, { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['encrypt']);
  const content = crypto.getRandomValues(new Uint8Array(32));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const aes = await crypto.subtle.importKey('raw', content, 'AES-GCM', false, ['encrypt']);
  const wrapped = new Uint8Array(await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, rsa, content));
  content.fill(0);
  const sealed = new Uint8Array(await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: utf8(header), tagLength: 128 }, aes, utf8(JSON.stringify(claims))));
  const parts = [wrapped, iv, sealed.subarray(0, sealed.length - 16), sealed.subarray(sealed.length - 16)];
  return [header, ...parts.map(base64Url)].join('.');
}

/** The claims that bind a secret to one customer and one short time; `exp` stays under the ten minutes the hub accepts. */
export function boundClaims(customer: string, now: number): { customer: string; jti: string; exp: number } {
  const jti = base64Url(crypto.getRandomValues(new Uint8Array(18)));
  return { customer, jti, exp: Math.floor(now / 1000) + 540 };
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
