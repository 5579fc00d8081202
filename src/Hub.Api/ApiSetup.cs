using Hub.Actors.Feed;
using Hub.Actors.Reactions;
using Hub.Api.Cases;
using Hub.Api.Conversations;
using Hub.Api.Customers;
using Hub.Api.Edge;
using Hub.Api.Lists;
using Hub.Api.Live;
using Hub.Api.Merchants;
using Hub.Api.Metrics;
using Hub.Api.Orders;
using Hub.Api.Payments;
using Hub.Api.Providers;
using Hub.Api.Receipts;
using Hub.Api.Unsubscribe;
using Hub.Api.Views;
using Hub.Channels;
using Hub.Channels.Chat;
using Hub.Channels.Confirmations;
using Hub.Channels.Email;
using Hub.Channels.Incoming;
using Hub.Channels.Notifications;
using Hub.Channels.Sending;
using Hub.Channels.Webhooks;
using Hub.Gateways.Reactions;
using Hub.Gateways.Routing;
using Hub.Gateways.Vault;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Api;

/// <summary>Puts the journey together: every reaction and every endpoint.</summary>
public static class ApiSetup
{
    /// <summary>Registers the reactions that carry intents out, and what the endpoints need beside them.</summary>
    /// <remarks>Needs the engine, the gateways, the channels, the edge and access.</remarks>
    public static IServiceCollection AddHubJourney(this IServiceCollection services)
    {
        services.AddSingleton<Codes>();
        services.AddSingleton<AddressKeys>();
        services.AddSingleton<MailTokens>();
        services.AddSingleton<SentMails>();
        services.AddSingleton<MailReplies>();
        services.AddSingleton<SendingBudgets>();
        services.AddSingleton<MessageComposer>();
        services.AddSingleton<Reach>();
        services.AddSingleton<ICustomerOrders, ViewedOrders>();
        services.AddSingleton<OrderLookup>();
        services.AddSingleton<Standings>();
        services.AddSingleton<InstrumentOffers>();
        services.AddSingleton<PaymentViews>();
        services.AddSingleton<Threads>();
        services.AddSingleton<ChatDevices>();
        services.AddSingleton<ChatMeters>();
        services.AddSingleton<ChatAnswers>();
        services.AddSingleton<IChannelAdapter, ChatChannel>();
        services.AddSingleton<ILiveDevices, LiveDevices>();
        services.AddSingleton<ConversationViews>();
        services.AddSingleton<LiveViews>();
        services.AddSingleton<ILiveViews>(s => s.GetRequiredService<LiveViews>());
        services.AddSingleton<IWebhookBodies>(s => s.GetRequiredService<LiveViews>());
        services.AddSingleton<IWebhookSecrets, WebhookSecrets>();
        services.AddSingleton<PaymentWaiter>();
        services.AddSingleton<PaymentTurns>();
        services.AddSingleton<WalletTokens>();
        services.AddSingleton<InstrumentIntake>();
        services.AddSingleton<ProviderMeters>();
        services.AddSingleton<HubMeters>();
        services.AddSingleton<IReaction, OrderReaction>();
        services.AddSingleton<IReaction, CaseReaction>();
        services.AddSingleton<IReaction, BankReaction>();
        services.AddSingleton<IReaction, ErasureReaction>();
        services.AddSingleton<IReaction, ConfirmationReaction>();
        services.AddSingleton<IReaction, AnswerReaction>();
        services.AddSingleton<IReaction, InquiryReaction>();
        services.AddSingleton<IReaction, HolderReaction>();
        services.AddSingleton<IReaction, NoticeReaction>();
        services.AddSingleton<IReaction, DigestReaction>();
        services.AddSingleton<IReaction, DeliveryReaction>();
        services.AddSingleton<IReaction, ForgottenReaction>();
        services.AddSingleton<IReaction, OfferReaction>();
        services.AddSingleton<IReaction, ReplyReaction>();
        services.AddSingleton<IReaction, TextReaction>();
        services.AddSingleton<IReaction, ChatCommandReaction>();
        services.AddSingleton<IReaction, WebhookReaction>();
        services.AddSingleton<IReaction, WebhookCallReaction>();
        return services;
    }

    /// <summary>Maps every endpoint of the journey.</summary>
    public static void MapHubJourney(this IEndpointRouteBuilder routes)
    {
        CustomerEndpoints.Map(routes);
        AddressEndpoints.Map(routes);
        WalletEndpoints.Map(routes);
        OrderEndpoints.Map(routes);
        PaymentEndpoints.Map(routes);
        CheckoutEndpoints.Map(routes);
        ReviewEndpoints.Map(routes);
        DisputeEndpoints.Map(routes);
        ElectronicWalletEndpoints.Map(routes);
        ECashEndpoints.Map(routes);
        ReceiptEndpoints.Map(routes);
        MerchantEndpoints.Map(routes);
        DeliveryEndpoints.Map(routes);
        ListEndpoints.Map(routes);
        CaseEndpoints.Map(routes);
        CustomerConversation.Map(routes);
        ConversationEndpoints.Map(routes);
        CannedAnswerEndpoints.Map(routes);
        ColleagueEndpoints.Map(routes);
        DeviceEndpoints.Map(routes);
        TwilioEndpoints.Map(routes);
        MailEndpoints.Map(routes);
        UnsubscribeEndpoints.Map(routes);
        BankEndpoints.Map(routes);
        MetricsEndpoint.Map(routes);
        routes.MapGet("/v1/keys/encryption", (IEncryptionKeys keys) => TypedResults.Content(keys.PublicJwks, "application/json")).AllowAnonymous();
    }
}
