using System.Net;
using System.Text;
using System.Text.Json;
using Hub.Actors;
using Hub.Api.Providers;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Domain.Signatures;
using Hub.Gateways;
using Hub.Gateways.SandboxBank;
using Hub.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Api.Tests.Attacks;

/// <summary>Two banks, and a key that was replaced.</summary>
public sealed partial class ForgedWebhookTests
{
    private const string OtherBank = "other_bank";

    /// <summary>Bank B, with its own good key, speaks of what bank A was asked: nothing moves. Bank A's key opens no route of bank B's.</summary>
    [Theory]
    [Trait("Invariant", "13")]
    [InlineData(OtherBank, OtherSecret, HttpStatusCode.NoContent)]
    [InlineData(OtherBank, SandboxKeys.BankWebhookSecret, HttpStatusCode.Unauthorized)]
    [InlineData(SandboxBankGateway.GatewayName, OtherSecret, HttpStatusCode.Unauthorized)]
    public async Task A_bank_speaks_only_for_itself(string route, string secret, HttpStatusCode status)
    {
        var sale = await (await hub.Acme.SellAsync(await hub.AdaAsync())).AwaitingConfirmationAsync();
        await using var banks = await TwoBanksAsync();
        var attempt = (await sale.StateAsync()).LastAttempt!;
        var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            id = $"evt_{Guid.NewGuid():N}", type = "authorization.updated", created_at = hub.Clock.GetUtcNow(), idempotency_key = attempt.Authorize.Key,
            @object = new { id = attempt.BankId, status = "declined", reference = $"{sale.Payment}/{attempt.Authorize.Key}" },
        }));

        using var answer = await hub.UnchangedAsync(() => PostAsync(banks, route, body, secret));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("awaiting_confirmation", await sale.StatusAsync());
    }

    [Theory]
    [InlineData(OtherSecret, true)]
    [InlineData(SandboxKeys.BankWebhookSecret, true)]
    [InlineData(OtherSecret, false)]
    public void A_key_counts_while_it_is_configured_and_not_a_moment_longer(string secret, bool both)
    {
        AttackFigures.Tried(AttackRow.ForgedWebhook);
        var options = Secrets(both ? [SandboxKeys.BankWebhookSecret, OtherSecret] : [SandboxKeys.BankWebhookSecret]);
        var (body, now) = ("""{"id":"bev_1","type":"other","created_at":"2026-03-02T12:00:00Z","object":{}}"""u8.ToArray(), hub.Clock.GetUtcNow());

        var read = new BankWebhooks(SandboxBankGateway.GatewayName, options, hub.Clock)
            .Read("msg_1", $"{now.ToUnixTimeSeconds()}", StandardWebhook.Sign("msg_1", now, body, secret), body);

        if (both) Assert.IsType<BankWebhook.Irrelevant>(read);
        else Assert.Equal(new BankWebhook.Forged(WebhookFault.BadSignature), read);
    }

    /// <summary>Under its own id a message counts once, whatever it says the second time; under another id it is another message, and its digits are spent.</summary>
    [Fact]
    [Trait("Invariant", "12")]
    public async Task A_text_message_that_comes_again_counts_once_even_when_it_says_something_else()
    {
        var sale = await (await hub.Acme.SellAsync(await hub.AdaAsync())).AwaitingConfirmationAsync();
        var form = new Dictionary<string, string>
        {
            ["MessageSid"] = $"SM{Guid.NewGuid():N}", ["AccountSid"] = SandboxKeys.TwilioAccountSid, ["From"] = sale.Payer.Phone,
            ["To"] = SandboxKeys.TwilioSender, ["Body"] = "thank you", ["NumMedia"] = "0",
        };
        using var first = await TwilioAsync("/channels/twilio/inbound", form);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        using var again = await hub.UnchangedAsync(() => TwilioAsync("/channels/twilio/inbound", form));
        form["Body"] = $"PAY {await sale.PhoneDigitsAsync()}";
        using var changed = await hub.UnchangedAsync(() => TwilioAsync("/channels/twilio/inbound", form));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (again.StatusCode, changed.StatusCode));
        Assert.Equal("awaiting_confirmation", await sale.StatusAsync());
    }

    private static SandboxBankOptions Secrets(params string[] secrets) =>
        new() { BaseAddress = new Uri("http://127.0.0.1:1"), ApiKey = "bank_key", WebhookSecrets = secrets };

    private Task<TestHub> TwoBanksAsync() => TestHub.StartAsync(BankEndpoints.Map, services =>
    {
        services.AddSingleton(hub.Get<IActors>());
        services.AddSingleton<ProviderMeters>();
        services.AddSingleton(new GatewayDirectory([]));
        services.AddSingleton<IBankWebhooks>(new BankWebhooks(SandboxBankGateway.GatewayName, Secrets(SandboxKeys.BankWebhookSecret), hub.Clock));
        services.AddSingleton<IBankWebhooks>(new BankWebhooks(OtherBank, Secrets(OtherSecret), hub.Clock));
    });

    private async Task<HttpResponseMessage> PostAsync(TestHub banks, string gateway, byte[] body, string secret)
    {
        AttackFigures.Tried(AttackRow.ForgedWebhook);
        var (id, now) = ($"msg_{Guid.NewGuid():N}", hub.Clock.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/gateways/{gateway}/webhook") { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation(StandardWebhook.IdHeader, id);
        request.Headers.TryAddWithoutValidation(StandardWebhook.TimestampHeader, $"{now.ToUnixTimeSeconds()}");
        request.Headers.TryAddWithoutValidation(StandardWebhook.SignatureHeader, StandardWebhook.Sign(id, now, body, secret));
        return await banks.Client.SendAsync(request);
    }
}
