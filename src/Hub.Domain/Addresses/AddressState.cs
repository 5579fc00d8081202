using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Domain.Kernel;

namespace Hub.Domain.Addresses;

/// <summary>One (sender, number or mailbox): what is open there, whether it opted out, how much was sent.</summary>
/// <param name="Who">Which; <c>null</c> before it was first heard of.</param>
public sealed record AddressState(AddressIdentity? Who) : State
{
    /// <summary>Numbers that can be answered, oldest first; ended ones stay until they expire, so that a late answer is known for what it is.</summary>
    public EquatableArray<OpenCode> Codes { get; init; } = [];

    /// <summary>Confirmations among <see cref="Codes"/> that ended.</summary>
    public EquatableArray<string> Closed { get; init; } = [];

    /// <summary>Whether the person said STOP.</summary>
    public bool OptedOut { get; init; }

    /// <summary>Whether it is taken not to exist: a provider said so, and nobody proved it or wrote from there since.</summary>
    public bool Dead { get; init; }

    /// <summary>When messages were granted, oldest first; those of the last hour.</summary>
    public EquatableArray<DateTimeOffset> Sends { get; init; } = [];

    /// <summary>What comparing a typed code was granted for, oldest first; those of the last hour.</summary>
    public EquatableArray<Guess> Guesses { get; init; } = [];

    /// <summary>The customers who proved that it is theirs, oldest first. Several, where people share a phone, or buy from several merchants.</summary>
    public EquatableArray<Holder> Holders { get; init; } = [];

    /// <summary>The customers whose it was until a short while ago, oldest first; each of them once, and none that holds it again.</summary>
    public EquatableArray<FormerHolder> Former { get; init; } = [];

    /// <summary>When the person last wrote from there; <c>null</c>: never, or before it was written.</summary>
    public DateTimeOffset? LastHeard { get; init; }

    /// <summary>When what they wrote was answered, oldest first; those of the last hour.</summary>
    public EquatableArray<DateTimeOffset> Replies { get; init; } = [];

    /// <summary>Whether the one message that a STOP is answered with is still to be sent.</summary>
    public bool OwesFarewell { get; init; }

    /// <summary>When the person said STOP, or the provider said so; <c>null</c> where neither did.</summary>
    public DateTimeOffset? OptedOutAt { get; init; }

    /// <summary>Whether the provider alone told of the STOP.</summary>
    public bool StopUnheard { get; init; }

    /// <summary>How often in a row it could not be reached.</summary>
    public int NotReached { get; init; }

    /// <summary>Since when; <c>null</c> where it could be reached last.</summary>
    public DateTimeOffset? NotReachedSince { get; init; }

    /// <summary>Whom an objection from there reaches: who holds it, and who did until a short while ago, so that taking it away does not silence it.</summary>
    /// <param name="at">When it was written.</param>
    public IEnumerable<Holder> Objecting(DateTimeOffset at) => Holders.Concat(Former.Where(f => at < f.Until).Select(f => f.Holder));

    /// <summary>Whether what is written there may be told by one customer's name alone.</summary>
    /// <returns>The one who holds it; <c>null</c> where nobody does, or several do.</returns>
    [JsonIgnore]
    public Holder? OnlyHolder => Holders is [var only] ? only : null;

    /// <summary>Nobody watches an address: one number may serve customers of several merchants (invariant 22).</summary>
    [JsonIgnore]
    public override Subjects Subjects => Subjects.Nobody;
}

/// <summary>How an address is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AddressCommand))]
[JsonSerializable(typeof(AddressEvent))]
[JsonSerializable(typeof(AddressState))]
[JsonSerializable(typeof(OpenCode))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Guess))]
[JsonSerializable(typeof(Holder))]
[JsonSerializable(typeof(FormerHolder))]
[JsonSerializable(typeof(DateTimeOffset))]
public sealed partial class AddressJson : JsonSerializerContext;
