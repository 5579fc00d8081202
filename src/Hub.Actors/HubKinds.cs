using Hub.Domain.Addresses;
using Hub.Domain.Cases;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Hub.Domain.Digests;
using Hub.Domain.Kernel;
using Hub.Domain.Merchants;
using Hub.Domain.Notifications;
using Hub.Domain.Orders;
using Hub.Domain.Orders.References;
using Hub.Domain.Payments;
using Hub.Domain.Sending;
using Hub.Domain.Webhooks;

namespace Hub.Actors;

/// <summary>Every kind of actor of the hub.</summary>
public static class HubKinds
{
    /// <summary>Merchants, <c>mer_…</c>.</summary>
    public static ActorKind Merchant { get; } =
        new ActorKind<MerchantDecider, MerchantCommand, MerchantEvent, MerchantState>(
            "merchant", MerchantJson.Default.MerchantCommand, MerchantJson.Default.MerchantEvent, MerchantJson.Default.MerchantState);

    /// <summary>Customers, <c>cus_…</c>.</summary>
    public static ActorKind Customer { get; } =
        new ActorKind<CustomerDecider, CustomerCommand, CustomerEvent, CustomerState>(
            "customer", CustomerJson.Default.CustomerCommand, CustomerJson.Default.CustomerEvent, CustomerJson.Default.CustomerState);

    /// <summary>Orders, <c>ord_…</c>.</summary>
    public static ActorKind Order { get; } =
        new ActorKind<OrderDecider, OrderCommand, OrderEvent, OrderState>(
            "order", OrderCommandJson.Default.OrderCommand, OrderEventJson.Default.OrderEvent, OrderStateJson.Default.OrderState);

    /// <summary>Order references, keyed by merchant and reference.</summary>
    public static ActorKind Reference { get; } =
        new ActorKind<ReferenceDecider, ReferenceCommand, ReferenceEvent, ReferenceState>(
            "reference", ReferenceJson.Default.ReferenceCommand, ReferenceJson.Default.ReferenceEvent, ReferenceJson.Default.ReferenceState);

    /// <summary>Payments, <c>pay_…</c>.</summary>
    public static ActorKind Payment { get; } =
        new ActorKind<PaymentDecider, PaymentCommand, PaymentEvent, PaymentState>(
            "payment", PaymentCommandJson.Default.PaymentCommand, PaymentEventJson.Default.PaymentEvent, PaymentStateJson.Default.PaymentState);

    /// <summary>Notifications, <c>ntf_…</c>.</summary>
    public static ActorKind Notification { get; } =
        new ActorKind<NotificationDecider, NotificationCommand, NotificationEvent, NotificationState>(
            "notification", NotificationCommandJson.Default.NotificationCommand, NotificationEventJson.Default.NotificationEvent, NotificationStateJson.Default.NotificationState);

    /// <summary>Addresses, keyed by a keyed digest of sender and number or mailbox.</summary>
    public static ActorKind Address { get; } =
        new ActorKind<AddressDecider, AddressCommand, AddressEvent, AddressState>(
            "address", AddressJson.Default.AddressCommand, AddressJson.Default.AddressEvent, AddressJson.Default.AddressState);

    /// <summary>Outgoing webhooks, <c>evt_…</c>.</summary>
    public static ActorKind Webhook { get; } =
        new ActorKind<WebhookDecider, WebhookCommand, WebhookEvent, WebhookState>(
            "webhook", WebhookJson.Default.WebhookCommand, WebhookJson.Default.WebhookEvent, WebhookJson.Default.WebhookState);

    /// <summary>Cases, <c>cas_…</c>.</summary>
    public static ActorKind Case { get; } =
        new ActorKind<CaseDecider, CaseCommand, CaseEvent, CaseState>(
            "case", CaseJson.Default.CaseCommand, CaseJson.Default.CaseEvent, CaseJson.Default.CaseState);

    /// <summary>Budgets of text messages, keyed by what they bound: a merchant, a country, a block of numbers.</summary>
    public static ActorKind Budget { get; } =
        new ActorKind<BudgetDecider, BudgetCommand, BudgetEvent, BudgetState>(
            "budget", BudgetJson.Default.BudgetCommand, BudgetJson.Default.BudgetEvent, BudgetJson.Default.BudgetState);

    /// <summary>Conversations, <c>cnv_…</c>.</summary>
    public static ActorKind Conversation { get; } =
        new ActorKind<ConversationDecider, ConversationCommand, ConversationEvent, ConversationState>(
            "conversation", ConversationJson.Default.ConversationCommand, ConversationJson.Default.ConversationEvent, ConversationJson.Default.ConversationState);

    /// <summary>What waits for a customer's next digest, <c>dig_…</c>.</summary>
    public static ActorKind Digest { get; } =
        new ActorKind<DigestDecider, DigestCommand, DigestEvent, DigestState>(
            "digest", DigestJson.Default.DigestCommand, DigestJson.Default.DigestEvent, DigestJson.Default.DigestState);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ActorKind> All { get; } = [Merchant, Customer, Order, Reference, Payment, Notification, Address, Webhook, Case, Budget, Conversation, Digest];
}
