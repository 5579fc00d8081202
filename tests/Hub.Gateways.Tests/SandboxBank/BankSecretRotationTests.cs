using System.Text;
using Hub.Domain.Signatures;
using Hub.Gateways.SandboxBank;
using Hub.Gateways.Tests.Support;
using static Hub.Gateways.Tests.SandboxBank.GatewayFixture;

namespace Hub.Gateways.Tests.SandboxBank;

/// <summary>The bank changes the secret it signs reports with: while both are set, either is believed.</summary>
public sealed class BankSecretRotationTests
{
    private const string Old = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string New = "whsec_Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        $$"""{"id":"bev_1","type":"capture.updated","created_at":"2026-03-31T12:00:00Z","idempotency_key":"pay_1/cap_1","object":{{OfCapture("succeeded")}}}""");

    [Theory]
    [InlineData(Old, Old, true)]
    [InlineData(Old, New, false)]
    [InlineData(Old + " " + New, Old, true)]
    [InlineData(Old + " " + New, New, true)]
    [InlineData(New + " " + Old, Old, true)]
    [InlineData(New, New, true)]
    [InlineData(New, Old, false)]
    public void A_report_is_believed_under_every_secret_that_is_set_and_no_other(string set, string signedWith, bool believed) =>
        Assert.Equal(believed, Read(set, StandardWebhook.Sign("bev_1", FakeTime.Noon, Body, signedWith)) is BankWebhook.Reported);

    /// <summary>A bank that signs with both while it changes over is believed by who has only one.</summary>
    [Theory]
    [InlineData(Old)]
    [InlineData(New)]
    public void A_report_signed_with_both_is_believed_by_who_knows_one(string set) =>
        Assert.IsType<BankWebhook.Reported>(Read(set, StandardWebhook.Sign("bev_1", FakeTime.Noon, Body, Old, New)));

    private static BankWebhook Read(string secrets, string signature)
    {
        var options = new SandboxBankOptions { BaseAddress = new Uri("http://bank.invalid"), ApiKey = "key", WebhookSecrets = secrets.Split(' ') };
        return new BankWebhooks(SandboxBankGateway.GatewayName, options, new FakeTime()).Read("bev_1", $"{FakeTime.Noon.ToUnixTimeSeconds()}", signature, Body);
    }
}
