"""A whole payment through OmniHub: python3 pay.py [hub] — leaves receipt.json and keys.json behind.

Python's standard library signs nothing with elliptic curves and encrypts nothing, so the `openssl` command does both (see jwe.py).
"""
import base64, hashlib, json, os, random, re, sys, tempfile, time, urllib.parse, urllib.request, uuid
import jwe
from jwe import openssl

HUB = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:5080"
MERCHANT = "sk_test_omnihub_demo_merchant_key_0001"  # The sandbox's demo merchant.
FOLDER = tempfile.TemporaryDirectory()

def fetch(method, path, token=None, body=None, headers={}):
    """Every POST has an idempotency key: the same request under the same key is carried out once."""
    fields = {"content-type": "application/json"} | ({"idempotency-key": str(uuid.uuid4())} if method == "POST" else {}) | headers
    if token: fields["authorization"] = f"Bearer {token}"
    request = urllib.request.Request(HUB + path, body if isinstance(body, bytes) or body is None else json.dumps(body).encode(), fields, method=method)
    with urllib.request.urlopen(request) as answer: return answer.read()

def call(*request): return json.loads(fetch(*request) or "null")

# --- The merchant's server: a key of its own, a customer, a signed order, a payment, a session for the customer's browser.
signing_key = os.path.join(FOLDER.name, "merchant.pem")
openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", signing_key)
key = call("POST", "/v1/merchants/signing-keys", MERCHANT, {"public_key": openssl("ec", "-in", signing_key, "-pubout").decode()})
phone = f"+14155557{random.randrange(1_000):03}"
customer = call("POST", "/v1/customers", MERCHANT, {"name": "Ada Lovelace", "phone": phone, "confirmation": {"method": "sms", "fallback": []}})

def signed(body):
    """RFC 9421: what is covered is signed line by line, the last line says what was covered. The digest stands for the body (RFC 9530)."""
    fields = {"content-digest": f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:", "idempotency-key": str(uuid.uuid4())}
    covered = {"@method": "POST", "@authority": urllib.parse.urlsplit(HUB).netloc, "@target-uri": f"{HUB}/v1/orders"} | fields
    parameters = "(" + " ".join(f'"{name}"' for name in covered) + f');created={int(time.time())};keyid="{key["id"]}";alg="ecdsa-p256-sha256"'
    lines = [f'"{name}": {value}' for name, value in covered.items()] + [f'"@signature-params": {parameters}']
    der = openssl("asn1parse", "-inform", "DER", data=openssl("dgst", "-sha256", "-sign", signing_key, data="\n".join(lines).encode())).decode()
    r_and_s = b"".join(int(number, 16).to_bytes(32, "big") for number in re.findall(r"INTEGER\s+:(\w+)", der))
    return fields | {"signature-input": f"sig1={parameters}", "signature": f"sig1=:{base64.b64encode(r_and_s).decode()}:"}

goods = json.dumps({
    "reference": f"PY-{uuid.uuid4()}", "customer": customer["id"], "currency": "EUR", "shipping": 490,
    "lines": [{"sku": "BK-001", "name": "The Patient Ledger", "quantity": 2, "unit_price": 1990, "tax": 260}],
    "consignee": {"name": "Ada Lovelace", "address": "12 St James's Square, London"}, "delivery": {"method": "parcel"}}).encode()
order = call("POST", "/v1/orders", MERCHANT, goods, signed(goods))
payment = call("POST", "/v1/payments", MERCHANT, {"order": order["id"]})
token = call("POST", f"/v1/customers/{customer['id']}/sessions", MERCHANT, {"payment": payment["id"]})["token"]

# --- The customer's device. Its phone is the sandbox's, so that a program can read what arrives.
MESSAGES = f"/sandbox/api/phones/{urllib.parse.quote(phone)}/messages"

def texted(pattern):
    for _ in range(100):
        if found := re.search(pattern, "\n".join(text["body"] for text in call("GET", MESSAGES))): return found[1]
        time.sleep(0.2)
    raise SystemExit(f"No text message with {pattern} came.")

address = f"/v1/customers/{customer['id']}/addresses/{customer['addresses'][0]['id']}/verification"
call("POST", address, token, {})
call("POST", f"{address}/check", token, {"code": texted(r"\b(\d{6})\b")})
call("POST", f"/v1/orders/{order['id']}/accept", token, {"invoice_hash": order["invoice_hash"]})

jwk = call("GET", "/v1/keys/encryption")["keys"][0]

def encrypted(secret):
    """The card leaves the device encrypted to the hub: for this customer, once, within five minutes. Nobody between can read it."""
    return jwe.encrypt(jwk, secret | {"customer": customer["id"], "jti": str(uuid.uuid4()), "exp": int(time.time()) + 300})

card = call("POST", f"/v1/customers/{customer['id']}/instruments", token,
            {"type": "card", "encrypted": encrypted({"number": "4242424242424242", "exp_month": 12, "exp_year": 2035, "holder": "Ada Lovelace"})})
call("POST", f"/v1/payments/{payment['id']}/submit", token, {"instrument": card["id"], "security_code": encrypted({"security_code": "123"})}, {"prefer": "wait=10"})
call("POST", MESSAGES, None, {"body": "PAY " + texted(r"PAY (\d{4})")})  # The customer answers.

# --- The result, and a receipt that can be checked without the hub.
while (paid := call("GET", f"/v1/payments/{payment['id']}", MERCHANT, None, {"prefer": "wait=10"}))["status"] in ("awaiting_confirmation", "processing"): time.sleep(0.1)
print(f"Payment {paid['id']}: {paid['status']}, {paid['amount_captured']} of {paid['amount']['amount']} {paid['amount']['currency']} minor units captured")
for name, path in (("receipt.json", f"/v1/payments/{payment['id']}/receipt"), ("keys.json", "/v1/keys/signing")):
    with open(name, "wb") as file: file.write(fetch("GET", path, MERCHANT))
