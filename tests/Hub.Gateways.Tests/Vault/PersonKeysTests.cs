using Hub.Actors.Ports;
using Hub.Domain.Kernel;
using Hub.Gateways.Tests.Support;
using Hub.Gateways.Vault;

namespace Hub.Gateways.Tests.Vault;

public sealed class PersonKeysTests : IDisposable
{
    private readonly OpenVault _open = new();

    private Hub.Actors.Ports.IPersonalData Persons => _open.Vault.Persons;

    public void Dispose() => _open.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("Ada Lovelace")]
    [InlineData("عبد 🦉")]
    public void Words_come_back_also_after_a_restart(string words)
    {
        var text = Persons.Seal("cus_1", words);
        _open.Restart();

        Assert.Equal(words, Persons.Open("cus_1", text));
        Assert.StartsWith("p1.", text.Text, StringComparison.Ordinal);
        Assert.All(text.Text[3..], sign => Assert.True(char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_'));
    }

    /// <summary>Invariant 4 rests on it: a retried command must compare equal.</summary>
    [Fact]
    public void The_same_words_of_one_customer_give_the_same_text_and_of_two_customers_they_do_not()
    {
        var first = Persons.Seal("cus_1", "Ada");
        Assert.NotEqual(first, Persons.Seal("cus_1", "Adb"));
        Assert.NotEqual(first, Persons.Seal("cus_2", "Ada"));
        _open.Restart();

        Assert.Equal(first, Persons.Seal("cus_1", "Ada"));
    }

    [Fact]
    public void An_erased_customer_is_erased_for_good()
    {
        var text = Persons.Seal("cus_1", "Ada");
        var other = Persons.Seal("cus_2", "Grace");

        Persons.Erase("cus_1");

        for (var run = 0; run < 2; run++)
        {
            Assert.Null(Persons.Open("cus_1", text));
            Assert.Throws<PersonErasedException>(() => Persons.Seal("cus_1", "Ada"));
            Assert.Equal("Grace", Persons.Open("cus_2", other));
            Persons.Erase("cus_1");
            _open.Restart();
        }
    }

    [Fact]
    public void A_customer_may_be_erased_before_anything_was_sealed()
    {
        Persons.Erase("cus_1");

        Assert.Throws<PersonErasedException>(() => Persons.Seal("cus_1", "Ada"));
        Assert.Null(Persons.Open("cus_1", new Sealed("p1.AAAA")));
    }

    [Fact]
    public void A_deleted_key_leaves_no_trace_in_the_files()
    {
        Persons.Seal("cus_1", "Ada");
        _open.Vault.Dispose();
        byte[] kept;
        using (var store = new SqliteVaultStore(_open.Folder.File("vault.db")))
        {
            kept = store.Find(VaultKind.PersonKey, "cus_1")!.Body;
        }

        Assert.True(_open.Folder.Holds(kept));
        _open.Restart();
        Persons.Erase("cus_1");

        Assert.False(_open.Folder.Holds(kept));
    }

    [Theory]
    [InlineData("")]
    [InlineData("p1.")]
    [InlineData("p1.AAAA")]
    [InlineData("p2.AAAA")]
    [InlineData("p1.!!!!")]
    [InlineData("Ada")]
    public void What_was_never_sealed_does_not_open(string text)
    {
        Persons.Seal("cus_1", "Ada");

        Assert.Throws<InvalidDataException>(() => Persons.Open("cus_1", new Sealed(text)));
    }

    [Fact]
    public void A_text_of_another_customer_or_with_a_changed_byte_does_not_open()
    {
        var text = Persons.Seal("cus_1", "Ada");
        Persons.Seal("cus_2", "Grace");

        Assert.Throws<InvalidDataException>(() => Persons.Open("cus_2", text));
        Assert.Throws<InvalidDataException>(() => Persons.Open("cus_3", text));
        Assert.Throws<InvalidDataException>(() => Persons.Open("cus_1", new Sealed(text.Text[..^1] + (text.Text[^1] == 'A' ? 'B' : 'A'))));
        Assert.Throws<InvalidDataException>(() => Persons.Open("cus_1", default));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_field_has_at_most_16_KiB(int more, bool taken)
    {
        var words = new string('a', (16 * 1024) + more);
        if (taken)
        {
            Assert.Equal(words, Persons.Open("cus_1", Persons.Seal("cus_1", words)));
        }
        else
        {
            Assert.Throws<ArgumentException>(() => Persons.Seal("cus_1", words));
        }
    }

    [Fact]
    public async Task Many_first_uses_at_once_make_one_key()
    {
        var cancel = TestContext.Current.CancellationToken;
        var texts = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Persons.Seal("cus_1", "Ada"), cancel)));

        Assert.Single(texts.Distinct());
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void A_key_is_remembered_for_a_second_from_before_it_was_read(int milliseconds, bool remembered)
    {
        var cache = new OpenedKeys(_open.Time);
        var readAt = _open.Time.GetTimestamp();
        _open.Time.Advance(OpenedKeys.Memory / 2);
        cache.Keep("cus_1", new PersonKey(new byte[32]), cache.Forgotten, readAt);

        _open.Time.Advance((OpenedKeys.Memory / 2) + TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(remembered, cache.Find("cus_1") is not null);
    }

    [Fact]
    public void The_cache_is_bounded_and_forgets_what_was_erased_meanwhile()
    {
        var cache = new OpenedKeys(_open.Time);
        for (var i = 0; i < 3 * OpenedKeys.Generation; i++)
        {
            cache.Keep($"cus_{i}", new PersonKey(new byte[32]), cache.Forgotten, _open.Time.GetTimestamp());
        }

        Assert.Null(cache.Find("cus_0"));
        Assert.NotNull(cache.Find($"cus_{(3 * OpenedKeys.Generation) - 1}"));

        var before = cache.Forgotten;
        cache.Forget("cus_x");
        cache.Keep("cus_x", new PersonKey(new byte[32]), before, _open.Time.GetTimestamp());
        Assert.Null(cache.Find("cus_x"));
    }
}
