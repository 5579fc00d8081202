// A whole payment through OmniHub, with nothing but the .NET 10 SDK: dotnet run pay.cs [hub] — leaves receipt.json and keys.json behind.
#:property PublishAot=false
using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

var hub = args.Length > 0 ? args[0] : "http://localhost:5080";
var merchant = "sk_test_omnihub_demo_merchant_key_0001"; // The sandbox's demo merchant.
using var http = new HttpClient { BaseAddress = new Uri(hub) };

// Every POST has an idempotency key: the same request under the same key is carried out once.
async Task<string> FetchAsync(HttpMethod method, string path, string? token, string? body = null, params (string Name, string Value)[] headers)
{
    using var request = new HttpRequestMessage(method, path);
    if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
    foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
    if (method == HttpMethod.Post && !request.Headers.Contains("idempotency-key")) request.Headers.Add("idempotency-key", $"{Guid.NewGuid()}");
    using var answer = await http.SendAsync(request);
    var text = await answer.Content.ReadAsStringAsync();
    return answer.IsSuccessStatusCode ? text : throw new HttpRequestException($"{method} {path}: {(int)answer.StatusCode} {text}");
}

async Task<JsonNode> PostAsync(string path, string? token, object body, params (string, string)[] headers) =>
    JsonNode.Parse(await FetchAsync(HttpMethod.Post, path, token, JsonSerializer.Serialize(body), headers))!;
async Task<JsonNode> GetAsync(string path, string? token, params (string, string)[] headers) => JsonNode.Parse(await FetchAsync(HttpMethod.Get, path, token, null, headers))!;

// --- The merchant's server: a key of its own, a customer, a signed order, a payment, a session for the customer's browser.
using var signingKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
var key = await PostAsync("/v1/merchants/signing-keys", merchant, new { public_key = signingKey.ExportSubjectPublicKeyInfoPem() });
var phone = $"+14155553{Random.Shared.Next(1_000):000}";
var customer = await PostAsync("/v1/customers", merchant, new { name = "Ada Lovelace", phone, confirmation = new { method = "sms", fallback = Array.Empty<string>() } });

// RFC 9421: what is covered is signed line by line, the last line says what was covered. The digest stands for the body (RFC 9530).
(string, string)[] Signed(string body)
{
    (string Name, string Value)[] fields = [("content-digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}:"), ("idempotency-key", $"{Guid.NewGuid()}")];
    (string Name, string Value)[] covered = [("@method", "POST"), ("@authority", new Uri(hub).Authority), ("@target-uri", $"{hub}/v1/orders"), .. fields];
    var input = $"({string.Join(' ', covered.Select(c => $"\"{c.Name}\""))});created={DateTimeOffset.UtcNow.ToUnixTimeSeconds()};keyid=\"{key["id"]}\";alg=\"ecdsa-p256-sha256\"";
    var lines = string.Concat(covered.Select(c => $"\"{c.Name}\": {c.Value}\n")) + $"\"@signature-params\": {input}";
    var signature = Convert.ToBase64String(signingKey.SignData(Encoding.ASCII.GetBytes(lines), HashAlgorithmName.SHA256));
    return [.. fields, ("signature-input", $"sig1={input}"), ("signature", $"sig1=:{signature}:")];
}
var goods = new
{
    reference = $"CS-{Guid.NewGuid()}", customer = $"{customer["id"]}", currency = "EUR", shipping = 490,
    lines = new[] { new { sku = "BK-001", name = "The Patient Ledger", quantity = 2, unit_price = 1990, tax = 260 } },
    consignee = new { name = "Ada Lovelace", address = "12 St James's Square, London" }, delivery = new { method = "parcel" },
};
var order = await PostAsync("/v1/orders", merchant, goods, Signed(JsonSerializer.Serialize(goods)));
var payment = await PostAsync("/v1/payments", merchant, new { order = $"{order["id"]}" });
var token = $"{(await PostAsync($"/v1/customers/{customer["id"]}/sessions", merchant, new { payment = $"{payment["id"]}" }))["token"]}";

// --- The customer's device. Its phone is the sandbox's, so that a program can read what arrives.
var messages = $"/sandbox/api/phones/{Uri.EscapeDataString(phone)}/messages";
async Task<string> TextedAsync(string pattern)
{
    for (var tries = 0; tries < 100; tries++, await Task.Delay(200))
        if (Regex.Match(string.Join('\n', (await GetAsync(messages, null)).AsArray().Select(text => $"{text!["body"]}")), pattern) is { Success: true } found) return found.Groups[1].Value;
    throw new TimeoutException($"No text message with {pattern} came.");
}

var address = $"/v1/customers/{customer["id"]}/addresses/{customer["addresses"]![0]!["id"]}/verification";
await PostAsync(address, token, new { });
await PostAsync($"{address}/check", token, new { code = await TextedAsync(@"\b(\d{6})\b") });
await PostAsync($"/v1/orders/{order["id"]}/accept", token, new { invoice_hash = $"{order["invoice_hash"]}" });

// JWE (RFC 7516), RSA-OAEP-256 and A256GCM: the card leaves the device encrypted to the hub, and nobody between can read it.
var jwk = (await GetAsync("/v1/keys/encryption", null))["keys"]![0]!;
string Encrypted(object secret)
{
    var (content, header) = (JsonSerializer.SerializeToUtf8Bytes(secret), Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { alg = "RSA-OAEP-256", enc = "A256GCM", kid = $"{jwk["kid"]}" })));
    using var rsa = RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars($"{jwk["n"]}"), Exponent = Base64Url.DecodeFromChars($"{jwk["e"]}") });
    var (contentKey, nonce, tag, sealedContent) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(12), new byte[16], new byte[content.Length]);
    using var gcm = new AesGcm(contentKey, tag.Length);
    gcm.Encrypt(nonce, content, sealedContent, tag, Encoding.ASCII.GetBytes(header));
    return string.Join('.', [header, .. new[] { rsa.Encrypt(contentKey, RSAEncryptionPadding.OaepSHA256), nonce, sealedContent, tag }.Select(part => Base64Url.EncodeToString(part))]);
}
var (owner, exp) = ($"{customer["id"]}", DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 300);
var number = Encrypted(new { number = "4242424242424242", exp_month = 12, exp_year = 2035, holder = "Ada Lovelace", customer = owner, jti = $"{Guid.NewGuid()}", exp });
var code = Encrypted(new { security_code = "123", customer = owner, jti = $"{Guid.NewGuid()}", exp });
var card = await PostAsync($"/v1/customers/{owner}/instruments", token, new { type = "card", encrypted = number });
await PostAsync($"/v1/payments/{payment["id"]}/submit", token, new { instrument = $"{card["id"]}", security_code = code }, ("prefer", "wait=10"));
await PostAsync(messages, null, new { body = $"PAY {await TextedAsync(@"PAY (\d{4})")}" }); // The customer answers.

// --- The result, and a receipt that can be checked without the hub.
JsonNode paid;
do paid = await GetAsync($"/v1/payments/{payment["id"]}", merchant, ("prefer", "wait=10")); while ($"{paid["status"]}" is "awaiting_confirmation" or "processing");
Console.WriteLine($"Payment {paid["id"]}: {paid["status"]}, {paid["amount_captured"]} of {paid["amount"]!["amount"]} {paid["amount"]!["currency"]} minor units captured");
await File.WriteAllTextAsync("receipt.json", await FetchAsync(HttpMethod.Get, $"/v1/payments/{payment["id"]}/receipt", merchant));
await File.WriteAllTextAsync("keys.json", await FetchAsync(HttpMethod.Get, "/v1/keys/signing", merchant));
