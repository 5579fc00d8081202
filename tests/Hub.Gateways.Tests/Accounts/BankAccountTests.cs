using Hub.Gateways.Accounts;
using Hub.Gateways.Jwe;
using Hub.Gateways.Tests.Jwe;
using Hub.Gateways.Tests.Support;
using Hub.Gateways.Vault;

namespace Hub.Gateways.Tests.Accounts;

/// <summary>A bank account, from the customer's device to the vault and out of it again (invariant 23).</summary>
public sealed class BankAccountTests : IDisposable
{
    private const string Customer = "cus_1";

    private readonly OpenVault _open = new();
    private readonly CardIntake _intake;

    public BankAccountTests() =>
        _intake = new CardIntake(_open.Vault.EncryptionKeys, _open.Vault.Cards, _open.Vault.Keyring, new SeededRandom(3), _open.Time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _open.Dispose();

    [Theory]
    [InlineData("011000015", "1234", "Ada", null)]
    [InlineData("011-000-015", "1234 5678 9012 3456 7", "Ada", null)]
    [InlineData("01100001", "1234", "Ada", "routing_number_malformed")]
    [InlineData("0110000150", "1234", "Ada", "routing_number_malformed")]
    [InlineData(null, "1234", "Ada", "routing_number_malformed")]
    [InlineData("011000014", "1234", "Ada", "routing_number_check_digit")]
    [InlineData("011000016", "1234", "Ada", "routing_number_check_digit")]
    [InlineData("000000000", "1234", "Ada", "routing_number_check_digit")]
    [InlineData("011000015", "123", "Ada", "account_number_malformed")]
    [InlineData("011000015", "123456789012345678", "Ada", "account_number_malformed")]
    [InlineData("011000015", "12x4", "Ada", "account_number_malformed")]
    [InlineData("011000015", "1234 ", "Ada", "account_number_malformed")]
    [InlineData("011000015", "١٢٣٤", "Ada", "account_number_malformed")]
    [InlineData("011000015", "1234", " ", "account_holder_malformed")]
    [InlineData("011000015", "1234", "A\nB", "account_holder_malformed")]
    public void An_account_is_one_that_could_exist(string? routing, string number, string holder, string? problem)
    {
        Assert.Equal(problem, BankAccount.TryCreate(routing, number, holder, out var account)?.Code());
        Assert.Equal(problem is null, account is not null);
    }

    [Fact]
    public async Task An_account_goes_into_the_vault_and_only_its_face_comes_out()
    {
        var kept = Assert.IsType<Intake.AccountKept>(await KeepAsync(Content()));

        Assert.Equal(("Aster Bank", "0001"), (kept.Details.Bank, kept.Details.Last4));
        Assert.Equal(Samples.Account.Fingerprint(_open.Vault.Keyring), kept.Details.Fingerprint);
        var found = (await _open.Vault.Cards.FindAccountAsync("ins_1", Cancel))!;
        Assert.Equal(("011000015", "000100010001", "Ada"), (found.Routing.Digits, found.Number.Digits, found.Holder));
        Assert.All([kept.ToString(), found.ToString(), found.Number.ToString()], text => Assert.DoesNotContain("00010001", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"holder\":\"Ada\",", "", "encrypted_content_malformed")]
    [InlineData("\"account_number\"", "\"number\"", "encrypted_content_malformed")]
    [InlineData("011000015", "011000014", "routing_number_check_digit")]
    [InlineData("cus_1", "cus_2", "encrypted_wrong_customer")]
    public async Task What_cannot_be_an_account_is_refused_with_its_fault(string from, string to, string code)
    {
        Assert.Equal(new Intake.Refused(code), await KeepAsync(Content().Replace(from, to, StringComparison.Ordinal)));
        Assert.Null(await _open.Vault.Cards.FindAccountAsync("ins_1", Cancel));
    }

    [Fact]
    public async Task A_message_is_used_once_and_may_be_repeated_for_the_same_instrument()
    {
        var message = Device.Encrypt(_open.Vault.EncryptionKeys, Content());
        Assert.IsType<Intake.AccountKept>(await _intake.KeepAccountAsync(message, Customer, "ins_1", [], Cancel));
        Assert.IsType<Intake.AccountKept>(await _intake.KeepAccountAsync(message, Customer, "ins_1", [], Cancel));
        Assert.Equal(new Intake.Refused("encrypted_replayed"), await _intake.KeepAccountAsync(message, Customer, "ins_2", [], Cancel));
    }

    [Fact]
    public async Task An_account_goes_with_its_instrument_and_with_its_customer()
    {
        var vault = _open.Vault.Cards;
        await PutAsync(vault, "ins_1", "cus_1");
        await PutAsync(vault, "ins_2", "cus_1");
        await PutAsync(vault, "ins_3", "cus_2");

        await vault.DeleteCardAsync("ins_1", Cancel);
        Assert.Null(await vault.FindAccountAsync("ins_1", Cancel));
        Assert.NotNull(await vault.FindAccountAsync("ins_2", Cancel));

        await vault.DeleteAllOfAsync("cus_1", Cancel);
        Assert.Null(await vault.FindAccountAsync("ins_2", Cancel));
        Assert.NotNull(await vault.FindAccountAsync("ins_3", Cancel));
    }

    [Fact]
    public async Task An_account_outlives_a_rotation_of_keys()
    {
        await PutAsync(_open.Vault.Cards, "ins_1", "cus_1");
        await _open.Vault.RotateAsync(Cancel);
        Assert.Equal("0001", (await _open.Vault.Cards.FindAccountAsync("ins_1", Cancel))!.Number.Last4);
    }

    private Task<bool> PutAsync(ICardVault vault, string instrument, string customer) => vault.PutAccountAsync(
        instrument, customer, Samples.Account, new UseOnce(customer, $"0123456789abcdef{instrument}", _open.Time.GetUtcNow().AddMinutes(5)), Cancel);

    private Task<Intake> KeepAsync(string content) => _intake.KeepAccountAsync(Device.Encrypt(_open.Vault.EncryptionKeys, content), Customer, "ins_1", [], Cancel);

    private string Content() =>
        $$"""{"routing_number":"011000015","account_number":"000100010001","holder":"Ada","customer":"cus_1","jti":"0123456789abcdef","exp":{{_open.Time.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds()}}}""";
}
