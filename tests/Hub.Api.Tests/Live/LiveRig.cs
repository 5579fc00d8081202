using System.Security.Cryptography;
using System.Text.Json;
using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.Api.Tests.Edge.Support;
using Hub.Domain.Kernel;

namespace Hub.Api.Tests.Live;

/// <summary>A hub with live updates over topics in memory.</summary>
internal sealed class LiveRig(TestHub hub, MemoryViews views, Subjects subjects) : IAsyncDisposable
{
    public TestHub Hub => hub;

    public MemoryViews Views => views;

    public string Origin => hub.Address.GetLeftPart(UriPartial.Authority);

    public void Add(string topic, int count)
    {
        for (var i = 0; i < count; i++)
        {
            views.Add(topic, subjects);
        }
    }

    public Task<IssuedCredential> SessionAsync(string customer, string? payment) =>
        hub.Credentials.IssueAsync(NewCredential.Session("mer_a", customer, payment, TimeSpan.FromMinutes(15)), CancellationToken.None);

    public async Task<SignalRJsonClient> ConnectAsync(string customer, string? payment = null) =>
        await SignalRJsonClient.ConnectAsync(hub.Address, (await SessionAsync(customer, payment)).Secret);

    public async Task<string> StaffCookieAsync()
    {
        var secret = new byte[Totp.SecretBytes];
        await hub.Get<StaffDirectory>().CreateAsync(new NewStaff("s@omnihub.example", "correct horse battery", [StaffRole.Support], ["mer_a"], secret), CancellationToken.None);
        var code = Totp.Code(secret, Totp.StepAt(hub.Time.GetUtcNow()), Totp.Digits, HashAlgorithmName.SHA1);
        var typed = JsonSerializer.Serialize(new { email = "s@omnihub.example", password = "correct horse battery", code });
        using var signedIn = await hub.Client.PostAsync("/staff/sign-in", typed);
        return signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();
}
