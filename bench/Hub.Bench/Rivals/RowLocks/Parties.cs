using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hub.Sandbox;

namespace Hub.Bench.Rivals.RowLocks;

/// <summary>The sandbox's bank and phone network, called as the hub calls them.</summary>
/// <param name="address">Where they and the service itself are.</param>
internal sealed class Parties(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
    private readonly AuthenticationHeaderValue _phones = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{SandboxKeys.TwilioAccountSid}:{SandboxKeys.TwilioAuthToken}")));

    /// <summary>Holds an amount.</summary>
    /// <returns>The bank's id.</returns>
    /// <exception cref="HttpRequestException">Anything but a hold.</exception>
    public async Task<string> AuthorizeAsync(string key, long amount, string currency, string number, string securityCode) =>
        await BankAsync("authorizations", key, "authorized", new
        {
            amount, currency, card = new { number, exp_month = 12, exp_year = 2035, security_code = securityCode }, payee = SandboxKeys.DemoMerchantName, reference = key,
        });

    /// <summary>Takes it.</summary>
    /// <returns>The bank's id.</returns>
    /// <exception cref="HttpRequestException">It was not taken.</exception>
    public Task<string> CaptureAsync(string key, string authorization, long amount) =>
        BankAsync($"authorizations/{authorization}/captures", key, "succeeded", new { amount, final = true, reference = key });

    /// <summary>Sends a text; what becomes of it is reported to <c>/channels/twilio/status/{id}</c>.</summary>
    /// <returns>The network's id.</returns>
    public async Task<string> TextAsync(string id, string to, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/sandbox/twilio/2010-04-01/Accounts/{SandboxKeys.TwilioAccountSid}/Messages.json");
        request.Headers.Authorization = _phones;
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["To"] = to, ["From"] = SandboxKeys.TwilioSender, ["Body"] = body, ["StatusCallback"] = new Uri(address, $"/channels/twilio/status/{id}").AbsoluteUri,
        });
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sid").GetString()!;
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> BankAsync(string path, string key, string wanted, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/sandbox/bank/v1/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SandboxKeys.BankApiKey);
        request.Headers.Add("Idempotency-Key", key);
        request.Content = JsonContent.Create(body);
        using var response = await _http.SendAsync(request);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.IsSuccessStatusCode && answer.GetProperty("status").GetString() == wanted
            ? answer.GetProperty("id").GetString()!
            : throw new HttpRequestException($"The bank answered {(int)response.StatusCode}: {answer}");
    }
}
