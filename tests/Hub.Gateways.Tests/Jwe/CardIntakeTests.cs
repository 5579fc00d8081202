using System.Text;
using System.Text.Json;
using Hub.Domain.Payments;
using Hub.Gateways.Jwe;
using Hub.Gateways.Tests.Support;

namespace Hub.Gateways.Tests.Jwe;

/// <summary>The one way in for cards, from the customer's device to the vault.</summary>
public sealed class CardIntakeTests : IDisposable
{
    private const string Customer = "cus_1";
    private const string Jti = "0123456789abcdef";

    private readonly OpenVault _open = new();
    private readonly CardIntake _intake;

    public CardIntakeTests() =>
        _intake = new CardIntake(_open.Vault.EncryptionKeys, _open.Vault.Cards, _open.Vault.Keyring, new SeededRandom(3), _open.Time);

    public static TheoryData<string> BrokenContents => new(
        "",
        "null",
        "[]",
        "{}",
        Card().Replace("\"holder\":\"Ada\",", "", StringComparison.Ordinal),
        Card().Replace("\"Ada\"", "null", StringComparison.Ordinal),
        Card().Replace("\"holder\"", "\"Holder\"", StringComparison.Ordinal),
        Card().Replace("\"exp_month\":4", "\"exp_month\":\"4\"", StringComparison.Ordinal),
        Card().Replace("\"exp_month\":4", "\"exp_month\":4.0", StringComparison.Ordinal),
        Card().Replace("\"exp_month\":4", "\"exp_month\":4,\"exp_month\":4", StringComparison.Ordinal),
        Card().Replace("\"exp_month\":4", "\"exp_month\":4,\"more\":1", StringComparison.Ordinal),
        Card().Replace("\"exp_month\":4", "\"exp_month\":4294967296", StringComparison.Ordinal),
        Card().Replace("Ada", "\\ud800", StringComparison.Ordinal),
        Card() + " {}",
        Card() + "//",
        Card(jti: "0123456789abcde"),
        Card(jti: new string('j', 129)));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _open.Dispose();

    [Fact]
    public async Task A_card_goes_into_the_vault_and_only_its_face_comes_out()
    {
        var kept = Assert.IsType<Intake.CardKept>(await KeepAsync(Card()));

        Assert.Equal(("visa", "4242", 4, 2031), (kept.Details.Brand, kept.Details.Last4, kept.Details.ExpMonth, kept.Details.ExpYear));
        Assert.Equal(Samples.Visa.Number.Fingerprint(_open.Vault.Keyring), kept.Details.Fingerprint);
        Assert.True((await _open.Vault.Cards.FindCardAsync("ins_1", Cancel))!.Number.IsSameAs(Samples.Visa.Number));
        Assert.DoesNotContain("424242", kept.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BrokenContents))]
    public async Task Content_of_another_shape_is_refused_without_a_word_about_it(string content)
    {
        Assert.Equal(new Intake.Refused("encrypted_content_malformed"), await KeepAsync(content));
        Assert.Null(await _open.Vault.Cards.FindCardAsync("ins_1", Cancel));
    }

    [Fact]
    public async Task Content_that_is_no_utf8_is_refused()
    {
        var content = Encoding.UTF8.GetBytes(Card());
        content[Array.IndexOf(content, (byte)'A')] = 0xFF;

        Assert.Equal(new Intake.Refused("encrypted_content_malformed"), await _intake.KeepCardAsync(Device.Encrypt(_open.Vault.EncryptionKeys, content), Customer, "ins_1", [], Cancel));
    }

    [Theory]
    [InlineData("4242424242424241", 4, "card_number_check_digit")]
    [InlineData("4242", 4, "card_number_malformed")]
    [InlineData("6011111111111117", 4, "card_brand_not_supported")]
    [InlineData("4242424242424242", 13, "card_expiry_malformed")]
    public async Task A_card_that_cannot_exist_is_refused_with_its_fault(string number, int month, string code) =>
        Assert.Equal(new Intake.Refused(code), await KeepAsync(Card(number, month)));

    [Fact]
    public async Task A_message_is_for_one_customer() =>
        Assert.Equal(
            new Intake.Refused("encrypted_wrong_customer"),
            await _intake.KeepCardAsync(Device.Encrypt(_open.Vault.EncryptionKeys, Card()), "cus_2", "ins_1", [], Cancel));

    [Theory]
    [InlineData(-1, "encrypted_expired")]
    [InlineData(0, "encrypted_expired")]
    [InlineData(1, null)]
    [InlineData(599, null)]
    [InlineData(600, null)]
    [InlineData(601, "encrypted_lives_too_long")]
    [InlineData(long.MaxValue, "encrypted_lives_too_long")]
    [InlineData(long.MinValue, "encrypted_expired")]
    public async Task A_message_lives_from_now_to_ten_minutes_from_now(long seconds, string? code)
    {
        var now = FakeTime.Noon.ToUnixTimeSeconds();
        var exp = seconds is long.MaxValue or long.MinValue ? seconds : now + seconds;

        var intake = await KeepAsync(Card(exp: exp));

        Assert.Equal(code, (intake as Intake.Refused)?.Code);
    }

    [Fact]
    public async Task A_message_is_used_once_and_a_repeated_request_is_the_same_use()
    {
        var message = Device.Encrypt(_open.Vault.EncryptionKeys, Card());

        var first = await _intake.KeepCardAsync(message, Customer, "ins_1", [], Cancel);
        Assert.Equal(first, await _intake.KeepCardAsync(message, Customer, "ins_1", [], Cancel));
        Assert.Equal(new Intake.Refused("encrypted_replayed"), await _intake.KeepCardAsync(message, Customer, "ins_2", [], Cancel));
        Assert.Equal(new Intake.Refused("encrypted_replayed"), await KeepAsync(Card(number: "4000000000000002"), "ins_3"));
    }

    [Fact]
    public async Task A_card_the_customer_has_is_that_instrument_again_and_another_one_is_another()
    {
        var kept = Assert.IsType<Intake.CardKept>(await KeepAsync(Card()));
        Assert.Equal("ins_1", kept.Instrument);
        var known = new InstrumentRef("ins_1", InstrumentType.Card, kept.Details.Brand, kept.Details.Last4, kept.Details.ExpMonth, kept.Details.ExpYear);
        Task<Intake> NextAsync(string content, string instrument) =>
            _intake.KeepCardAsync(Device.Encrypt(_open.Vault.EncryptionKeys, content), Customer, instrument, [known], Cancel);

        Assert.Equal(kept, await NextAsync(Card(jti: "the second message"), "ins_2"));
        Assert.Null(await _open.Vault.Cards.FindCardAsync("ins_2", Cancel));
        Assert.Equal("ins_2", Assert.IsType<Intake.CardKept>(await NextAsync(Card(month: 5, jti: "the third message"), "ins_2")).Instrument);
        Assert.Equal(new Intake.Refused(Intake.OtherInstrument), await NextAsync(Card(month: 6, jti: "the fourth message"), "ins_2"));
    }

    [Fact]
    public async Task A_message_for_a_retired_key_still_opens()
    {
        var message = Device.Encrypt(_open.Vault.EncryptionKeys, Card());
        await _open.Vault.RotateAsync(Cancel);

        Assert.IsType<Intake.CardKept>(await _intake.KeepCardAsync(message, Customer, "ins_1", [], Cancel));
    }

    [Theory]
    [InlineData("4242424242424242", "737", null)]
    [InlineData("4242424242424242", "7373", "security_code_malformed")]
    [InlineData("378282246310005", "7373", null)]
    [InlineData("378282246310005", "737", "security_code_malformed")]
    public async Task A_security_code_fits_the_card_it_is_for(string number, string code, string? refused)
    {
        await KeepAsync(Card(number));

        var intake = await KeepCodeAsync(SecurityCode(code), "ins_1");

        Assert.Equal(refused, (intake as Intake.Refused)?.Code);
        Assert.Equal(refused is null ? code : null, (await _open.Vault.Cards.FindSecurityCodeAsync("att_1", Cancel))?.Digits);
    }

    [Fact]
    public async Task A_security_code_is_refused_for_the_same_reasons_as_a_card()
    {
        await KeepAsync(Card());

        Assert.Equal(new Intake.Refused(Intake.NoSuchInstrument), await KeepCodeAsync(SecurityCode("737"), "ins_2"));
        Assert.Equal(new Intake.Refused("encrypted_wrong_customer"), await KeepCodeAsync(SecurityCode("737", "cus_2"), "ins_1"));
        Assert.Equal(new Intake.Refused("encrypted_content_malformed"), await KeepCodeAsync(Card(), "ins_1"));
        Assert.Equal(new Intake.Refused("encrypted_replayed"), await KeepCodeAsync(SecurityCode("737", jti: Jti), "ins_1"));
        Assert.Equal(new Intake.Refused("encrypted_malformed"), await _intake.KeepSecurityCodeAsync("737", Customer, "ins_1", "att_1", Cancel));
    }

    /// <summary>Invariant 23.</summary>
    [Fact]
    public void What_was_decrypted_prints_nothing()
    {
        Assert.DoesNotContain("42", new EncryptedCard("4242", 4, 2031, "Ada", Customer, Jti, 1).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("737", new EncryptedSecurityCode("737", Customer, Jti, 1).ToString(), StringComparison.Ordinal);
    }

    private Task<Intake> KeepAsync(string content, string instrument = "ins_1") =>
        _intake.KeepCardAsync(Device.Encrypt(_open.Vault.EncryptionKeys, content), Customer, instrument, [], Cancel);

    private Task<Intake> KeepCodeAsync(string content, string instrument) =>
        _intake.KeepSecurityCodeAsync(Device.Encrypt(_open.Vault.EncryptionKeys, content), Customer, instrument, "att_1", Cancel);

    private static string Card(string number = "4242424242424242", int month = 4, long? exp = null, string jti = Jti) =>
        $$"""{"number":"{{number}}","exp_month":{{month}},"exp_year":2031,"holder":"Ada","customer":"cus_1","jti":"{{jti}}","exp":{{exp ?? FakeTime.Noon.ToUnixTimeSeconds() + 300}}}""";

    private static string SecurityCode(string code, string customer = Customer, string jti = "fedcba9876543210") =>
        JsonSerializer.Serialize(new { security_code = code, customer, jti, exp = FakeTime.Noon.ToUnixTimeSeconds() + 300 });
}
