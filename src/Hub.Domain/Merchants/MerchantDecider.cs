using Hub.Domain.Kernel;
using Hub.Domain.Ledger;

namespace Hub.Domain.Merchants;

/// <summary>A merchant: its name, the keys it signs orders with, the endpoints it hears results on.</summary>
public sealed class MerchantDecider : IDecider<MerchantCommand, MerchantEvent, MerchantState>
{
    /// <summary>The most webhook endpoints one merchant may have.</summary>
    public const int MaxEndpoints = 16;

    /// <inheritdoc/>
    public static MerchantState Initial { get; } = new NoMerchant();

    /// <inheritdoc/>
    public static Decision<MerchantEvent> Decide(MerchantCommand command, DateTimeOffset at, MerchantState state) => (command, state) switch
    {
        (MerchantCommand.Register c, NoMerchant) => new MerchantEvent.Registered(c.Id, c.Name, at),
        (MerchantCommand.Register c, Merchant merchant) => c.Name == merchant.Name ? Decision<MerchantEvent>.Nothing : RejectionCode.AlreadyExists,
        (MerchantCommand.AddSigningKey c, Merchant merchant) => AddKey(c, at, merchant),
        (MerchantCommand.RetireSigningKey c, Merchant merchant) => RetireKey(c, merchant),
        (MerchantCommand.AddEndpoint c, Merchant merchant) => AddEndpoint(c, at, merchant),
        (MerchantCommand.DisableEndpoint c, Merchant merchant) => Disable(c, merchant),
        (MerchantCommand.RotateSecret c, Merchant merchant) => Rotate(c, at, merchant),
        (MerchantCommand.SetCannedAnswers c, Merchant merchant) => c.Answers == merchant.CannedAnswers
            ? Decision<MerchantEvent>.Nothing
            : new MerchantEvent.CannedAnswersSet(c.Answers),
        _ => RejectionCode.NotFound,
    };

    /// <inheritdoc/>
    public static MerchantState Evolve(MerchantState state, MerchantEvent happened) => (state, happened) switch
    {
        (NoMerchant, MerchantEvent.Registered e) => new Merchant(e.Id, e.Name, e.At),
        (Merchant m, MerchantEvent.SigningKeyAdded e) => m with { SigningKeys = m.SigningKeys.Add(new SigningKey(e.Key, e.PublicKey, e.At, Retired: false)) },
        (Merchant m, MerchantEvent.SigningKeyRetired e) => m with { SigningKeys = m.SigningKeys.Select(k => k.Id == e.Key ? k with { Retired = true } : k).ToEquatableArray() },
        (Merchant m, MerchantEvent.EndpointAdded e) => m with { Endpoints = m.Endpoints.Add(new WebhookEndpoint(e.Endpoint, e.Url, e.Types, e.Secret, null, null, Disabled: false, e.At)) },
        (Merchant m, MerchantEvent.EndpointDisabled e) => Endpoint(m, e.Endpoint, x => x with { Disabled = true }),
        (Merchant m, MerchantEvent.SecretRotated e) => Endpoint(m, e.Endpoint, x => x with { Secret = e.Secret, PreviousSecret = x.Secret, PreviousUntil = e.PreviousUntil }),
        (Merchant m, MerchantEvent.CannedAnswersSet e) => m with { CannedAnswers = e.Answers },
        _ => throw new CorruptJournalException(state, happened),
    };

    /// <inheritdoc/>
    public static IEnumerable<TimerChange> Timers(MerchantEvent happened) => [];

    /// <inheritdoc/>
    public static IEnumerable<PostingSet> Postings(MerchantEvent happened) => [];

    /// <inheritdoc/>
    public static MerchantCommand OnTimer(string name) => throw new ArgumentException($"Merchants set no timer '{name}'.", nameof(name));

    private static Decision<MerchantEvent> AddKey(MerchantCommand.AddSigningKey c, DateTimeOffset at, Merchant merchant)
    {
        if (merchant.SigningKeys.Any(k => k.Id == c.Key)) return RejectionCode.AlreadyExists;
        return new MerchantEvent.SigningKeyAdded(c.Key, c.PublicKey, at);
    }

    private static Decision<MerchantEvent> RetireKey(MerchantCommand.RetireSigningKey c, Merchant merchant) => merchant.SigningKeys.FirstOrDefault(k => k.Id == c.Key) switch
    {
        null => RejectionCode.NoSuchKey,
        { Retired: true } => Decision<MerchantEvent>.Nothing,
        _ => new MerchantEvent.SigningKeyRetired(c.Key),
    };

    private static Decision<MerchantEvent> AddEndpoint(MerchantCommand.AddEndpoint c, DateTimeOffset at, Merchant merchant)
    {
        if (merchant.Endpoints.Any(e => e.Id == c.Endpoint)) return RejectionCode.AlreadyExists;
        if (merchant.Endpoints.Count(e => !e.Disabled) >= MaxEndpoints) return RejectionCode.TooManyEndpoints;
        return new MerchantEvent.EndpointAdded(c.Endpoint, c.Url, c.Types, c.Secret, at);
    }

    private static Decision<MerchantEvent> Disable(MerchantCommand.DisableEndpoint c, Merchant merchant) => merchant.Endpoints.FirstOrDefault(e => e.Id == c.Endpoint) switch
    {
        null => RejectionCode.NotFound,
        { Disabled: true } => Decision<MerchantEvent>.Nothing,
        _ => new MerchantEvent.EndpointDisabled(c.Endpoint, c.Reason),
    };

    private static Decision<MerchantEvent> Rotate(MerchantCommand.RotateSecret c, DateTimeOffset at, Merchant merchant) => merchant.Endpoints.FirstOrDefault(e => e.Id == c.Endpoint) switch
    {
        null => RejectionCode.NotFound,
        { Disabled: true } => RejectionCode.EndpointDisabled,
        _ => new MerchantEvent.SecretRotated(c.Endpoint, c.Secret, at.AddDays((int)MerchantLimits.PreviousSecretDays)),
    };

    private static Merchant Endpoint(Merchant m, string id, Func<WebhookEndpoint, WebhookEndpoint> change) =>
        m with { Endpoints = m.Endpoints.Select(e => e.Id == id ? change(e) : e).ToEquatableArray() };
}
