using System.Security.Cryptography;
using System.Text;

namespace Hub.Sandbox.Bank.Accounts;

/// <summary>The one customer that each bank behind net banking has.</summary>
/// <param name="Bank">As in <see cref="Hub.Gateways.SandboxBank.NetBanks"/>.</param>
/// <param name="Number">The customer number.</param>
/// <param name="Password">Known to everybody: the sandbox shows it.</param>
/// <param name="Hint">What is special about this bank.</param>
public sealed record NetCustomer(string Bank, string Number, string Password, string Hint)
{
    /// <summary>Whether these are this customer's number and password; compared in constant time.</summary>
    internal bool Is(string number, string password) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes($"{Number}\n{Password}"), Encoding.UTF8.GetBytes($"{number}\n{password}"));
}

/// <summary>The customers, and how each bank behaves.</summary>
public static class NetCustomers
{
    /// <summary>Sends its customers nowhere and tells nobody: what they answered is found by asking.</summary>
    public const string ReturnLost = "birch";

    /// <summary>Takes money back two banking days later.</summary>
    public const string RecallsLater = "cedar";

    /// <summary>Takes no orders.</summary>
    public const string Down = "dogwood";

    /// <summary>One for each bank.</summary>
    public static IReadOnlyList<NetCustomer> All { get; } =
    [
        new("aster", "10002001", "aster-garden", "Pays, and sends you back."),
        new(ReturnLost, "10002002", "birch-grove", "Pays, but loses you on the way back and tells nobody: the hub has to ask."),
        new(RecallsLater, "10002003", "cedar-hill", "Pays, and takes the money back two days later."),
        new(Down, "10002004", "dogwood-lane", "Is down."),
    ];

    /// <summary>The customer of a bank; <c>null</c> where there is no such bank.</summary>
    public static NetCustomer? Of(string bank) => All.FirstOrDefault(one => one.Bank == bank);
}
