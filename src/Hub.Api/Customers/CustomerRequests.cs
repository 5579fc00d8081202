using Hub.Api.Edge.Requests;
using Hub.Channels.Email;
using Hub.Channels.Sms;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;

namespace Hub.Api.Customers;

/// <summary>A new customer. At least one of phone and e-mail.</summary>
public sealed record CreateCustomer(
    string Name,
    string? Phone = null,
    string? Email = null,
    ConfirmationWish? Confirmation = null,
    string Locale = "en",
    NoticeWish? Notifications = null,
    QuietHoursWish? QuietHours = null,
    DigestWish? Digest = null);

/// <summary>What is to change; what is left out stays.</summary>
public sealed record ChangeCustomer(
    string? Name = null,
    ConfirmationWish? Confirmation = null,
    string? Locale = null,
    NoticeWish? Notifications = null,
    QuietHoursWish? QuietHours = null,
    DigestWish? Digest = null);

/// <summary>A session for the customer's own browser, app or chat.</summary>
/// <param name="Payment">The only payment it is for; <c>null</c> for all of the customer's.</param>
public sealed record CreateSession(string? Payment = null);

/// <summary>An instrument; numbers come encrypted on the customer's device.</summary>
/// <param name="Type"><c>card</c>, <c>wallet_card</c>, <c>bank_account</c> or <c>echeck</c>.</param>
/// <param name="Encrypted">JWE compact: of a card, or of an e-check's account.</param>
/// <param name="Bank">Of a bank account: one of <c>GET /v1/banks</c>.</param>
/// <param name="Wallet">Of a card for the wallet: the token the wallet was opened with.</param>
public sealed record AddInstrumentRequest(string Type, string? Encrypted = null, string? Bank = null, string? Wallet = null);

/// <summary>A code that was typed.</summary>
public sealed record CheckCode(string Code)
{
    /// <summary>Without the code.</summary>
    public override string ToString() => nameof(CheckCode);
}

/// <summary>Checks what a shape cannot say of customers.</summary>
internal static class CustomerChecks
{
    internal static Fields Check(this Fields fields, CreateCustomer body) => fields
        .Line("name", body.Name)
        .Require(body.Phone is not null || body.Email is not null, "phone", "or email is required")
        .Number("phone", body.Phone)
        .Require(body.Email is null || Mailbox.TryParse(body.Email, out _), "email", "must be one mailbox, such as ada@example.com")
        .Locale(body.Locale)
        .Wish(body.Confirmation)
        .Wish(body.Notifications)
        .Wish(body.QuietHours)
        .Wish(body.Digest);

    internal static Fields Number(this Fields fields, string path, string? number) => fields
        .Require(number is null || E164.TryParse(number, out _), path, "must be a number in E.164 form, such as +4915112345678")
        .Require(!E164.TryParse(number, out var parsed) || !parsed.IsCostly, path, "must not be a premium-rate or satellite number: nothing is sent there");

    internal static Fields Check(this Fields fields, ChangeCustomer body) => fields
        .Line("name", body.Name)
        .Locale(body.Locale)
        .Wish(body.Confirmation)
        .Wish(body.Notifications)
        .Wish(body.QuietHours)
        .Wish(body.Digest);

    internal static Fields Locale(this Fields fields, string? locale) =>
        fields.Require(locale is null || (locale.Length is >= 2 and <= 35 && locale.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && !CardNumbers.AreIn(locale)), "locale", "must be a BCP 47 tag, such as en");

    /// <summary>What was wished for; without a wish, the phone first, where there is one.</summary>
    internal static Preferences PreferencesOf(CreateCustomer body)
    {
        var usual = body.Phone is null ? new Preferences(Channel.Email, [], body.Locale) : new Preferences(Channel.Sms, [Channel.Email], body.Locale);
        return usual.With(body.Confirmation, null, body.Notifications, body.QuietHours).With(body.Digest);
    }

    /// <summary>What was wished for beside what there is; <c>null</c> where nothing was.</summary>
    internal static Preferences? PreferencesOf(ChangeCustomer body, Preferences old) =>
        body is { Confirmation: null, Locale: null, Notifications: null, QuietHours: null, Digest: null } ? null : old.With(body.Confirmation, body.Locale, body.Notifications, body.QuietHours).With(body.Digest);
}
