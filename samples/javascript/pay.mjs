// A whole payment through OmniHub, with nothing but Node 20: node pay.mjs [hub] — leaves receipt.json and keys.json behind.
import { constants, createCipheriv, createHash, createPublicKey, generateKeyPairSync, publicEncrypt, randomBytes, randomUUID, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const hub = process.argv[2] ?? 'http://localhost:5080';
const merchant = 'sk_test_omnihub_demo_merchant_key_0001'; // The sandbox's demo merchant.

// Every POST has an idempotency key: the same request under the same key is carried out once.
async function call(method, path, token, body, headers = {}) {
  const answer = await fetch(hub + path, {
    method, body: body && JSON.stringify(body),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...(method === 'POST' && { 'idempotency-key': randomUUID() }), ...headers },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text && JSON.parse(text);
}

// --- The merchant's server: a key of its own, a customer, a signed order, a payment, a session for the customer's browser.
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = await call('POST', '/v1/merchants/signing-keys', merchant, { public_key: publicKey.export({ type: 'spki', format: 'pem' }) });
const phone = `+14155555${String(Math.floor(Math.random() * 1_000)).padStart(3, '0')}`;
const customer = await call('POST', '/v1/customers', merchant, { name: 'Ada Lovelace', phone, confirmation: { method: 'sms', fallback: [] } });

// RFC 9421: what is covered is signed line by line, the last line says what was covered. The digest stands for the body (RFC 9530).
function signed(body) {
  const fields = { 'content-digest': `sha-256=:${createHash('sha256').update(JSON.stringify(body)).digest('base64')}:`, 'idempotency-key': randomUUID() };
  const covered = { '@method': 'POST', '@authority': new URL(hub).host, '@target-uri': `${hub}/v1/orders`, ...fields };
  const input = `(${Object.keys(covered).map(name => `"${name}"`).join(' ')});created=${Math.floor(Date.now() / 1000)};keyid="${key.id}";alg="ecdsa-p256-sha256"`;
  const base = [...Object.entries(covered).map(([name, value]) => `"${name}": ${value}`), `"@signature-params": ${input}`].join('\n');
  const signature = sign('sha256', Buffer.from(base), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64');
  return { ...fields, 'signature-input': `sig1=${input}`, signature: `sig1=:${signature}:` };
}

const goods = {
  reference: `JS-${randomUUID()}`, customer: customer.id, currency: 'EUR', shipping: 490,
  lines: [{ sku: 'BK-001', name: 'The Patient Ledger', quantity: 2, unit_price: 1990, tax: 260 }],
  consignee: { name: 'Ada Lovelace', address: '12 St James\'s Square, London' }, delivery: { method: 'parcel' },
};
const order = await call('POST', '/v1/orders', merchant, goods, signed(goods));
const payment = await call('POST', '/v1/payments', merchant, { order: order.id });
const { token } = await call('POST', `/v1/customers/${customer.id}/sessions`, merchant, { payment: payment.id });

// --- The customer's device. Its phone is the sandbox's, so that a program can read what arrives.
async function texted(pattern) {
  for (let tries = 0; tries < 100; tries++) {
    const texts = await (await fetch(`${hub}/sandbox/api/phones/${encodeURIComponent(phone)}/messages`)).json();
    const found = texts.map(text => pattern.exec(text.body)?.[1]).find(Boolean);
    if (found) return found;
    await new Promise(later => setTimeout(later, 200));
  }
  throw new Error(`No text message with ${pattern} came.`);
}

const address = `/v1/customers/${customer.id}/addresses/${customer.addresses[0].id}/verification`;
await call('POST', address, token);
await call('POST', `${address}/check`, token, { code: await texted(/(\d{6})/) });
await call('POST', `/v1/orders/${order.id}/accept`, token, { invoice_hash: order.invoice_hash });

// JWE (RFC 7516), RSA-OAEP-256 and A256GCM: the card leaves the device encrypted to the hub, and nobody between can read it.
const [jwk] = (await call('GET', '/v1/keys/encryption', token)).keys;
function encrypted(secret) {
  const content = JSON.stringify({ ...secret, customer: customer.id, jti: randomUUID(), exp: Math.floor(Date.now() / 1000) + 300 });
  const header = Buffer.from(JSON.stringify({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: jwk.kid })).toString('base64url');
  const [contentKey, nonce] = [randomBytes(32), randomBytes(12)];
  const wrapped = publicEncrypt({ key: createPublicKey({ key: jwk, format: 'jwk' }), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, contentKey);
  const cipher = createCipheriv('aes-256-gcm', contentKey, nonce).setAAD(Buffer.from(header));
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return [header, ...[wrapped, nonce, sealed, cipher.getAuthTag()].map(part => part.toString('base64url'))].join('.');
}

const card = await call('POST', `/v1/customers/${customer.id}/instruments`, token, { type: 'card', encrypted: encrypted({ number: '4242424242424242', exp_month: 12, exp_year: 2035, holder: 'Ada Lovelace' }) });
await call('POST', `/v1/payments/${payment.id}/submit`, token, { instrument: card.id, security_code: encrypted({ security_code: '123' }) }, { prefer: 'wait=10' });
await call('POST', `/sandbox/api/phones/${encodeURIComponent(phone)}/messages`, token, { body: `PAY ${await texted(/PAY (\d{4})/)}` }); // The customer answers.

// --- The result, and a receipt that can be checked without the hub.
let paid;
do paid = await call('GET', `/v1/payments/${payment.id}`, merchant, undefined, { prefer: 'wait=10' }); while (/awaiting|processing/.test(paid.status));
console.log(`Payment ${paid.id}: ${paid.status}, ${paid.amount_captured} of ${paid.amount.amount} ${paid.amount.currency} minor units captured`);
for (const [file, path] of [['receipt.json', `/v1/payments/${payment.id}/receipt`], ['keys.json', '/v1/keys/signing']]) {
  writeFileSync(file, await (await fetch(hub + path, { headers: { authorization: `Bearer ${merchant}` } })).text());
}
