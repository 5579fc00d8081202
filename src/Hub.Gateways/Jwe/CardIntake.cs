using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hub.Actors.Ports;
using Hub.Domain.Payments;
using Hub.Gateways.Accounts;
using Hub.Gateways.Cards;
using Hub.Gateways.Vault;

namespace Hub.Gateways.Jwe;

/// <summary>What may be known of a card outside the vault.</summary>
/// <param name="Brand">Such as <c>visa</c>.</param>
/// <param name="Last4">The last four digits.</param>
/// <param name="ExpMonth">1 to 12.</param>
/// <param name="ExpYear">Four digits.</param>
/// <param name="Fingerprint">The same for the same card; a keyed digest.</param>
public sealed record CardDetails(string Brand, string Last4, int ExpMonth, int ExpYear, string Fingerprint);

/// <summary>What may be known of a bank account outside the vault.</summary>
/// <param name="Bank">The bank's name, such as <c>Aster Bank</c>.</param>
/// <param name="Last4">The account's last four digits.</param>
/// <param name="Fingerprint">The same for the same account; a keyed digest.</param>
public sealed record AccountDetails(string Bank, string Last4, string Fingerprint);

/// <summary>What became of something encrypted.</summary>
public abstract record Intake
{
    /// <summary>The card lies in the vault.</summary>
    /// <param name="Instrument">Under which instrument: one the customer has, where it is the very same card.</param>
    /// <param name="Details">What may be known of it.</param>
    public sealed record CardKept(string Instrument, CardDetails Details) : Intake;

    /// <summary>The bank account lies in the vault.</summary>
    /// <param name="Instrument">As for a card.</param>
    /// <param name="Details">What may be known of it.</param>
    public sealed record AccountKept(string Instrument, AccountDetails Details) : Intake;

    /// <summary>The security code lies in the vault, for minutes.</summary>
    public sealed record SecurityCodeKept : Intake;

    /// <summary>Refused; nothing was kept.</summary>
    /// <param name="Code">For the API: a code of <see cref="JweProblems"/>, <see cref="CardProblems"/> or <see cref="AccountProblems"/>, or <see cref="NoSuchInstrument"/> or <see cref="OtherInstrument"/>.</param>
    public sealed record Refused(string Code) : Intake;

    /// <summary>The security code of an instrument that the vault does not have.</summary>
    public const string NoSuchInstrument = "no_such_instrument";

    /// <summary>Something else lies under the instrument: the request is another one than the first with its key.</summary>
    public const string OtherInstrument = "other_instrument";
}

/// <summary>The one way in for cards and bank accounts: opens what a customer's device encrypted, checks it, and puts it in the vault.</summary>
/// <remarks>Invariant 23: nothing that leaves here, by return or by exception, carries a number or a code.</remarks>
public sealed class CardIntake(IEncryptionKeys keys, ICardVault vault, IKeyring keyring, IRandomSource random, TimeProvider time)
{
    /// <summary>How far ahead a message may expire.</summary>
    public static readonly TimeSpan MaxLife = TimeSpan.FromMinutes(10);

    /// <summary>Keeps a card under an instrument. The same message for the same instrument again is a repeated request and passes.</summary>
    /// <param name="message">The JWE.</param>
    /// <param name="customer">Who sent it; must be who it was made for.</param>
    /// <param name="instrument">The id the card will be found by, the same when the request is repeated.</param>
    /// <param name="known">The instruments that may be this very card already; it is kept once.</param>
    /// <param name="cancel">Stops waiting; the card may still be kept.</param>
    public async Task<Intake> KeepCardAsync(string message, string customer, string instrument, IReadOnlyList<InstrumentRef> known, CancellationToken cancel)
    {
        if (Open(message, customer, EncryptedJson.Default.EncryptedCard, out var content) is { } problem)
        {
            return new Intake.Refused(problem.Code());
        }

        if (Card.TryCreate(content!.Number, new CardExpiry(content.ExpYear, content.ExpMonth), content.Holder, time.GetUtcNow(), out var card) is { } wrong)
        {
            return new Intake.Refused(wrong.Code());
        }

        var details = new CardDetails(card!.Number.Brand.Code(), card.Number.Last4, card.Expiry.Month, card.Expiry.Year, card.Number.Fingerprint(keyring));
        var alike = known.Where(i => (i.Brand, i.Last4, i.ExpMonth, i.ExpYear) == (details.Brand, details.Last4, details.ExpMonth, details.ExpYear));
        var (id, refused) = await KeepOnceAsync(
            alike, instrument, i => vault.FindCardAsync(i, cancel), kept => IsSame(kept, card), i => vault.PutCardAsync(i, customer, card, Token(content), cancel));
        return refused is null ? new Intake.CardKept(id, details) : new Intake.Refused(refused);
    }

    /// <summary>Keeps a bank account for e-checks under an instrument; a repeated request passes, as for a card.</summary>
    /// <param name="message">The JWE.</param>
    /// <param name="customer">Who sent it; must be who it was made for.</param>
    /// <param name="instrument">The id the account will be found by, the same when the request is repeated.</param>
    /// <param name="known">The instruments that may be this very account already; it is kept once.</param>
    /// <param name="cancel">Stops waiting; the account may still be kept.</param>
    public async Task<Intake> KeepAccountAsync(string message, string customer, string instrument, IReadOnlyList<InstrumentRef> known, CancellationToken cancel)
    {
        if (Open(message, customer, EncryptedJson.Default.EncryptedAccount, out var content) is { } problem)
        {
            return new Intake.Refused(problem.Code());
        }

        if (BankAccount.TryCreate(content!.RoutingNumber, content.AccountNumber, content.Holder, out var account) is { } wrong)
        {
            return new Intake.Refused(wrong.Code());
        }

        var details = new AccountDetails(account!.Routing.BankName, account.Number.Last4, account.Fingerprint(keyring));
        var alike = known.Where(i => (i.Brand, i.Last4) == (details.Bank, details.Last4));
        var (id, refused) = await KeepOnceAsync(
            alike, instrument, i => vault.FindAccountAsync(i, cancel), kept => IsSame(kept, account), i => vault.PutAccountAsync(i, customer, account, Token(content), cancel));
        return refused is null ? new Intake.AccountKept(id, details) : new Intake.Refused(refused);
    }

    /// <summary>Keeps the security code for one authorization.</summary>
    /// <param name="message">The JWE.</param>
    /// <param name="customer">Who sent it; must be who it was made for.</param>
    /// <param name="instrument">The card it belongs to; tells how many digits it has.</param>
    /// <param name="id">What <see cref="AuthorizeOrder.SecurityCode"/> will name, the same when the request is repeated.</param>
    /// <param name="cancel">Stops waiting; the code may still be kept.</param>
    public async Task<Intake> KeepSecurityCodeAsync(string message, string customer, string instrument, string id, CancellationToken cancel)
    {
        if (Open(message, customer, EncryptedJson.Default.EncryptedSecurityCode, out var content) is { } problem)
        {
            return new Intake.Refused(problem.Code());
        }

        if (await vault.FindCardAsync(instrument, cancel) is not { } card)
        {
            return new Intake.Refused(Intake.NoSuchInstrument);
        }

        if (SecurityCode.TryParse(content!.SecurityCode, card.Number.Brand, out var code) is { } wrong)
        {
            return new Intake.Refused(wrong.Code());
        }

        return await vault.PutSecurityCodeAsync(id, customer, code!, Token(content), cancel)
            ? new Intake.SecurityCodeKept()
            : new Intake.Refused(JweProblem.Replayed.Code());
    }

    private JweProblem? Open<T>(string message, string customer, JsonTypeInfo<T> shape, out T? content)
        where T : class, IBoundContent
    {
        content = null;
        if (CompactJwe.TryDecrypt(message, keys, random, out var plain) is { } problem)
        {
            return problem;
        }

        T? read;
        try
        {
            read = JsonSerializer.Deserialize(plain, shape);
        }
        catch (JsonException)
        {
            // Its message may quote what it read.
            return JweProblem.ContentMalformed;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }

        if (read is null || read.Jti.Length is < 16 or > 128)
        {
            return JweProblem.ContentMalformed;
        }

        if (read.Customer != customer)
        {
            return JweProblem.WrongCustomer;
        }

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (read.Exp <= now)
        {
            return JweProblem.Expired;
        }

        if (read.Exp > now + (long)MaxLife.TotalSeconds)
        {
            return JweProblem.LivesTooLong;
        }

        content = read;
        return null;
    }

    /// <summary>Puts one thing into the vault: under the instrument that it is already, or under the new one, and never in place of another.</summary>
    /// <returns>The instrument it lies under, and why it was refused; <c>null</c> where it was not.</returns>
    private static async Task<(string Instrument, string? Refused)> KeepOnceAsync<T>(
        IEnumerable<InstrumentRef> alike, string instrument, Func<string, Task<T?>> find, Func<T, bool> isIt, Func<string, Task<bool>> put)
        where T : class
    {
        var id = instrument;
        foreach (var one in alike)
        {
            if (await find(one.Id) is not { } known || !isIt(known)) continue;
            id = one.Id;
            break;
        }

        if (await put(id)) return (id, null);
        return (id, await find(id) is { } other && !isIt(other) ? Intake.OtherInstrument : JweProblem.Replayed.Code());
    }

    private static bool IsSame(Card kept, Card card) => (kept.Number.Digits, kept.Expiry, kept.Holder) == (card.Number.Digits, card.Expiry, card.Holder);

    private static bool IsSame(BankAccount kept, BankAccount account) =>
        (kept.Routing.Digits, kept.Number.Digits, kept.Holder) == (account.Routing.Digits, account.Number.Digits, account.Holder);

    private static UseOnce Token(IBoundContent content) =>
        new(content.Customer, content.Jti, DateTimeOffset.FromUnixTimeSeconds(content.Exp));
}
