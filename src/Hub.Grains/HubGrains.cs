using Hub.Actors;

namespace Hub.Grains;

/// <summary>Which grain is which actor: one class for each of <see cref="HubKinds.All"/>.</summary>
public static class HubGrains
{
    /// <summary>The ways to the grains, by the name of their kind.</summary>
    public static IReadOnlyDictionary<string, GrainWay> Ways { get; } = new Dictionary<string, GrainWay>(StringComparer.Ordinal)
    {
        [HubKinds.Merchant.Name] = (grains, key) => grains.GetGrain<IMerchantGrain>(key),
        [HubKinds.Customer.Name] = (grains, key) => grains.GetGrain<ICustomerGrain>(key),
        [HubKinds.Order.Name] = (grains, key) => grains.GetGrain<IOrderGrain>(key),
        [HubKinds.Reference.Name] = (grains, key) => grains.GetGrain<IReferenceGrain>(key),
        [HubKinds.Payment.Name] = (grains, key) => grains.GetGrain<IPaymentGrain>(key),
        [HubKinds.Notification.Name] = (grains, key) => grains.GetGrain<INotificationGrain>(key),
        [HubKinds.Address.Name] = (grains, key) => grains.GetGrain<IAddressGrain>(key),
        [HubKinds.Webhook.Name] = (grains, key) => grains.GetGrain<IWebhookGrain>(key),
        [HubKinds.Case.Name] = (grains, key) => grains.GetGrain<ICaseGrain>(key),
        [HubKinds.Budget.Name] = (grains, key) => grains.GetGrain<IBudgetGrain>(key),
        [HubKinds.Conversation.Name] = (grains, key) => grains.GetGrain<IConversationGrain>(key),
        [HubKinds.Digest.Name] = (grains, key) => grains.GetGrain<IDigestGrain>(key),
    };
}

/// <summary>The way from an actor's key to its grain.</summary>
public delegate IActorGrain GrainWay(IGrainFactory grains, string key);

/// <inheritdoc cref="IMerchantGrain"/>
public sealed class MerchantGrain(GrainParts parts) : ActorGrain(HubKinds.Merchant, parts), IMerchantGrain;

/// <inheritdoc cref="ICustomerGrain"/>
public sealed class CustomerGrain(GrainParts parts) : ActorGrain(HubKinds.Customer, parts), ICustomerGrain;

/// <inheritdoc cref="IOrderGrain"/>
public sealed class OrderGrain(GrainParts parts) : ActorGrain(HubKinds.Order, parts), IOrderGrain;

/// <inheritdoc cref="IReferenceGrain"/>
public sealed class ReferenceGrain(GrainParts parts) : ActorGrain(HubKinds.Reference, parts), IReferenceGrain;

/// <inheritdoc cref="IPaymentGrain"/>
public sealed class PaymentGrain(GrainParts parts) : ActorGrain(HubKinds.Payment, parts), IPaymentGrain;

/// <inheritdoc cref="INotificationGrain"/>
public sealed class NotificationGrain(GrainParts parts) : ActorGrain(HubKinds.Notification, parts), INotificationGrain;

/// <inheritdoc cref="IAddressGrain"/>
public sealed class AddressGrain(GrainParts parts) : ActorGrain(HubKinds.Address, parts), IAddressGrain;

/// <inheritdoc cref="IWebhookGrain"/>
public sealed class WebhookGrain(GrainParts parts) : ActorGrain(HubKinds.Webhook, parts), IWebhookGrain;

/// <inheritdoc cref="ICaseGrain"/>
public sealed class CaseGrain(GrainParts parts) : ActorGrain(HubKinds.Case, parts), ICaseGrain;

/// <inheritdoc cref="IBudgetGrain"/>
public sealed class BudgetGrain(GrainParts parts) : ActorGrain(HubKinds.Budget, parts), IBudgetGrain;

/// <inheritdoc cref="IConversationGrain"/>
public sealed class ConversationGrain(GrainParts parts) : ActorGrain(HubKinds.Conversation, parts), IConversationGrain;

/// <inheritdoc cref="IDigestGrain"/>
public sealed class DigestGrain(GrainParts parts) : ActorGrain(HubKinds.Digest, parts), IDigestGrain;
