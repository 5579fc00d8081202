using Hub.Grains.Wire;

namespace Hub.Grains;

/// <summary>One actor as a grain: a turn or a read at a time, in the order in which they arrive.</summary>
/// <remarks>Not reentrant. Call it through <see cref="OrleansActors"/>, which says what a failure means.</remarks>
public interface IActorGrain : IGrainWithStringKey
{
    /// <summary>Takes one turn.</summary>
    /// <param name="call">The command and its id.</param>
    Task<TurnAnswer> TakeAsync(TurnCall call);

    /// <summary>The state as of the last committed event.</summary>
    /// <param name="atLeast">A version the caller knows of: what is older is not answered.</param>
    Task<ReadAnswer> ReadAsync(long atLeast);
}

/// <summary>A merchant, <c>mer_…</c>.</summary>
public interface IMerchantGrain : IActorGrain;

/// <summary>A customer, <c>cus_…</c>.</summary>
public interface ICustomerGrain : IActorGrain;

/// <summary>An order, <c>ord_…</c>.</summary>
public interface IOrderGrain : IActorGrain;

/// <summary>An order's reference, keyed by merchant and reference.</summary>
public interface IReferenceGrain : IActorGrain;

/// <summary>A payment, <c>pay_…</c>.</summary>
public interface IPaymentGrain : IActorGrain;

/// <summary>A notification, <c>ntf_…</c>.</summary>
public interface INotificationGrain : IActorGrain;

/// <summary>An address, keyed by a keyed digest of sender and number or mailbox.</summary>
public interface IAddressGrain : IActorGrain;

/// <summary>An outgoing webhook, <c>evt_…</c>.</summary>
public interface IWebhookGrain : IActorGrain;

/// <summary>A case, <c>cas_…</c>.</summary>
public interface ICaseGrain : IActorGrain;

/// <summary>A budget of text messages, keyed by what it bounds.</summary>
public interface IBudgetGrain : IActorGrain;

/// <summary>A conversation, <c>cnv_…</c>.</summary>
public interface IConversationGrain : IActorGrain;

/// <summary>What waits for a customer's next digest, <c>dig_…</c>.</summary>
public interface IDigestGrain : IActorGrain;
