using System.Text;
using Hub.Gateways.Cards;
using Hub.Gateways.Tests.Support;
using Hub.Gateways.Vault;

namespace Hub.Gateways.Tests.Vault;

public sealed class CardVaultTests : IDisposable
{
    private readonly OpenVault _open = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ICardVault Cards => _open.Vault.Cards;

    public void Dispose() => _open.Dispose();

    [Fact]
    public async Task A_card_comes_back_also_after_a_restart()
    {
        Assert.True(await Cards.PutCardAsync("ins_1", "cus_1", Samples.Visa, Token("a"), Cancel));
        _open.Restart();

        var card = await Cards.FindCardAsync("ins_1", Cancel);

        Assert.True(card!.Number.IsSameAs(Samples.Visa.Number));
        Assert.Equal((Samples.Visa.Expiry, Samples.Visa.Holder), (card.Expiry, card.Holder));
        Assert.Null(await Cards.FindCardAsync("ins_2", Cancel));
    }

    /// <summary>Invariant 23.</summary>
    [Fact]
    public async Task Neither_a_number_nor_a_code_is_readable_in_the_files()
    {
        await Cards.PutCardAsync("ins_1", "cus_1", Samples.Make("378282246310005"), Token("a"), Cancel);
        await Cards.PutSecurityCodeAsync("att_1", "cus_1", Samples.Code("7391", CardBrand.Amex), Token("b"), Cancel);
        AssertNothingReadable();

        await _open.Vault.RotateAsync(Cancel);
        AssertNothingReadable();

        await Cards.DeleteAllOfAsync("cus_1", Cancel);
        _open.Restart();
        AssertNothingReadable();
    }

    /// <summary>What the journal names is what the bank charges.</summary>
    [Fact]
    public async Task A_card_is_never_replaced_by_another_one()
    {
        Assert.True(await Cards.PutCardAsync("ins_1", "cus_1", Samples.Visa, Token("a"), Cancel));

        Assert.False(await Cards.PutCardAsync("ins_1", "cus_1", Samples.Make("378282246310005"), Token("b"), Cancel));

        Assert.Equal(Samples.Visa.Number.Digits, (await Cards.FindCardAsync("ins_1", Cancel))!.Number.Digits);
        Assert.True(await Cards.PutCardAsync("ins_1", "cus_1", Samples.Visa, Token("c"), Cancel));

        // What was refused has used nothing up.
        Assert.True(await Cards.PutCardAsync("ins_2", "cus_1", Samples.Make("378282246310005"), Token("b"), Cancel));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task A_security_code_lives_ten_minutes(int milliseconds, bool alive)
    {
        await Cards.PutSecurityCodeAsync("att_1", "cus_1", Samples.Code("737", CardBrand.Visa), Token("a"), Cancel);

        _open.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(alive, await Cards.FindSecurityCodeAsync("att_1", Cancel) is not null);
    }

    [Fact]
    public async Task A_security_code_can_be_read_until_it_is_deleted()
    {
        await Cards.PutSecurityCodeAsync("att_1", "cus_1", Samples.Code("737", CardBrand.Visa), Token("a"), Cancel);

        Assert.Equal("737", (await Cards.FindSecurityCodeAsync("att_1", Cancel))!.Digits);
        Assert.Equal("737", (await Cards.FindSecurityCodeAsync("att_1", Cancel))!.Digits);
        await Cards.DeleteSecurityCodeAsync("att_1", Cancel);
        Assert.Null(await Cards.FindSecurityCodeAsync("att_1", Cancel));
    }

    [Fact]
    public async Task A_token_lets_one_thing_happen_and_that_thing_again()
    {
        Assert.True(await Cards.PutCardAsync("ins_1", "cus_1", Samples.Visa, Token("a"), Cancel));
        Assert.True(await Cards.PutCardAsync("ins_1", "cus_1", Samples.Visa, Token("a"), Cancel));
        Assert.False(await Cards.PutCardAsync("ins_2", "cus_1", Samples.Visa, Token("a"), Cancel));
        Assert.False(await Cards.PutSecurityCodeAsync("ins_1", "cus_1", Samples.Code("737", CardBrand.Visa), Token("a"), Cancel));
        Assert.True(await Cards.PutCardAsync("ins_3", "cus_2", Samples.Visa, Token("a", "cus_2"), Cancel));

        Assert.Null(await Cards.FindCardAsync("ins_2", Cancel));
        _open.Restart();
        Assert.False(await Cards.PutCardAsync("ins_2", "cus_1", Samples.Visa, Token("a"), Cancel));
    }

    [Fact]
    public async Task A_token_is_remembered_as_long_as_its_message_could_be_valid()
    {
        var token = Token("a");
        await Cards.PutCardAsync("ins_1", "cus_1", Samples.Visa, token, Cancel);

        _open.Time.Advance(token.ExpiresAt - FakeTime.Noon);

        Assert.False(await Cards.PutCardAsync("ins_2", "cus_1", Samples.Visa, token, Cancel));
    }

    [Fact]
    public async Task One_of_many_uses_of_a_token_at_once_wins()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, 32).Select(i =>
            Task.Run(() => Cards.PutCardAsync($"ins_{i}", "cus_1", Samples.Visa, Token("a"), Cancel), Cancel)));

        Assert.Single(kept, true);
    }

    [Fact]
    public async Task Deleting_takes_one_instrument_or_all_of_one_customer()
    {
        await Cards.PutCardAsync("ins_1", "cus_1", Samples.Visa, Token("a"), Cancel);
        await Cards.PutCardAsync("ins_2", "cus_1", Samples.Visa, Token("b"), Cancel);
        await Cards.PutCardAsync("ins_3", "cus_2", Samples.Visa, Token("c"), Cancel);
        await Cards.PutSecurityCodeAsync("att_1", "cus_1", Samples.Code("737", CardBrand.Visa), Token("d"), Cancel);

        await Cards.DeleteCardAsync("ins_1", Cancel);
        Assert.Null(await Cards.FindCardAsync("ins_1", Cancel));
        Assert.NotNull(await Cards.FindCardAsync("ins_2", Cancel));

        await Cards.DeleteAllOfAsync("cus_1", Cancel);
        Assert.Null(await Cards.FindCardAsync("ins_2", Cancel));
        Assert.Null(await Cards.FindSecurityCodeAsync("att_1", Cancel));
        Assert.NotNull(await Cards.FindCardAsync("ins_3", Cancel));
    }

    private void AssertNothingReadable()
    {
        foreach (var canary in (string[])["378282246310005", "7391", "Lovelace"])
        {
            Assert.False(_open.Folder.Holds(Encoding.ASCII.GetBytes(canary)));
            Assert.False(_open.Folder.Holds(Encoding.Unicode.GetBytes(canary)));
            Assert.False(_open.Folder.Holds(Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.ASCII.GetBytes(canary)).TrimEnd('='))));
        }
    }

    private static UseOnce Token(string jti, string customer = "cus_1") => new(customer, jti, FakeTime.Noon.AddMinutes(10));
}
