using System.Globalization;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.Http;

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
        if (!_keys.Signed(said, query("bank_signature"))) return new BankReturn.Refused(ReturnFault.Forged);
        // After the signature, so that nobody learns this clock, or which payments there are, by guessing.
        if ((time.GetUtcNow() - said.At).Duration() > Tolerance) return new BankReturn.Refused(ReturnFault.Old);
        if (Payment.IdOfPart(said.Key) != payment) return new BankReturn.Refused(ReturnFault.OtherPayment);
        GatewayAnswer answer = said.Kind switch
        {
            TransferStatement.Captured => new GatewayAnswer.Captured(said.Id, new Amount(said.Amount, Currency.Parse(said.Currency))),
            TransferStatement.Declined => new GatewayAnswer.Declined("customer_denied"),
            _ => new GatewayAnswer.Unknown(UnknownReason.Unreadable),
        };
        return new BankReturn.Reported(
            new BankReport($"return/{said.Id}/{said.Kind}", BankOperationKind.Authorize, said.Key, $"{payment}/{said.Key}", answer, said.At) { Payee = said.Payee });
    }

    /// <summary>The parameters of a return, as the bank writes them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Write(TransferStatement said, string signature)
    {
        ArgumentNullException.ThrowIfNull(said);
        return
        [
            new("bank_key", said.Key),
            new("bank_kind", said.Kind),
            new("bank_order", said.Id),
            new("bank_amount", said.Amount.ToString(CultureInfo.InvariantCulture)),
            new("bank_currency", said.Currency),
            new("bank_payee", said.Payee),
            new("bank_at", said.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
            new("bank_signature", signature),
        ];
    }

    private TransferStatement? Parse(Func<string, string?> query) =>
        query("bank_key") is { } key && BankWords.IsId(key)
            && query("bank_order") is { Length: <= 100 } order && BankWords.IsId(order)
            && query("bank_kind") is { Length: > 0 and <= 40 } kind && kind.All(char.IsAsciiLetterLower)
            && Number(query("bank_amount")) is { } amount
            && query("bank_currency") is { } currency && Currency.TryParse(currency, out _)
            && query("bank_payee") is { Length: > 0 and <= 200 } payee
            && Number(query("bank_at")) is { } at && at <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new TransferStatement(options.Name, kind, key, order, amount, currency, payee, DateTimeOffset.FromUnixTimeMilliseconds(at))
            : null;

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
