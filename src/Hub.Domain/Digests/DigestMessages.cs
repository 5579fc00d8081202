using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;

namespace Hub.Domain.Digests;

/// <summary>A notice that can wait. The words are made from it when it is sent.</summary>
/// <param name="Id">Its own id, from what happened.</param>
/// <param name="Kind">Why.</param>
/// <param name="About">About what.</param>
/// <param name="At">When it came up.</param>
public sealed record DigestItem(string Id, NotificationKind Kind, About About, DateTimeOffset At);

/// <summary>Notices that leave together.</summary>
/// <param name="Id">Such as <c>dig_…_1</c>.</param>
/// <param name="Items">In the order in which they came up.</param>
/// <param name="At">When they fell due.</param>
public sealed record DigestBatch(string Id, EquatableArray<DigestItem> Items, DateTimeOffset At);

/// <summary>Everything a digest can be asked.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Collect), "collect")]
[JsonDerivedType(typeof(TimerDue), "timer_due")]
public abstract record DigestCommand : Command
{
    /// <summary>Keeps one notice for the next digest.</summary>
    /// <param name="Merchant">Whose customer.</param>
    /// <param name="Customer">Who is told.</param>
    /// <param name="Item">The notice.</param>
    /// <param name="Due">When the next digest leaves by the customer's own clock; one that waits already keeps its time.</param>
    public sealed record Collect(string Merchant, string Customer, DigestItem Item, DateTimeOffset Due) : DigestCommand;

    /// <summary>A durable timer fired.</summary>
    public sealed record TimerDue(string Name) : DigestCommand;
}

/// <summary>Everything that can have happened to a digest. Released shapes never change (<c>events.contract.txt</c>).</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Collected), "digest.collected")]
[JsonDerivedType(typeof(Scheduled), "digest.scheduled")]
[JsonDerivedType(typeof(FellDue), "digest.fell_due")]
public abstract record DigestEvent : Event
{
    /// <summary>A notice waits.</summary>
    public sealed record Collected(string Merchant, string Customer, DigestItem Item) : DigestEvent;

    /// <summary>What waits leaves at this time.</summary>
    public sealed record Scheduled(DateTimeOffset Due) : DigestEvent;

    /// <summary>What waited leaves.</summary>
    public sealed record FellDue(DigestBatch Batch) : DigestEvent;
}

/// <summary>What one customer's digest is: what waits, and what left lately.</summary>
/// <param name="Merchant">Whose customer; <c>null</c> before the first notice.</param>
/// <param name="Customer">Who is told.</param>
public sealed record DigestState(string? Merchant, string? Customer) : State
{
    /// <summary>What waits, in the order in which it came up.</summary>
    public EquatableArray<DigestItem> Waiting { get; init; } = [];

    /// <summary>When it leaves; <c>null</c> while nothing waits.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>What left within the last days, so that a send that is tried again says the same.</summary>
    public EquatableArray<DigestBatch> Left { get; init; } = [];

    /// <summary>How many digests left.</summary>
    public int Count { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Subjects Subjects => Merchant is null ? Subjects.Nobody : new Subjects(Merchant, Customer);

    /// <summary>What left under an id.</summary>
    /// <returns><c>null</c> when it left too long ago, or never.</returns>
    public DigestBatch? Find(string batch) => Left.FirstOrDefault(b => b.Id == batch);

    /// <summary>The key of a customer's digest.</summary>
    /// <param name="customer">Its id, <c>cus_…</c>.</param>
    public static string KeyOf(string customer)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return $"dig_{customer[(customer.IndexOf('_', StringComparison.Ordinal) + 1)..]}";
    }
}

/// <summary>How a digest is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DigestCommand))]
[JsonSerializable(typeof(DigestEvent))]
[JsonSerializable(typeof(DigestState))]
[JsonSerializable(typeof(DigestItem))]
[JsonSerializable(typeof(DigestBatch))]
[JsonSerializable(typeof(NoticeTopic))]
public sealed partial class DigestJson : JsonSerializerContext;
