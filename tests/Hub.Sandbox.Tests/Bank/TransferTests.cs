using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Hub.Gateways.SandboxBank;
using Hub.Sandbox.Bank;

namespace Hub.Sandbox.Tests.Bank;

/// <summary>What a bank says of money that moved is signed with the bank's own key, over what was moved and whose words it is.</summary>
public sealed class TransferTests
{
    [Fact]
    public async Task Captures_and_refunds_are_signed_for_their_bank_and_their_operation()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var capture = await sandbox.Bank.CapturedAsync(CardBehaviour.Approves);
        var refund = await sandbox.PostAsync($"captures/{capture.Text("id")}/refunds", "k3", """{"amount":500,"reference":"pay_1/ref_1"}""").JsonAsync();

        Assert.True(Holds(capture, "sandbox", TransferStatement.Capture, SandboxKeys.BankSigningKey));
        Assert.True(Holds(refund, "sandbox", TransferStatement.Refund, SandboxKeys.BankSigningKey));
        Assert.Equal(("ACME Books", "card 4242"), (capture.GetProperty("transfer").Text("payee"), refund.GetProperty("transfer").Text("payee")));

        Assert.False(Holds(capture, "sandbox_b", TransferStatement.Capture, SandboxKeys.BankSigningKey));
        Assert.False(Holds(capture, "sandbox", TransferStatement.Refund, SandboxKeys.BankSigningKey));
        Assert.False(Holds(capture, "sandbox", TransferStatement.Capture, SandboxKeys.SecondBankSigningKey));
    }

    [Fact]
    public async Task What_did_not_move_is_not_signed()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        Assert.Equal(JsonValueKind.Null, (await sandbox.Bank.CapturedAsync(CardBehaviour.CaptureFails)).GetProperty("transfer").ValueKind);
    }

    [Fact]
    public async Task The_forging_card_is_signed_by_somebody_else()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        Assert.False(Holds(await sandbox.Bank.CapturedAsync(CardBehaviour.ForgedTransfer), "sandbox", TransferStatement.Capture, SandboxKeys.BankSigningKey));
    }

    internal static bool Holds(JsonElement moved, string bank, string kind, string signingKey)
    {
        var said = moved.GetProperty("transfer");
        var statement = new TransferStatement(
            bank, kind, said.Text("id")!, moved.Text("reference")!, said.GetProperty("amount").GetInt64(), said.Text("currency")!, said.Text("payee")!,
            said.GetProperty("at").GetDateTimeOffset());
        using var key = ECDsa.Create();
        key.ImportFromPem(SandboxKeys.PublicHalf(signingKey));
        return key.VerifyData(statement.ToBytes(), Base64Url.DecodeFromChars(said.Text("signature")), HashAlgorithmName.SHA256);
    }
}
