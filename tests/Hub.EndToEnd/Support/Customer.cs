using System.Text.Json;
using Hub.Actors.Ports;
using Hub.Gateways.Jwe;

namespace Hub.EndToEnd.Support;

/// <summary>A customer's browser: holds a session token, and encrypts cards before they leave.</summary>
internal sealed class Customer(HttpClient http, string id, string token)
{
    private readonly Api _sandbox = new(http);
    private readonly SandboxClock _clock = new(http);

    internal string Id => id;

    internal string Token => token;

    internal Api Api { get; } = new(http, token);

    internal Task<JsonElement> ProfileAsync() => Api.GetAsync($"/v1/customers/{id}");

    internal Task<JsonElement> PaymentAsync(string payment, int wait = 0) => Api.GetAsync($"/v1/payments/{payment}", wait);

    internal async Task<JsonElement> AcceptAsync(string order)
    {
        var shown = await Api.GetAsync($"/v1/orders/{order}");
        return (await Api.PostAsync($"/v1/orders/{order}/accept", new { invoice_hash = shown.Text("invoice_hash") })).Expect(200);
    }

    internal async Task AskForCodeAsync(string address) => (await Api.PostAsync($"/v1/customers/{id}/addresses/{address}/verification")).Expect(202);

    internal async Task<JsonElement> ProveAsync(string address, string code) =>
        (await Api.PostAsync($"/v1/customers/{id}/addresses/{address}/verification/check", new { code })).Expect(200);

    internal async Task<JsonElement> AddCardAsync(string number) => (await Api.PostAsync(
        $"/v1/customers/{id}/instruments",
        new
        {
            type = "card",
            encrypted = await EncryptAsync(new { number, exp_month = 12, exp_year = 2035, holder = "Ada Lovelace", customer = id, jti = Api.NewKey(), exp = await ExpiryAsync() }),
        })).Expect(201);

    internal async Task<Answer> SubmitAsync(string payment, string instrument, int wait = 0)
    {
        var code = await EncryptAsync(new { security_code = "123", customer = id, jti = Api.NewKey(), exp = await ExpiryAsync() });
        return await Api.PostAsync($"/v1/payments/{payment}/submit", new { instrument, security_code = code }, wait: wait);
    }

    internal Task<Answer> ApproveAsync(string payment, string code, int wait = 0) =>
        Api.PostAsync($"/v1/payments/{payment}/confirmation", new { answer = "approve", code }, wait: wait);

    internal Task<Answer> RejectAsync(string payment, string? reason = null) =>
        Api.PostAsync($"/v1/payments/{payment}/confirmation", new { answer = "reject", reason });

    /// <summary>Anything secret as the device encrypts it, bound to this customer, one use and minutes.</summary>
    internal async Task<string> EncryptedAsync(object plain)
    {
        var members = System.Text.Json.Nodes.JsonNode.Parse(Api.Write(plain))!.AsObject();
        (members["customer"], members["jti"], members["exp"]) = (id, Api.NewKey(), await ExpiryAsync());
        return await EncryptAsync(members);
    }

    private async Task<long> ExpiryAsync() => (await _clock.NowAsync()).ToUnixTimeSeconds() + 300;

    private async Task<string> EncryptAsync(object plain)
    {
        var keys = await _sandbox.GetAsync("/v1/keys/encryption");
        return CompactJwe.Encrypt(Api.Write(plain), keys.At("keys.0"), new SystemRandomSource());
    }
}
