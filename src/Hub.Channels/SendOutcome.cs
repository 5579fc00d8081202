using Hub.Domain.Notifications.Planning;

namespace Hub.Channels;

/// <summary>What a send came to.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The provider took it.</summary>
    /// <param name="ProviderId">The provider's name for it, such as <c>SM…</c>.</param>
    /// <param name="Segments">How many parts it is billed as, where it is billed by the part; else 1.</param>
    public sealed record Sent(string ProviderId, int Segments) : SendOutcome;

    /// <summary>The provider, or the hub before it, said no: nothing was sent.</summary>
    /// <param name="Error">Why, in the hub's words.</param>
    /// <param name="ProviderCode">Why, in the provider's: <c>21610</c>, <c>550</c>; empty when the hub itself refused.</param>
    /// <param name="Detail">For a person; never holds the message, the address or a secret.</param>
    public sealed record Refused(ErrorClass Error, string ProviderCode, string Detail) : SendOutcome;

    /// <summary>Provably nothing happened at the provider: the same delivery may be sent again.</summary>
    public sealed record NeverReached(string Reason) : SendOutcome;

    /// <summary>It may or may not have been sent. Settled by a callback or by asking, never by sending again.</summary>
    public sealed record Unknown(string Reason) : SendOutcome;
}

/// <summary>What the provider says of a delivery whose outcome is unknown.</summary>
public abstract record FindOutcome
{
    private FindOutcome()
    {
    }

    /// <summary>The provider has it.</summary>
    /// <param name="ProviderId">The provider's name for it.</param>
    /// <param name="Segments">As in <see cref="SendOutcome.Sent"/>.</param>
    /// <param name="State">How far it got: accepted, delivered or failed.</param>
    /// <param name="Error">Why it failed, when it did.</param>
    public sealed record Found(string ProviderId, int Segments, TryState State, ErrorClass? Error) : FindOutcome;

    /// <summary>The provider does not list it. Lists lag: this alone is no leave to send again.</summary>
    public sealed record NotListed : FindOutcome;

    /// <summary>The provider could not be asked, or keeps no list.</summary>
    public sealed record CannotTell(string Reason) : FindOutcome;
}
