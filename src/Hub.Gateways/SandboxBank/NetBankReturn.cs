using System.Globalization;
using Hub.Domain.Money;

namespace Hub.Gateways.SandboxBank;

/// <summary>What is wrong with a customer's return from their bank.</summary>
public enum ReturnFault
{
    /// <summary>Something is missing or cannot be read.</summary>
    Malformed,

    /// <summary>The bank did not sign it.</summary>
    Forged,

    /// <summary>Signed too long ago, or in the future.</summary>
    Old,

    /// <summary>Signed, and about another payment.</summary>
    OtherPayment,
}

/// <summary>What a customer's return turned out to be.</summary>
public abstract record BankReturn
{
    /// <summary>From the bank, about this payment.</summary>
    public sealed record Reported(BankReport Report) : BankReturn;

    /// <summary>Nothing that counts: ask the bank instead.</summary>
    public sealed record Refused(ReturnFault Fault) : BankReturn;
}

/// <summary>Verifies and reads the query with which net banking sends a customer back.</summary>
/// <remarks>The customer's browser carries it, so every word of it is signed. The same query again gives the same report, under the same event id (invariant 12).</remarks>
/// <param name="options">The name and the public keys of the connector.</param>
/// <param name="time">The reader's clock.</param>
public sealed class NetBankReturn(SandboxBankOptions options, TimeProvider time)
{
    /// <summary>How far the signing may lie from now, either way, both ends included.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whose bank.</summary>
    public string Gateway => options.Name;

    private readonly BankKeys _keys = new(options.PublicKeys);

    /// <summary>Verifies, then reads.</summary>
    /// <param name="query">The value of a parameter by its name; <c>null</c> where it did not come.</param>
    /// <param name="payment">The payment whose page the customer came back to, <c>pay_…</c>.</param>
    public BankReturn Read(Func<string, string?> query, string payment)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (Parse(query) is not { } said) return new BankReturn.Refused(ReturnFault.Malformed);
        if (!_keys.Signed(said.ToBytes(), query("bank_signature"))) return new BankReturn.Refused(ReturnFault.Forged);
        // After the signature, so that nobody learns this clock, or which payments there are, by guessing.
        if ((time.GetUtcNow() - said.At).Duration() > Tolerance) return new BankReturn.Refused(ReturnFault.Old);
        if (!said.Reference.StartsWith($"{payment}/", StringComparison.Ordinal)) return new BankReturn.Refused(ReturnFault.OtherPayment);
        GatewayAnswer answer = said.Status switch
        {
            "succeeded" => new GatewayAnswer.Captured(said.Order, new Amount(said.Amount, Currency.Parse(said.Currency))),
            "declined" => new GatewayAnswer.Declined("customer_denied"),
            _ => new GatewayAnswer.Unknown(UnknownReason.Unreadable),
        };
        return new BankReturn.Reported(new BankReport($"return/{said.Order}/{said.Status}", GatewayOperation.Authorize, said.Key, said.Reference, answer, said.At));
    }

    /// <summary>The parameters of a return, as the bank writes them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Write(ReturnStatement said, string signature)
    {
        ArgumentNullException.ThrowIfNull(said);
        return
        [
            new("bank_reference", said.Reference),
            new("bank_key", said.Key),
            new("bank_status", said.Status),
            new("bank_order", said.Order),
            new("bank_amount", StatementText.Number(said.Amount)),
            new("bank_currency", said.Currency),
            new("bank_at", StatementText.Number(said.At.ToUnixTimeSeconds())),
            new("bank_signature", signature),
        ];
    }

    private ReturnStatement? Parse(Func<string, string?> query) =>
        query("bank_reference") is { Length: > 0 and <= 200 } reference
            && query("bank_key") is { } key && BankReading.IsId(key)
            && query("bank_order") is { Length: <= 100 } order && BankReading.IsId(order)
            && query("bank_status") is { Length: > 0 and <= 40 } status && status.All(char.IsAsciiLetterLower)
            && Number(query("bank_amount")) is { } amount
            && query("bank_currency") is { } currency && Currency.TryParse(currency, out _)
            && Number(query("bank_at")) is { } at && at <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? new ReturnStatement(options.Name, reference, key, status, order, amount, currency, DateTimeOffset.FromUnixTimeSeconds(at))
            : null;

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
