using System.Globalization;
using System.Text;

namespace Hub.Gateways.SandboxBank;

/// <summary>What a bank signs of money, by whichever way it says it: in a response, in the answer to a query, in a webhook, on the customer's way back.</summary>
/// <remarks>
/// Everything that makes it about one operation is in it, so that it says nothing of another payment, payee, bank or movement. The bank builds it of what
/// it did, the hub of what it asked for and was told; they are the same bytes, or the bank said nothing.
/// </remarks>
/// <param name="Bank">The gateway's name.</param>
/// <param name="Kind">What became of the money: one of the constants here.</param>
/// <param name="Key">The hub's idempotency key of the operation.</param>
/// <param name="Id">The bank's id of what it made under that key.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Payee">The merchant's name as the hub gave it: whom the money went to, or who gave it back.</param>
/// <param name="At">When; whole milliseconds count.</param>
public sealed record TransferStatement(
    string Bank, string Kind, string Key, string Id, long Amount, string Currency, string Payee, DateTimeOffset At)
{
    /// <summary>It was taken from the customer.</summary>
    public const string Captured = "captured";

    /// <summary>What had been taken is there for good.</summary>
    public const string Cleared = "cleared";

    /// <summary>What had been taken went back to the customer's bank.</summary>
    public const string Returned = "returned";

    /// <summary>It was paid back.</summary>
    public const string Refunded = "refunded";

    /// <summary>The customer said no and nothing moved; signed on the way back alone, which goes through the customer's hands.</summary>
    public const string Declined = "declined";

    /// <summary>What is signed: a name that separates domains, then each word behind its length in bytes, so that none can run into the next; UTF-8.</summary>
    public byte[] ToBytes()
    {
        ReadOnlySpan<string> words = [Bank, Kind, Key, Id, Number(Amount), Currency, Payee, Number(At.ToUnixTimeMilliseconds())];
        var text = new StringBuilder("omnihub.bank.transfer.1\n");
        foreach (var word in words) text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(word)}:{word}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
