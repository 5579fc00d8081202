#!/usr/bin/env bash
# A whole payment through OmniHub with curl and openssl: bash pay.sh [hub] — leaves receipt.json and keys.json behind.
set -euo pipefail

HUB=${1:-http://localhost:5080}
MERCHANT=sk_test_omnihub_demo_merchant_key_0001   # The sandbox's demo merchant.
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
. "$(dirname "$0")/jwe.sh"

new_key() { openssl rand -hex 16; }
field() { grep -o "\"$1\":\"[^\"]*" | head -n 1 | cut -d'"' -f4; }   # The first member of that name in a JSON text.
get() { curl -fsS "$HUB$1" -H "Authorization: Bearer $2" "${@:3}"; }
# Every POST has an idempotency key: the same request under the same key is carried out once.
post() { curl -fsS "$HUB$1" -H "Authorization: Bearer $2" -H 'Content-Type: application/json' -d "$3" -H "Idempotency-Key: $(new_key)" "${@:4}"; }

# --- The merchant's server: a key of its own, a customer, a signed order, a payment, a session for the customer's browser.
openssl ecparam -name prime256v1 -genkey -noout -out "$WORK/merchant.pem"
pem=$(openssl ec -in "$WORK/merchant.pem" -pubout 2>/dev/null | awk '{ printf "%s\\n", $0 }')
key=$(post /v1/merchants/signing-keys $MERCHANT "{\"public_key\":\"$pem\"}" | field id)
phone=+14155551$(printf '%03d' $((RANDOM % 1000)))
created=$(post /v1/customers $MERCHANT "{\"name\":\"Ada Lovelace\",\"phone\":\"$phone\",\"confirmation\":{\"method\":\"sms\",\"fallback\":[]}}")
customer=$(field id <<<"$created") address=$(grep -o 'adr_[a-z0-9_]*' <<<"$created" | head -n 1)

# RFC 9421: what is covered is signed line by line, the last line says what was covered. The digest stands for the body (RFC 9530).
place_order() {
  local digest idempotency input signature
  digest="sha-256=:$(printf %s "$1" | openssl dgst -sha256 -binary | openssl base64 -A):" idempotency=$(new_key)
  input="(\"@method\" \"@authority\" \"@target-uri\" \"content-digest\" \"idempotency-key\");created=$(date +%s);keyid=\"$key\";alg=\"ecdsa-p256-sha256\""
  # openssl writes r and s as a DER sequence; HTTP wants 32 bytes of each.
  signature=$(printf '"@method": POST\n"@authority": %s\n"@target-uri": %s\n"content-digest": %s\n"idempotency-key": %s\n"@signature-params": %s' \
    "${HUB#*://}" "$HUB/v1/orders" "$digest" "$idempotency" "$input" | openssl dgst -sha256 -sign "$WORK/merchant.pem" \
    | openssl asn1parse -inform DER | sed -n 's/.*INTEGER *://p' | while read -r n; do printf '%64s' "$n" | tr ' ' 0; done | raw | openssl base64 -A)
  curl -fsS "$HUB/v1/orders" -H "Authorization: Bearer $MERCHANT" -H 'Content-Type: application/json' -d "$1" \
    -H "Idempotency-Key: $idempotency" -H "Content-Digest: $digest" -H "Signature-Input: sig1=$input" -H "Signature: sig1=:$signature:"
}

placed=$(place_order "{\"reference\":\"SH-$(new_key)\",\"customer\":\"$customer\",\"currency\":\"EUR\",\"shipping\":490,
  \"lines\":[{\"sku\":\"BK-001\",\"name\":\"The Patient Ledger\",\"quantity\":2,\"unit_price\":1990,\"tax\":260}],
  \"consignee\":{\"name\":\"Ada Lovelace\",\"address\":\"12 St James's Square, London\"},\"delivery\":{\"method\":\"parcel\"}}")
order=$(field id <<<"$placed")
payment=$(post /v1/payments $MERCHANT "{\"order\":\"$order\"}" | field id)
token=$(post "/v1/customers/$customer/sessions" $MERCHANT "{\"payment\":\"$payment\"}" | field token)

# --- The customer's device. Its phone is the sandbox's, so that a program can read what arrives.
messages=/sandbox/api/phones/%2B${phone#+}/messages
texted() { # The digits behind $1 in a text message that came.
  for _ in $(seq 100); do get "$messages" "$token" | grep -o '"body":"[^"]*' | grep -oE "$1" | grep -oE '[0-9]+' | head -n 1 | grep . && return; sleep 0.2; done
  echo "No text message with '$1' came." >&2; exit 1
}

post "/v1/customers/$customer/addresses/$address/verification" "$token" '{}' >/dev/null
post "/v1/customers/$customer/addresses/$address/verification/check" "$token" "{\"code\":\"$(texted '\b[0-9]{6}\b')\"}" >/dev/null
post "/v1/orders/$order/accept" "$token" "{\"invoice_hash\":\"$(field invoice_hash <<<"$placed")\"}" >/dev/null

# The card leaves the device encrypted to the hub: for this customer, once, within five minutes. Nobody between can read it.
hub_keys=$(get /v1/keys/encryption "$token")
encrypted() { encrypt "$hub_keys" "{$1,\"customer\":\"$customer\",\"jti\":\"$(new_key)\",\"exp\":$(($(date +%s) + 300))}"; }
number=$(encrypted '"number":"4242424242424242","exp_month":12,"exp_year":2035,"holder":"Ada Lovelace"')
card=$(post "/v1/customers/$customer/instruments" "$token" "{\"type\":\"card\",\"encrypted\":\"$number\"}" | field id)
code=$(encrypted '"security_code":"123"')
post "/v1/payments/$payment/submit" "$token" "{\"instrument\":\"$card\",\"security_code\":\"$code\"}" -H 'Prefer: wait=10' >/dev/null
post "$messages" "$token" "{\"body\":\"PAY $(texted 'PAY [0-9]{4}')\"}" >/dev/null   # The customer answers.

# --- The result, and a receipt that can be checked without the hub.
while paid=$(get "/v1/payments/$payment" $MERCHANT -H 'Prefer: wait=10'); grep -qE '"status":"(awaiting_confirmation|processing)","capture"' <<<"$paid"; do sleep 0.1; done
echo "Payment $payment: $(sed 's/.*"status":"\([a-z_]*\)","capture".*/\1/' <<<"$paid"), $(grep -o '"amount_captured":[0-9]*' <<<"$paid" | cut -d: -f2) minor units captured"
get "/v1/payments/$payment/receipt" $MERCHANT >receipt.json
get /v1/keys/signing $MERCHANT >keys.json
