using System.Net;
using System.Text;
using System.Text.Json;
using Hub.Gateways.SandboxBank;
using Hub.Sandbox.Bank.Accounts;
using Hub.Sandbox.Clock;

namespace Hub.Sandbox.Tests.Bank;

/// <summary>E-checks: every account does what its line says, by the sandbox's clock.</summary>
public sealed class DebitTests
{
    private readonly SandboxClock _clock = new();

    [Fact]
    public async Task A_debit_clears_two_days_later()
    {
        await using var sandbox = await StartAsync();
        var debit = await DebitAsync(sandbox, AccountBehaviour.Clears);
        Assert.Equal("accepted", debit.Text("status"));
        Assert.True(Signed(debit, TransferStatement.Captured));

        _clock.Advance(TimeSpan.FromDays(2));
        var told = (await sandbox.Hub.NextAsync()).Json.GetProperty("object");
        Assert.Equal("cleared", told.Text("status"));
        Assert.True(Signed(told, TransferStatement.Cleared));
        Assert.False(Signed(told, TransferStatement.Captured));
        Assert.Equal("cleared", (await sandbox.Debits.ReadAsync("operations/k1")).GetProperty("object").Text("status"));
    }

    [Fact]
    public async Task An_account_nobody_has_is_declined_at_once()
    {
        await using var sandbox = await StartAsync();
        var debit = await DebitAsync(sandbox, AccountBehaviour.NotFound);
        Assert.Equal(("declined", "account_not_found"), (debit.Text("status"), debit.Text("decline_code")));
        Assert.Equal(JsonValueKind.Null, debit.GetProperty("transfer").ValueKind);
    }

    [Fact]
    public async Task An_empty_account_returns_the_debit_before_it_clears()
    {
        await using var sandbox = await StartAsync();
        await DebitAsync(sandbox, AccountBehaviour.InsufficientFunds);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("returned", await ToldAsync(sandbox));
        Assert.Equal("insufficient_funds", (await sandbox.Debits.ReadAsync("operations/k1")).GetProperty("object").Text("return_code"));
    }

    [Fact]
    public async Task An_account_that_was_closed_returns_what_had_cleared()
    {
        await using var sandbox = await StartAsync();
        await DebitAsync(sandbox, AccountBehaviour.ClosedLater);
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal("cleared", await ToldAsync(sandbox));
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal("returned", await ToldAsync(sandbox));
        var returned = (await sandbox.Debits.ReadAsync("operations/k1")).GetProperty("object");
        Assert.Equal("account_closed", returned.Text("return_code"));
        Assert.True(Signed(returned, TransferStatement.Returned));
        Assert.False(Signed(returned, TransferStatement.Cleared));
    }

    [Fact]
    public async Task A_developer_clears_and_returns_at_the_page()
    {
        await using var sandbox = await StartAsync();
        var id = (await DebitAsync(sandbox, AccountBehaviour.Clears)).Text("id");
        Assert.Equal("cleared", (await sandbox.AtPageAsync($"banks/debits/debits/{id}/clear").JsonAsync()).Text("status"));
        Assert.Equal(HttpStatusCode.Conflict, (await sandbox.AtPageAsync($"banks/debits/debits/{id}/clear")).StatusCode);
        Assert.Equal("returned", (await sandbox.AtPageAsync($"banks/debits/debits/{id}/return").JsonAsync()).Text("status"));
        Assert.Equal(HttpStatusCode.Conflict, (await sandbox.AtPageAsync($"banks/debits/debits/{id}/return")).StatusCode);

        var refund = await sandbox.Debits.PostAsync($"debits/{id}/refunds", "r1", """{"amount":1,"reference":"r"}""").JsonAsync();
        Assert.Equal("failed", refund.Text("status"));
        Assert.Equal(id, (await sandbox.Http.GetStringAsync("/sandbox/api/banks/debits/books", TestContext.Current.CancellationToken)) is var books
            ? JsonSerializer.Deserialize<JsonElement>(books).GetProperty("entries")[0].GetProperty("object").Text("id") : null);
    }

    [Theory]
    [InlineData("01100001", "000100010001")]
    [InlineData("011000015", "123")]
    [InlineData("011000015", "123456789012345678")]
    public async Task An_account_that_cannot_be_read_is_refused_and_not_named(string routing, string number)
    {
        await using var sandbox = await StartAsync();
        var response = await sandbox.Debits.PostAsync("debits", "k1", Debit(number).Replace("011000015", routing, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain(number, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>Invariant 23: the number goes no further than the decision.</summary>
    [Fact]
    public async Task The_account_number_is_in_no_file_of_the_bank()
    {
        await using var sandbox = await StartAsync();
        await DebitAsync(sandbox, AccountBehaviour.Clears);
        await sandbox.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(sandbox.Folder))
        {
            Assert.DoesNotContain("000100010001", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        }
    }

    private Task<SandboxFixture> StartAsync() => SandboxFixture.StartAsync(time: _clock);

    private static string Debit(string number) =>
        $$"""{"amount":4990,"currency":"USD","account":{"routing_number":"011000015","account_number":"{{number}}","holder":"Ada"},"payee":"ACME Books","reference":"pay_1/att_1/authorize"}""";

    private static Task<JsonElement> DebitAsync(SandboxFixture sandbox, AccountBehaviour account) =>
        sandbox.Debits.PostAsync("debits", "k1", Debit(BankAccounts.NumberFor(account))).JsonAsync();

    private static bool Signed(JsonElement debit, string kind) => TransferTests.Holds(debit, "k1", "sandbox_debit", kind, SandboxKeys.DebitSigningKey);

    private static async Task<string?> ToldAsync(SandboxFixture sandbox) => (await sandbox.Hub.NextAsync()).Json.GetProperty("object").Text("status");
}
