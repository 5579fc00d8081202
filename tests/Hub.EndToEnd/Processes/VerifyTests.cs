using Hub.EndToEnd.Support;
using Hub.Sandbox.Bank;
using Microsoft.Data.Sqlite;

namespace Hub.EndToEnd.Processes;

/// <summary>A hub with whole journeys in its journal, and a copy of it at rest.</summary>
public sealed class WalkedHub : RunningHub
{
    private readonly string _copy = Directory.CreateTempSubdirectory("omnihub-verify-").FullName;

    /// <summary>A consistent copy of the journal, made by SQLite while the hub ran.</summary>
    internal string Copy => Path.Combine(_copy, "copy.db");

    internal string Data => Folder;

    /// <summary>A copy of the copy, with something done to it.</summary>
    internal string Tampered(string sql)
    {
        var path = Path.Combine(_copy, $"{Guid.NewGuid():n}.db");
        File.Copy(Copy, path);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0, "nothing was tampered with");
        return path;
    }

    /// <summary>Walks the journeys and takes the copy, once.</summary>
    internal async Task WalkedAsync()
    {
        if (File.Exists(Copy)) return;
        await (await Journey.BeginAsync(this)).PayAndApproveAsync();
        var declined = await Journey.BeginAsync(this);
        await declined.PayWithAsync(Cards.For(CardBehaviour.Declines));
        await declined.UntilAsync("requires_payment_method");
        await declined.PayAndApproveAsync();
        var refunded = await Journey.BeginAsync(this);
        await refunded.PayAndApproveAsync();
        (await Merchant.Api.PostAsync($"/v1/payments/{refunded.Payment}/refunds", new { amount = 100 })).Expect(200);
        await refunded.UntilAsync(p => p.Number("amount_refunded") == 100, "refunded");
        var waiting = await Journey.BeginAsync(this);
        await waiting.PayUntilAskedAsync();
        await SettledAsync();
        using var source = new SqliteConnection($"Data Source={JournalFile};Mode=ReadOnly;Pooling=False");
        using var target = new SqliteConnection($"Data Source={Copy};Pooling=False");
        source.Open();
        target.Open();
        source.BackupDatabase(target);
    }

    /// <inheritdoc/>
    protected override async Task StopAsync()
    {
        await base.StopAsync();
        Directory.Delete(_copy, recursive: true);
    }
}

/// <summary><c>verify</c>, as a process.</summary>
public sealed class VerifyTests(WalkedHub hub) : IClassFixture<WalkedHub>
{
    [Fact]
    public async Task Beside_a_running_hub_journeys_and_views_are_clean_and_the_hub_goes_on()
    {
        await hub.WalkedAsync();

        using var verify = HubProcess.Start("verify", $"--Hub:Data={hub.Data}", "--views");

        Assert.Equal((0, ""), (await verify.EndAsync(), verify.Errors));
        Assert.Contains("Clean.", verify.Output, StringComparison.Ordinal);
        Assert.Contains("events: ", verify.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', verify.Output);
        Assert.Matches(@" 24 +\d+ +0  Per order", verify.Output);
        await (await Journey.BeginAsync(hub)).PayAndApproveAsync();
    }

    [Fact]
    public async Task A_copy_is_clean()
    {
        await hub.WalkedAsync();

        using var verify = HubProcess.Start("verify", "--journal", hub.Copy);

        Assert.Equal((0, ""), (await verify.EndAsync(), verify.Errors));
    }

    [Theory]
    [InlineData("1", "DELETE FROM events WHERE position = (SELECT min(position) FROM events WHERE type = 'payment.bank_call_started')")]
    [InlineData("8", "DELETE FROM events WHERE position >= (SELECT max(position) FROM postings)")]
    [InlineData("1", "UPDATE events SET version = version + 1000 WHERE position = (SELECT max(position) FROM events)")]
    [InlineData("2", "UPDATE events SET payload = '{\"$type\":\"order.placed\"}' WHERE type = 'order.placed'")]
    [InlineData("2", "UPDATE events SET payload = 'nothing' WHERE position = 10")]
    [InlineData("2", "UPDATE events SET type = 'payment.voided' WHERE type = 'payment.created'")]
    [InlineData("4", "UPDATE events SET command_id = (SELECT command_id FROM events e WHERE e.stream_id = events.stream_id AND e.version = 1) WHERE type = 'payment.bank_call_started'")]
    [InlineData("6", "UPDATE events SET payload = json_set(payload, '$.amount.minor', 5000) WHERE type = 'payment.refund_requested'")]
    [InlineData("7", "UPDATE postings SET minor = minor + 1 WHERE id = 1")]
    [InlineData("7", "UPDATE balances SET minor = minor - 1 WHERE account LIKE 'merchant_payable%'")]
    [InlineData("8", "DELETE FROM postings WHERE version = (SELECT min(version) FROM postings)")]
    [InlineData("8", "INSERT INTO postings (position, stream_id, version, account, currency, minor) SELECT position, stream_id, version, account, currency, minor FROM postings")]
    [InlineData("9", "UPDATE events SET payload = json_set(payload, '$.operation', 'another/key') WHERE type = 'payment.bank_call_started'")]
    [InlineData("14", "UPDATE events SET payload = json_set(payload, '$.attempt', 'att_other') WHERE type = 'payment.confirmation_requested'")]
    [InlineData("15", "UPDATE events SET payload = json_set(payload, '$.expires_at', '2001-01-01T00:00:00+00:00') WHERE type = 'payment.confirmation_requested'")]
    [InlineData("18", "DELETE FROM timers WHERE name = 'confirmation'")]
    [InlineData("18", "UPDATE timers SET due = due + 1 WHERE name = 'expiry'")]
    [InlineData("22", "UPDATE events SET payload = json_set(payload, '$.merchant', 'mer_other') WHERE type = 'customer.registered'")]
    [InlineData("23", "UPDATE events SET payload = json_set(payload, '$.reference', '4242 4242 4242 4242') WHERE type = 'order.placed'")]
    [InlineData("24", "UPDATE events SET payload = json_set(payload, '$.invoice.shipping', 0) WHERE type = 'order.placed'")]
    [InlineData("25", "UPDATE events SET payload = json_set(payload, '$.status', 'rejected') WHERE type = 'payment.confirmation_ended'")]
    public async Task What_was_tampered_with_is_found_under_its_number(string invariant, string sql)
    {
        await hub.WalkedAsync();

        using var verify = HubProcess.Start("verify", $"--journal={hub.Tampered(sql)}");

        Assert.Equal((1, ""), (await verify.EndAsync(), verify.Errors));
        Assert.Matches($@"(?m)^ +{invariant} +\d+ +[1-9]\d*  ", verify.Output);
        Assert.Contains(" violations. Keep a copy", verify.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE FROM states WHERE kind = 'order'", 20)]
    [InlineData("UPDATE states SET state = json_set(state, '$.status', 'canceled') WHERE kind = 'order'", 20)]
    [InlineData("UPDATE topic_log SET sequence = sequence + 1000 WHERE sequence > 1", 19)]
    [InlineData("UPDATE topic_log SET position = position - 1 WHERE sequence = 1", 20)]
    public async Task Views_that_are_not_what_the_journal_makes_of_them_are_found(string sql, int invariant)
    {
        await hub.WalkedAsync();
        var folder = Directory.CreateTempSubdirectory("omnihub-views-").FullName;
        foreach (var file in (string[])["views.db", "journal.db"])
        {
            using var source = new SqliteConnection($"Data Source={Path.Combine(hub.Data, file)};Mode=ReadOnly;Pooling=False");
            using var target = new SqliteConnection($"Data Source={Path.Combine(folder, file)};Pooling=False");
            source.Open();
            target.Open();
            source.BackupDatabase(target);
            if (file == "journal.db") continue;
            using var command = target.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        using var verify = HubProcess.Start("verify", $"--Hub:Data={folder}", "--views");

        Assert.Equal((1, ""), (await verify.EndAsync(), verify.Errors));
        Assert.Matches($@"(?m)^ +{invariant} +\d+ +[1-9]\d*  ", verify.Output);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(null, "There is no journal at ")]
    [InlineData("", "is no journal of OmniHub")]
    [InlineData("This is no database, however long one looks at it. ", "is damaged or no SQLite file")]
    public async Task A_file_that_is_no_journal_is_one_clear_line(string? content, string expected)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.db");
        if (content is not null) await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat(content, 100)), TestContext.Current.CancellationToken);

        await CannotAsync(expected, $"--journal={path}");
        File.Delete(path);
    }

    [Fact]
    public async Task Another_database_another_version_and_a_broken_copy_are_one_clear_line()
    {
        await hub.WalkedAsync();
        var broken = hub.Tampered("UPDATE balances SET minor = minor");
        using (var file = File.OpenWrite(broken))
        {
            file.SetLength(file.Length / 2);
        }

        await CannotAsync("is no journal of OmniHub", $"--journal={Path.Combine(hub.Data, "access.db")}");
        await CannotAsync("schema version 9", $"--journal={hub.Tampered("UPDATE meta SET value = '9' WHERE name = 'schema'")}");
        await CannotAsync("is damaged", $"--journal={broken}");
        await CannotAsync("There are no views", $"--journal={hub.Tampered("UPDATE balances SET minor = minor")}", "--views", $"--Hub:Data={Path.GetTempPath()}");
        await CannotAsync("'--journl=x' is nothing verify knows", "--journl=x");
    }

    private static async Task CannotAsync(string expected, params string[] arguments)
    {
        using var verify = HubProcess.Start(["verify", .. arguments]);
        Assert.Equal(2, await verify.EndAsync());
        Assert.Contains(expected, Assert.Single(verify.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
