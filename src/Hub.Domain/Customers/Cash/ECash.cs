using System.Text.Json.Serialization;
using Hub.Domain.Kernel;
using Hub.Domain.Money;

namespace Hub.Domain.Customers.Cash;

/// <summary>Where one hold on stored value stands.</summary>
[JsonConverter(typeof(SnakeCaseNames<ECashHoldStatus>))]
public enum ECashHoldStatus
{
    /// <summary>Kept for a payment.</summary>
    Held,

    /// <summary>Spent, all or in part; what was left is free again.</summary>
    Spent,

    /// <summary>Free again.</summary>
    Released,
}

/// <summary>Stored value of one currency that waits for an open payment, or was spent by one.</summary>
/// <param name="Key">The key of the authorization, such as <c>att_…_1/authorize</c>.</param>
/// <param name="Amount">What was held.</param>
/// <param name="Status">Where it stands.</param>
public sealed record ECashHold(string Key, Amount Amount, ECashHoldStatus Status)
{
    /// <summary>Every capture of it, in order.</summary>
    public EquatableArray<ECashMove> Spent { get; init; } = [];

    /// <summary>Every refund of what was spent, in order.</summary>
    public EquatableArray<ECashMove> Refunded { get; init; } = [];

    /// <summary>What of it is neither spent nor free, in minor units.</summary>
    [JsonIgnore]
    public long Open => Status is ECashHoldStatus.Held ? Amount.Minor - Spent.Sum(m => m.Amount.Minor) : 0;
}

/// <summary>One movement under one key.</summary>
/// <param name="Key">The key of the operation.</param>
/// <param name="Amount">How much.</param>
public sealed record ECashMove(string Key, Amount Amount);

/// <summary>A customer's stored value.</summary>
public sealed record ECash
{
    /// <summary>The name of the gateway whose bank this is; kept in the journal, so it never changes.</summary>
    public const string Gateway = "ecash";

    /// <summary>What is owed to the customer, held or not, by currency.</summary>
    public EquatableArray<Amount> Balances { get; init; } = [];

    /// <summary>Every hold, oldest first.</summary>
    public EquatableArray<ECashHold> Holds { get; init; } = [];

    /// <summary>The keys of the top-ups, so that none counts twice.</summary>
    public EquatableArray<string> TopUps { get; init; } = [];

    /// <summary>What is owed in a currency, in minor units.</summary>
    public long Balance(Currency currency) => Balances.Where(b => b.Currency == currency).Sum(b => b.Minor);

    /// <summary>What of it no payment waits for, in minor units.</summary>
    public long Available(Currency currency) => Balance(currency) - Holds.Where(h => h.Amount.Currency == currency).Sum(h => h.Open);

    /// <summary>The hold of an authorization.</summary>
    /// <returns><c>null</c> when there is none such.</returns>
    public ECashHold? Find(string key) => Holds.FirstOrDefault(h => h.Key == key);
}
