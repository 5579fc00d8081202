using System.Globalization;
using System.Text;

namespace Hub.Gateways.SandboxBank;

/// <summary>That money moved: what a bank signs of every capture, debit and refund.</summary>
/// <param name="Bank">The gateway's name, so that one bank's words say nothing at another.</param>
/// <param name="Kind">What moved it: one of the constants here.</param>
/// <param name="Id">The bank's id of the movement.</param>
/// <param name="Reference">The hub's name of the operation, so that one operation's signature says nothing of another.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Payee">Who has it now, as the bank writes it.</param>
/// <param name="At">When; whole milliseconds count.</param>
public sealed record TransferStatement(
    string Bank, string Kind, string Id, string Reference, long Amount, string Currency, string Payee, DateTimeOffset At)
{
    /// <summary>Held money was taken.</summary>
    public const string Capture = "capture";

    /// <summary>Money was moved at once, from a bank account.</summary>
    public const string Debit = "debit";

    /// <summary>Money went back.</summary>
    public const string Refund = "refund";

    /// <summary>What is signed.</summary>
    public byte[] ToBytes() => StatementText.Of(
        "omnihub.bank.transfer.1", Bank, Kind, Id, Reference, StatementText.Number(Amount), Currency, Payee, StatementText.Number(At.ToUnixTimeMilliseconds()));
}

/// <summary>What the customer answered at a bank's own page: what the bank signs into the way back.</summary>
/// <param name="Bank">The gateway's name.</param>
/// <param name="Reference">The hub's name of the operation.</param>
/// <param name="Key">The idempotency key of the operation.</param>
/// <param name="Status">Where the order stands, as the bank's API says it.</param>
/// <param name="Order">The bank's id of the order.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="At">When; whole seconds count.</param>
public sealed record ReturnStatement(
    string Bank, string Reference, string Key, string Status, string Order, long Amount, string Currency, DateTimeOffset At)
{
    /// <summary>What is signed.</summary>
    public byte[] ToBytes() => StatementText.Of(
        "omnihub.bank.return.1", Bank, Reference, Key, Status, Order, StatementText.Number(Amount), Currency, StatementText.Number(At.ToUnixTimeSeconds()));
}

/// <summary>One way to write several words as bytes: a name that separates domains, then each word behind its length, so that none can run into the next.</summary>
internal static class StatementText
{
    internal static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <param name="domain">What sort of statement, and its version.</param>
    /// <param name="words">In their order.</param>
    /// <returns>Lines of <c>length:word</c> in UTF-8; lengths in bytes.</returns>
    internal static byte[] Of(string domain, params ReadOnlySpan<string> words)
    {
        var text = new StringBuilder(domain).Append('\n');
        foreach (var word in words) text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(word)}:{word}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
