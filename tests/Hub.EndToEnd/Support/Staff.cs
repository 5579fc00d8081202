using System.Text.Json;
using Hub.Sandbox;

namespace Hub.EndToEnd.Support;

/// <summary>A member of the staff, signed in with password and second factor.</summary>
internal sealed class Staff
{
    private Staff(HttpClient http, string cookie)
    {
        Cookie = cookie;
        Api = new Api(http, request =>
        {
            request.Headers.Add("Cookie", cookie);
            if (request.Method == HttpMethod.Get) return;
            request.Headers.Add("X-CSRF", "1");
            request.Headers.Add("Origin", http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        });
    }

    internal Api Api { get; }

    /// <summary>Name and value of the session's cookie.</summary>
    internal string Cookie { get; }

    internal static async Task<Staff> SignInAsync(HttpClient http)
    {
        var api = new Api(http);
        var code = (await api.GetAsync("/sandbox/api/authenticator")).Text("code");
        var answer = await api.PostAsync("/staff/sign-in", new { email = SandboxKeys.StaffEmail, password = SandboxKeys.StaffPassword, code });
        answer.Expect(204);
        return new Staff(http, answer.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("hub_staff", StringComparison.Ordinal)).Split(';')[0]);
    }

    /// <summary>The merchant's cases about one payment.</summary>
    internal async Task<IReadOnlyList<JsonElement>> CasesAsync(string payment) =>
        [.. (await Api.GetAsync("/v1/cases?limit=100")).List("data").Where(c => c.Text("payment") == payment)];
}
