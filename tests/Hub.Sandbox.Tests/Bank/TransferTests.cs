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

        Assert.True(Holds(capture, "Approves/c", "sandbox", TransferStatement.Captured, SandboxKeys.BankSigningKey));
        Assert.True(Holds(refund, "k3", "sandbox", TransferStatement.Refunded, SandboxKeys.BankSigningKey));
        Assert.Equal(("ACME Books", "ACME Books"), (capture.GetProperty("transfer").Text("payee"), refund.GetProperty("transfer").Text("payee")));
        Assert.Equal(("captured", "refunded"), (capture.GetProperty("transfer").Text("kind"), refund.GetProperty("transfer").Text("kind")));
        Assert.Equal(("Approves/c", "k3"), (capture.GetProperty("transfer").Text("idempotency_key"), refund.GetProperty("transfer").Text("idempotency_key")));

        Assert.False(Holds(capture, "Approves/c", "sandbox_b", TransferStatement.Captured, SandboxKeys.BankSigningKey));
        Assert.False(Holds(capture, "Approves/c", "sandbox", TransferStatement.Refunded, SandboxKeys.BankSigningKey));
        Assert.False(Holds(capture, "Approves/c", "sandbox", TransferStatement.Captured, SandboxKeys.SecondBankSigningKey));
        Assert.False(Holds(capture, "k3", "sandbox", TransferStatement.Captured, SandboxKeys.BankSigningKey));
        Assert.False(Holds(refund, "Approves/c", "sandbox", TransferStatement.Refunded, SandboxKeys.BankSigningKey));
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
        Assert.False(Holds(await sandbox.Bank.CapturedAsync(CardBehaviour.ForgedTransfer), "ForgedTransfer/c", "sandbox", TransferStatement.Captured, SandboxKeys.BankSigningKey));
    }

    /// <summary>Whether a bank signed that what was asked under a key came to this.</summary>
    internal static bool Holds(JsonElement moved, string key, string bank, string kind, string signingKey)
    {
        var said = moved.GetProperty("transfer");
        var statement = new TransferStatement(
            bank, kind, key, moved.Text("id")!, moved.GetProperty("amount").GetInt64(), moved.Text("currency")!, said.Text("payee")!, said.GetProperty("at").GetDateTimeOffset());
        using var bankKey = ECDsa.Create();
        bankKey.ImportFromPem(SandboxKeys.PublicHalf(signingKey));
        return bankKey.VerifyData(statement.ToBytes(), Base64Url.DecodeFromChars(said.Text("signature")), HashAlgorithmName.SHA256);
    }
}
