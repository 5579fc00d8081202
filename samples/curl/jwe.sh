# What the customer's browser does with a card, in bash and openssl: a JWE (RFC 7516), RSA-OAEP-256 and A256GCM.
# openssl does RSA and AES in counter mode on the command line; the checksum that makes GCM of it (NIST SP 800-38D) is `ghash`.
# A page or an app calls WebCrypto instead and needs five lines (samples/javascript). Here keys show in the list of processes.

hex() { od -An -v -tx1 | tr -d ' \n'; }
raw() { printf "$(sed 's/../\\x&/g')"; }          # Hex from standard input, as bytes.
b64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
from_b64url() { local text; text=$(tr -- '-_' '+/'); while ((${#text} % 4)); do text+='='; done; printf %s "$text" | openssl base64 -d -A; }
padded() { local data=$1; while ((${#data} % 32)); do data+='00'; done; printf %s "$data"; }

ghash() { # $1: H, $2: data, whole blocks, both in hex. Two halves of 64 bits each, multiplied bit by bit.
  local hh=$((16#${1:0:16})) hl=$((16#${1:16:16})) yh=0 yl=0 xh xl vh vl at bit low
  for ((at = 0; at < ${#2}; at += 32)); do
    xh=$((yh ^ 16#${2:at:16})) xl=$((yl ^ 16#${2:at+16:16})) vh=$hh vl=$hl yh=0 yl=0
    for ((bit = 127; bit >= 0; bit--)); do
      if (((bit > 63 ? xh >> (bit - 64) : xl >> bit) & 1)); then yh=$((yh ^ vh)) yl=$((yl ^ vl)); fi
      low=$((vl & 1)) vl=$(((vl >> 1) & 0x7fffffffffffffff | vh << 63)) vh=$(((vh >> 1) & 0x7fffffffffffffff))
      if ((low)); then vh=$((vh ^ 0xe1 << 56)); fi
    done
  done
  printf '%016x%016x' $yh $yl
}

encrypt() { # $1: the answer of GET /v1/keys/encryption, $2: what is encrypted. Prints the five parts.
  local n header key nonce wrapped stream sealed sum
  n=$(grep -o '"n":"[^"]*' <<<"$1" | cut -d'"' -f4 | from_b64url | hex)
  header=$(printf '{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"%s"}' "$(grep -o '"kid":"[^"]*' <<<"$1" | cut -d'"' -f4)" | b64url)
  key=$(openssl rand -hex 32) nonce=$(openssl rand -hex 12)
  # RFC 8017's structure of a public key of 3,072 bits with the exponent 65,537.
  printf '308201a2300d06092a864886f70d01010105000382018f003082018a0282018100%s0203010001' "$n" | raw >"$WORK/hub.der"
  wrapped=$(printf %s "$key" | raw | openssl pkeyutl -encrypt -pubin -keyform DER -inkey "$WORK/hub.der" \
    -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256 | b64url)
  # The first block of the stream masks the checksum, the others the content.
  stream=$({ printf '%032d' 0 | raw; printf %s "$2"; } | openssl enc -aes-256-ctr -K "$key" -iv "${nonce}00000001" | hex)
  sealed=${stream:32}
  sum=$(ghash "$(printf '%032d' 0 | raw | openssl enc -aes-256-ecb -nopad -K "$key" | hex)" \
    "$(padded "$(printf %s "$header" | hex)")$(padded "$sealed")$(printf '%016x%016x' $((${#header} * 8)) $((${#sealed} * 4)))")
  sum=$(printf '%016x%016x' $((16#${sum:0:16} ^ 16#${stream:0:16})) $((16#${sum:16} ^ 16#${stream:16:16})))
  printf '%s.%s.%s.%s.%s' "$header" "$wrapped" "$(printf %s "$nonce" | raw | b64url)" "$(printf %s "$sealed" | raw | b64url)" "$(printf %s "$sum" | raw | b64url)"
}
