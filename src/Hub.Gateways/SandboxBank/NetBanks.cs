namespace Hub.Gateways.SandboxBank;

/// <summary>A bank that can be reached through the net-banking connector.</summary>
/// <param name="Id">What <see cref="Hub.Domain.Payments.InstrumentRef.Brand"/> names it by.</param>
/// <param name="Name">As customers know it.</param>
/// <param name="IsUp">Whether it takes orders; one that is down can be chosen, and nothing is begun there.</param>
public sealed record NetBank(string Id, string Name, bool IsUp);

/// <summary>The banks behind the net-banking connector.</summary>
public static class NetBanks
{
    /// <summary>What the connector answers for a bank that is down.</summary>
    public const string DownCode = "bank_down";

    /// <summary>Every bank, in the order in which customers see them.</summary>
    public static IReadOnlyList<NetBank> All { get; } =
    [
        new("aster", "Aster Bank", true),
        new("birch", "Birch & Daughters", true),
        new("cedar", "Cedar Savings", true),
        new("dogwood", "Dogwood Trust", false),
    ];

    /// <summary>A bank by its id; <c>null</c> where there is none.</summary>
    public static NetBank? Find(string? id) => All.FirstOrDefault(bank => bank.Id == id);
}
