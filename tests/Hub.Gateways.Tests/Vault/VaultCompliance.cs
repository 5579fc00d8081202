using Hub.Gateways.Vault;

namespace Hub.Gateways.Tests.Vault;

/// <summary>What every store of the vault's rows must do; each store's tests inherit it.</summary>
public abstract class VaultCompliance
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1_775_000_000_123);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The store of this test; again, after it was disposed, with what it held.</summary>
    protected abstract IVaultStore Open();

    [Fact]
    public void A_row_comes_back_as_it_was_put_also_after_a_restart()
    {
        var full = Row("card", "ins_1") with { Owner = "cus_1", DataKey = 7, Body = [0, 1, 255], ExpiresAt = At };
        var bare = Row("mark", "cus_1") with { Body = [] };
        using (var store = Open())
        {
            store.Write(writer =>
            {
                writer.Put(full);
                writer.Put(bare);
            });
            AssertSame(full, store.Find("card", "ins_1"));
        }

        using var again = Open();
        AssertSame(full, again.Find("card", "ins_1"));
        AssertSame(bare, again.Find("mark", "cus_1"));
        Assert.Null(again.Find("card", "cus_1"));
        Assert.Null(again.Find("mark", "ins_1"));
    }

    [Fact]
    public void A_second_put_replaces_the_whole_row()
    {
        using var store = Open();
        store.Write(writer => writer.Put(Row("card", "ins_1") with { Owner = "cus_1", ExpiresAt = At }));
        var second = Row("card", "ins_1") with { Body = [9], DataKey = 3 };
        store.Write(writer => writer.Put(second));

        AssertSame(second, store.Find("card", "ins_1"));
        Assert.Single(store.List("card"));
    }

    [Fact]
    public void A_change_sees_what_it_did_so_far()
    {
        using var store = Open();
        store.Write(writer =>
        {
            Assert.Null(writer.Find("card", "ins_1"));
            writer.Put(Row("card", "ins_1"));
            Assert.NotNull(writer.Find("card", "ins_1"));
            writer.Delete("card", "ins_1");
            writer.Delete("card", "ins_1");
            Assert.Null(writer.Find("card", "ins_1"));
        });

        Assert.Null(store.Find("card", "ins_1"));
    }

    [Fact]
    public void The_newest_row_of_a_kind_is_that_with_the_highest_id_as_the_change_left_it()
    {
        using var store = Open();
        store.Write(writer =>
        {
            Assert.Null(writer.Newest("card"));
            writer.Put(Row("card", "0000000009"));
            writer.Put(Row("card", "0000000010"));
            writer.Put(Row("carp", "1"));
            Assert.Equal("0000000010", writer.Newest("card")!.Id);
            writer.Delete("card", "0000000010");
            Assert.Equal("0000000009", writer.Newest("card")!.Id);
        });

        store.Write(writer => Assert.Equal("0000000009", writer.Newest("card")!.Id));
    }

    [Fact]
    public void What_a_change_that_throws_had_asked_and_written_is_undone_and_the_next_one_sees_nothing_of_it()
    {
        using var store = Open();
        store.Write(writer => writer.Put(Row("card", "1")));

        Assert.Throws<InvalidOperationException>(() => store.Write(writer =>
        {
            writer.Put(Row("card", "2"));
            Assert.Equal("2", writer.Newest("card")!.Id);
            writer.Delete("card", "1");
            throw new InvalidOperationException();
        }));

        store.Write(writer => Assert.Equal("1", writer.Newest("card")!.Id));
        Assert.Equal(["1"], store.List("card").Select(row => row.Id));
    }

    [Fact]
    public void A_change_that_throws_is_undone_and_its_exception_comes_back()
    {
        using var store = Open();

        Assert.Throws<InvalidOperationException>(() => store.Write(writer =>
        {
            writer.Put(Row("card", "ins_1"));
            throw new InvalidOperationException();
        }));

        Assert.Null(store.Find("card", "ins_1"));
        store.Write(writer => writer.Put(Row("card", "ins_2")));
        Assert.NotNull(store.Find("card", "ins_2"));
    }

    [Fact]
    public async Task Changes_made_at_once_fail_and_succeed_each_for_itself()
    {
        using var store = Open();

        var changes = Enumerable.Range(0, 200).Select(i => store.WriteAsync(
            writer =>
            {
                writer.Put(Row("card", $"ins_{i:D3}"));
                if (i % 2 == 0)
                {
                    Assert.NotNull(writer.Find("card", $"ins_{i:D3}"));
                }

                writer.Put(Row("seen", $"ins_{i:D3}"));
                if (i % 3 == 0)
                {
                    throw new InvalidOperationException();
                }
            },
            Cancel)).ToArray();
        await ((Task)Task.WhenAll(changes)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        Assert.All(changes, (change, i) => Assert.Equal(i % 3 == 0, change.IsFaulted));
        Assert.All(["card", "seen"], kind =>
            Assert.Equal(Enumerable.Range(0, 200).Where(i => i % 3 != 0).Select(i => $"ins_{i:D3}"), store.List(kind).Select(row => row.Id)));
    }

    [Fact]
    public async Task Changes_run_one_at_a_time()
    {
        using var store = Open();
        store.Write(writer => writer.Put(Row("count", "1") with { DataKey = 0 }));

        var many = Enumerable.Range(0, 64).Select(i => Task.Run(
            () =>
            {
                void AddOne(IVaultWriter writer) => writer.Put(Row("count", "1") with { DataKey = writer.Find("count", "1")!.DataKey + 1 });
                if (i % 2 == 0)
                {
                    store.Write(AddOne);
                    return Task.CompletedTask;
                }

                return store.WriteAsync(AddOne, Cancel);
            },
            Cancel));
        await Task.WhenAll(many);

        Assert.Equal(64, store.Find("count", "1")!.DataKey);
    }

    [Fact]
    public void Everything_of_one_owner_goes_and_nothing_else()
    {
        using var store = Open();
        store.Write(writer =>
        {
            writer.Put(Row("card", "ins_1") with { Owner = "cus_1" });
            writer.Put(Row("security-code", "att_1") with { Owner = "cus_1" });
            writer.Put(Row("card", "ins_2") with { Owner = "cus_10" });
            writer.Put(Row("secret", "cus_1"));
        });

        store.Write(writer => writer.DeleteOwnedBy("cus_1"));

        Assert.Equal(["ins_2"], store.List("card").Select(row => row.Id));
        Assert.Empty(store.List("security-code"));
        Assert.Single(store.List("secret"));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void A_row_is_swept_from_the_moment_it_expires(int milliseconds, bool stays)
    {
        using var store = Open();
        store.Write(writer =>
        {
            writer.Put(Row("card", "for-ever"));
            writer.Put(Row("card", "timed") with { ExpiresAt = At });
        });

        store.Write(writer => writer.DeleteExpired(At.AddMilliseconds(milliseconds)));

        Assert.Equal(stays, store.Find("card", "timed") is not null);
        Assert.NotNull(store.Find("card", "for-ever"));
    }

    [Fact]
    public void Pages_pass_every_row_once_in_order()
    {
        using var store = Open();
        store.Write(writer =>
        {
            foreach (var kind in (string[])["b", "a", "c"])
            {
                foreach (var id in (string[])["2", "1", "3"])
                {
                    writer.Put(Row(kind, id));
                }
            }
        });

        var seen = new List<string>();
        store.Write(writer =>
        {
            var page = writer.Page("", "", 2);
            while (page.Count > 0)
            {
                Assert.InRange(page.Count, 1, 2);
                seen.AddRange(page.Select(row => row.Kind + row.Id));
                page = writer.Page(page[^1].Kind, page[^1].Id, 2);
            }
        });

        Assert.Equal(["a1", "a2", "a3", "b1", "b2", "b3", "c1", "c2", "c3"], seen);
    }

    [Fact]
    public void What_is_done_alone_may_read_and_write()
    {
        using var store = Open();

        store.WhileAlone(() =>
        {
            Assert.Empty(store.List("card"));
            store.Write(writer => writer.Put(Row("card", "1")));
        });

        Assert.Single(store.List("card"));
        Assert.Throws<InvalidOperationException>(() => store.WhileAlone(() => throw new InvalidOperationException()));
        store.WhileAlone(() => { });
    }

    private protected static VaultRow Row(string kind, string id) => new(kind, id, null, 1, [1, 2, 3], null);

    private static void AssertSame(VaultRow expected, VaultRow? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected with { Body = actual.Body }, actual);
        Assert.Equal(expected.Body, actual.Body);
    }
}
