using Xunit.v3;

namespace Hub.Api.Tests.Attacks;

/// <summary>What somebody tries against the hub: one row of the table of attacks, each held by the one test class that bears its name.</summary>
public enum AttackRow
{
    /// <summary>A webhook replayed, old, with a changed id or body, with several signatures, under an old key, under another provider's.</summary>
    ForgedWebhook,

    /// <summary>JSON with a member twice, 1e3, "12", something missing, 65 levels deep, 10 MB.</summary>
    StrictJson,

    /// <summary>Every route and hub method as another customer, another merchant, a lower role.</summary>
    Access,

    /// <summary>Codes guessed side by side, answered twice at once, asked for again between guesses, over several customers.</summary>
    OneTimeCode,

    /// <summary>A spoofed sender, a number changed a minute ago, look-alike digits, STOP, pumped prefixes.</summary>
    TextMessage,

    /// <summary>Line breaks in a subject, a name, a file name.</summary>
    LineBreak,

    /// <summary>Markup in a text message, a mail, a name; formulas in an export.</summary>
    Markup,

    /// <summary>A cookie without the token, a foreign page's socket, a guessed group, a role revoked while connected.</summary>
    Session,

    /// <summary>A merchant's webhook to the cloud's own address, to this machine, through a redirect, to a name that rebinds.</summary>
    OutgoingWebhook,

    /// <summary>A card number, a code, a secret through every input, then looked for everywhere.</summary>
    Canary,
}

/// <summary>Says which row a test class holds.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AttackAttribute(AttackRow row) : Attribute, ITraitAttribute
{
    /// <summary>The row.</summary>
    public AttackRow Row => row;

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Attack", $"{row}")];
}

/// <summary>The table is whole.</summary>
public sealed class AttackTableTests
{
    [Fact]
    public void Every_row_has_exactly_one_test_class_and_it_bears_the_rows_name()
    {
        var held = typeof(AttackTableTests).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes(typeof(AttackAttribute), inherit: false).Cast<AttackAttribute>(), (type, attack) => (attack.Row, type.Name));

        Assert.Equal(Enum.GetValues<AttackRow>().Select(row => (row, $"{row}Tests")), held.OrderBy(pair => pair.Row));
    }
}
