using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Hub.Actors;
using Hub.Actors.Journal;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Customers;
using Hub.Api.Cases;
using Hub.Api.Conversations;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Api.Orders;
using Hub.Api.Payments;
using Hub.Api.Providers;
using Hub.Api.Unsubscribe;
using Hub.Api.Views;
using Hub.Channels;
using Hub.Channels.Chat;
using Hub.Channels.Confirmations;
using Hub.Channels.Email;
using Hub.Channels.Sms;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Gateways;
using Hub.Gateways.Jwe;
using Hub.Gateways.Http;
using Hub.Gateways.Routing;
using Hub.Gateways.Stripe;
using Hub.Simulation.Bugs;
using Hub.Simulation.Outside;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Simulation.Node;

/// <summary>What a request was answered.</summary>
/// <param name="Status">The HTTP status; 0 when the connection broke.</param>
/// <param name="Body">The bytes.</param>
internal sealed record Answer(int Status, byte[] Body)
{
    /// <summary>Nobody knows whether it was carried out.</summary>
    public static Answer Broken { get; } = new(0, []);

    /// <summary>Whether it was carried out.</summary>
    public bool Ok => Status is >= 200 and < 300;

    /// <summary>Whether the same request may be answered otherwise a moment later.</summary>
    public bool Passing => Status is 0 or >= 500 || (Status == 409 && Says("request_in_flight"));

    /// <summary>A member of the answer.</summary>
    public string? Get(string member)
    {
        using var read = JsonDocument.Parse(Body);
        return read.RootElement.TryGetProperty(member, out var value) ? value.ToString() : null;
    }

    /// <summary>Whether some text stands in it.</summary>
    public bool Says(string text) => Encoding.UTF8.GetString(Body).Contains(text, StringComparison.Ordinal);
}

/// <summary>The hub's endpoints, called as the server calls them: the real handlers behind the real idempotency filter, without sockets.</summary>
internal sealed class Front(
    IActors actors, IRequests requests, SimVault vault, IdSource ids, Codes codes, AddressKeys addresses, ChannelOptions channels,
    GatewayDirectory gateways, IReadOnlyList<IBankWebhooks> webhooks, RoutingOptions routing, CardIntake intake, Passwords passwords, ConversationViews conversations, TimeProvider time, Surroundings around)
{
    private static readonly ServiceProvider Services = MakeServices();
    private static readonly ProviderMeters Meters = new();

    private readonly GatewayRouter _router = new(gateways, new GatewayHealths(time), routing);
    private readonly PaymentViews _views = new(new InstrumentOffers(gateways, routing));

    private readonly Threads _threads = new(vault);
    private readonly ChatDevices _devices = new(vault, addresses);
    private readonly ChatAnswers _answers = new(actors, addresses, new ChatDevices(vault, addresses), codes, new Threads(vault));

    private PaymentWaiter NoWaiting => new(null!, _views);

    private PaymentTurns Turns => new(actors, NoWaiting);

    private readonly IServiceProvider _services = new Own(ids);
    private readonly IdempotencyFilter _filter = new(requests, vault, ids, new Unsealed(), passwords);

    /// <summary>The way to every actor.</summary>
    public IActors Actors => actors;

    /// <summary>The addresses' keys.</summary>
    public AddressKeys Addresses => addresses;

    /// <summary>The codes.</summary>
    public Codes Codes => codes;

    /// <summary>The settings of its channels.</summary>
    public ChannelOptions Channels => channels;

    /// <summary>The vault.</summary>
    public SimVault Vault => vault;

    /// <summary>Its clock.</summary>
    public TimeProvider Time => time;

    /// <summary>A request with an idempotency key.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="key">The key.</param>
    /// <param name="prefix">Of the id it creates.</param>
    /// <param name="path">Where to.</param>
    /// <param name="body">What is asked, for the fingerprint.</param>
    /// <param name="handler">The endpoint.</param>
    public async Task<Answer> PostAsync(Caller caller, string key, string prefix, string path, string body, Func<HttpContext, IdempotencyKey, Task<object?>> handler)
    {
        var http = Context(path, body);
        http.User = new ClaimsPrincipal(new CallerIdentity(caller, "simulated", []));
        http.Request.Headers[IdempotencyKey.Header] = key;
        http.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new IdempotencyMetadata(prefix, HoldsPassword: false)), path));
        return await AnswerAsync(http, async () => await _filter.InvokeAsync(
            EndpointFilterInvocationContext.Create(http), async _ => await handler(http, IdempotencyKey.Of(http))));
    }

    /// <summary>POST /v1/payments.</summary>
    public Task<Answer> CreatePaymentAsync(Caller caller, string key, CreatePayment asked) => PostAsync(
        caller, key, "pay", "/v1/payments", asked.ToString(),
        async (_, id) => await PaymentEndpoints.CreateAsync(Body(asked), id, caller, actors, _views, CancellationToken.None));

    /// <summary>POST /v1/orders/{id}/accept.</summary>
    public Task<Answer> AcceptAsync(Caller caller, PageChannel page, string key, string order, string hash) => PostAsync(
        caller, key, "acc", $"/v1/orders/{order}/accept", hash,
        async (_, id) => await OrderEndpoints.AcceptAsync(order, Body(new AcceptInvoice(hash)), id, caller, page, actors, vault, CancellationToken.None));

    /// <summary>POST /v1/orders/{id}/shipments and deliveries.</summary>
    public Task<Answer> ShipAsync(Caller caller, string key, string order, bool delivered) => PostAsync(
        caller, key, "shp", $"/v1/orders/{order}/{(delivered ? "deliveries" : "shipments")}", "",
        async (_, id) => delivered
            ? await OrderEndpoints.DeliverAsync(order, Body(new Nothing()), id, caller, actors, vault, CancellationToken.None)
            : await OrderEndpoints.ShipAsync(order, Body(new ShipOrder("Post", "T1")), id, caller, actors, vault, CancellationToken.None));

    /// <summary>POST /v1/payments/{id}/submit.</summary>
    public Task<Answer> SubmitAsync(Caller caller, PageChannel page, string key, string payment, string instrument, string? securityCode) => PostAsync(
        caller, key, "sub", $"/v1/payments/{payment}/submit", $"{instrument} {securityCode}",
        async (_, id) => await CheckoutEndpoints.SubmitAsync(
            payment, Body(new SubmitPayment(instrument, securityCode)), id, caller, page, PreferWait.None, actors, intake, _router, new WalletTokens(vault), time, NoWaiting, CancellationToken.None));

    /// <summary>POST /v1/payments/{id}/confirmation.</summary>
    public Task<Answer> ConfirmAsync(Caller caller, PageChannel page, string key, string payment, AnswerRequest asked) => PostAsync(
        caller, key, "ans", $"/v1/payments/{payment}/confirmation", $"{asked.Answer} {asked.Code} {asked.Reason}",
        async (_, id) => await CheckoutEndpoints.AnswerAsync(
            payment, Body(asked), id, caller, page, PreferWait.None, actors, codes, NoWaiting, CancellationToken.None));

    /// <summary>POST /v1/customers/{id}/conversation/messages.</summary>
    public Task<Answer> SayAsync(Caller caller, string key, string customer, string text, string? device = null) => PostAsync(
        caller, key, "msg", $"/v1/customers/{customer}/conversation/messages", text,
        async (http, id) =>
        {
            http.Request.Headers[DeviceHeader.Name] = around.Bug is PlantedBug.EveryBrowserIsTheirs ? around.Pages.SecretOf(customer) : device;
            return await CustomerConversation.WriteAsync(
                customer, Body(new WriteMessage(text)), id, caller, actors, conversations, _threads, _answers, http, time, CancellationToken.None);
        });

    /// <summary>GET /v1/customers/{id}/conversation.</summary>
    public Task<Answer> ReadConversationAsync(Caller caller, string device, string customer, Action<ConversationView> seen) => AnswerAsync(
        Context($"/v1/customers/{customer}/conversation", ""),
        async () =>
        {
            var read = await CustomerConversation.ReadAsync(customer, new Viewer(caller, DeviceKey(customer, device)), actors, conversations, CancellationToken.None);
            seen(read.Value!);
            return read;
        });

    /// <summary>POST /v1/customers/{id}/devices.</summary>
    public Task<Answer> BindDeviceAsync(Caller caller, string key, string customer, string secret, string via) => PostAsync(
        caller, key, "dev", $"/v1/customers/{customer}/devices", $"{secret} {via}",
        async (_, id) => await DeviceEndpoints.BindAsync(customer, Body(new BindDevice(secret, via)), id, caller, actors, vault, _devices, codes, time, CancellationToken.None));

    /// <summary>The key of a device's address.</summary>
    public string? DeviceKey(string customer, string secret) => _devices.KeyOf(customer, secret);

    /// <summary>POST /v1/customers/{id}/addresses; hears the id that the address has from then on.</summary>
    public Task<Answer> AddAddressAsync(Caller caller, string key, string customer, Channel channel, string address, Action<string> named) => PostAsync(
        caller, key, "adr", $"/v1/customers/{customer}/addresses", $"{channel} {address}",
        async (_, id) =>
        {
            named(id.CreatedId);
            return await AddressEndpoints.AddAsync(customer, Body(new AddAddressRequest(channel, address)), id, caller, actors, vault, addresses, channels, CancellationToken.None);
        });

    /// <summary>DELETE /v1/customers/{id}/addresses/{address}.</summary>
    public Task<Answer> RemoveAddressAsync(Caller caller, string key, string customer, string address) => PostAsync(
        caller, key, "del", $"/v1/customers/{customer}/addresses/{address}", "",
        async (_, id) => await AddressEndpoints.RemoveAsync(customer, address, id, caller, actors, vault, channels, time, CancellationToken.None));

    /// <summary>POST /v1/customers/{id}/addresses/{address}/restore.</summary>
    public Task<Answer> RestoreAddressAsync(Caller caller, string key, string customer, string address) => PostAsync(
        caller, key, "rst", $"/v1/customers/{customer}/addresses/{address}/restore", "",
        async (_, id) => await AddressEndpoints.RestoreAsync(customer, address, id, caller, actors, vault, channels, time, CancellationToken.None));

    /// <summary>POST /unsubscribe/{token}, as mail programs do at one click.</summary>
    public Task<Answer> UnsubscribeAsync(string token)
    {
        var http = Context($"/unsubscribe/{token}", "List-Unsubscribe=One-Click");
        return AnswerAsync(http, async () => await UnsubscribeEndpoints.MuteAsync(
            token, http, new MailTokens(vault, channels), new SentMails(actors), ids, CancellationToken.None));
    }

    /// <summary>POST /channels/mail/inbound.</summary>
    public Task<Answer> MailTellsAsync(string mailbox, string raw)
    {
        var http = Context("/channels/mail/inbound", raw);
        (http.Request.Headers["X-Relay-Secret"], http.Request.Headers["X-Envelope-To"]) = (MailRelay.Secret, mailbox);
        var mails = new SentMails(actors);
        return AnswerAsync(http, async () => await MailEndpoints.ReceiveAsync(
            http, actors, channels, new MailTokens(vault, channels), mails, new MailReplies(mails, _threads, actors), Meters, CancellationToken.None));
    }

    /// <summary>POST /v1/conversations/{id}/messages.</summary>
    public Task<Answer> ReplyAsync(Caller caller, string key, string conversation, string text) => PostAsync(
        caller, key, "msg", $"/v1/conversations/{conversation}/messages", text,
        async (_, id) => await ConversationEndpoints.ReplyAsync(conversation, Body(new WriteMessage(text)), id, caller, actors, conversations, _threads, time, CancellationToken.None));

    /// <summary>POST /v1/conversations/{id}/read.</summary>
    public Task<Answer> MarkReadAsync(Caller caller, string key, string conversation, long sequence) => PostAsync(
        caller, key, "rea", $"/v1/conversations/{conversation}/read", $"{sequence}",
        async (_, id) => await ConversationEndpoints.MarkReadAsync(conversation, Body(new MarkRead(sequence)), id, new Viewer(caller), actors, conversations, CancellationToken.None));

    /// <summary>POST /v1/payments/{id}/confirmation/resend.</summary>
    public Task<Answer> ResendAsync(Caller caller, string key, string payment) => PostAsync(
        caller, key, "rsd", $"/v1/payments/{payment}/confirmation/resend", "",
        async (_, id) => await CheckoutEndpoints.ResendAsync(payment, Body(new ResendRequest()), id, caller, actors, _views, CancellationToken.None));

    /// <summary>POST /v1/payments/{id}/captures.</summary>
    public Task<Answer> CaptureAsync(Caller caller, string key, string payment, CaptureRequest asked) => PostAsync(
        caller, key, "cap", $"/v1/payments/{payment}/captures", asked.ToString(),
        async (_, id) => await PaymentEndpoints.CaptureAsync(payment, Body(asked), id, caller, PreferWait.None, Turns, CancellationToken.None));

    /// <summary>POST /v1/payments/{id}/cancel.</summary>
    public Task<Answer> CancelAsync(Caller caller, string key, string payment) => PostAsync(
        caller, key, "can", $"/v1/payments/{payment}/cancel", "",
        async (_, id) => await PaymentEndpoints.CancelAsync(payment, Body(new CancelRequest()), id, caller, PreferWait.None, Turns, CancellationToken.None));

    /// <summary>POST /v1/payments/{id}/refunds.</summary>
    public Task<Answer> RefundAsync(Caller caller, string key, string payment, RefundRequest asked) => PostAsync(
        caller, key, "ref", $"/v1/payments/{payment}/refunds", asked.ToString(),
        async (_, id) => await PaymentEndpoints.RefundAsync(payment, Body(asked), id, caller, PreferWait.None, Turns, CancellationToken.None));

    /// <summary>POST /v1/payments/{id}/refunds/{refund}/approve.</summary>
    public Task<Answer> ApproveRefundAsync(Caller caller, string key, string payment, string refund) => PostAsync(
        caller, key, "apr", $"/v1/payments/{payment}/refunds/{refund}/approve", "",
        async (_, id) => await ReviewEndpoints.ApproveRefundAsync(payment, refund, id, caller, PreferWait.None, Turns, CancellationToken.None));

    /// <summary>POST /v1/payments/{id}/refunds/{refund}/decline.</summary>
    public Task<Answer> DeclineRefundAsync(Caller caller, string key, string payment, string refund) => PostAsync(
        caller, key, "dcl", $"/v1/payments/{payment}/refunds/{refund}/decline", "",
        async (_, id) => await ReviewEndpoints.DeclineRefundAsync(payment, refund, Body(new ReasonRequest("not agreed")), id, caller, Turns, CancellationToken.None));

    /// <summary>POST /v1/payments/{id}/disputes/{dispute}/evidence.</summary>
    public Task<Answer> ContestAsync(Caller caller, string key, string payment, string dispute, string words) => PostAsync(
        caller, key, "evd", $"/v1/payments/{payment}/disputes/{dispute}/evidence", words,
        async (_, id) => await DisputeEndpoints.EvidenceAsync(
            payment, dispute, Body(new EvidenceRequest(words)), id, caller, PreferWait.None, Turns, vault, CancellationToken.None));

    /// <summary>POST /v1/payments/{id}/disputes/{dispute}/accept.</summary>
    public Task<Answer> ConcedeAsync(Caller caller, string key, string payment, string dispute) => PostAsync(
        caller, key, "acc", $"/v1/payments/{payment}/disputes/{dispute}/accept", "",
        async (_, id) => await DisputeEndpoints.AcceptAsync(payment, dispute, id, caller, PreferWait.None, Turns, CancellationToken.None));

    /// <summary>POST /v1/customers/{id}/ecash/top-ups.</summary>
    public Task<Answer> TopUpAsync(Caller caller, string key, string customer, long minor) => PostAsync(
        caller, key, "top", $"/v1/customers/{customer}/ecash/top-ups", $"{minor}",
        async (_, id) => await ECashEndpoints.TopUpAsync(customer, Body(new TopUpRequest(minor, "EUR")), id, caller, actors, vault, CancellationToken.None));

    /// <summary>POST /v1/cases/{id}/settle.</summary>
    public Task<Answer> SettleAsync(Caller caller, string key, string id, SettleCase asked) => PostAsync(
        caller, key, "stl", $"/v1/cases/{id}/settle", asked.ToString(),
        async (_, idempotency) => await CaseEndpoints.SettleAsync(id, Body(asked), idempotency, caller, actors, CancellationToken.None));

    /// <summary>POST /gateways/{gateway}/webhook.</summary>
    public Task<Answer> BankTellsAsync(string gateway, string id, string timestamp, string signature, string body)
    {
        var http = Context($"/gateways/{gateway}/webhook", body);
        var headers = http.Request.Headers;
        (headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"]) = (id, timestamp, signature);
        return AnswerAsync(http, async () => await BankEndpoints.ReceiveAsync(gateway, http, actors, webhooks, gateways, Meters, CancellationToken.None));
    }

    /// <summary>POST /gateways/stripe/webhook.</summary>
    public Task<Answer> StripeTellsAsync(string signature, string body)
    {
        var http = Context("/gateways/stripe/webhook", body);
        http.Request.Headers[StripeSignature.Header] = signature;
        return AnswerAsync(http, async () => await BankEndpoints.ReceiveAsync(StripeGateway.GatewayName, http, actors, webhooks, gateways, Meters, CancellationToken.None));
    }

    /// <summary>What the phone network posts.</summary>
    public Task<Answer> PhonesTellAsync(string path, string form, string signature)
    {
        var http = Context(path, form);
        http.Request.Headers["X-Twilio-Signature"] = signature;
        var checks = new TwilioSignature([.. channels.Twilio.AuthTokens]);
        return AnswerAsync(http, async () => path.Contains("/status/", StringComparison.Ordinal)
            ? await TwilioEndpoints.ReportAsync(path[(path.LastIndexOf('/') + 1)..], http, actors, checks, channels, Meters, CancellationToken.None)
            : await TwilioEndpoints.ReceiveAsync(http, actors, checks, channels, addresses, codes, _threads, Meters, CancellationToken.None));
    }

    private static Body<T> Body<T>(T value)
        where T : class => new(value, default);

    private DefaultHttpContext Context(string path, string body)
    {
        var http = new DefaultHttpContext { RequestServices = _services };
        http.Request.Method = "POST";
        http.Request.Path = path;
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = path;
        http.Response.Body = new MemoryStream();
        return http;
    }

    // As the edge does it: a refusal that was thrown is answered, an outage is a 503.
    private static async Task<Answer> AnswerAsync(DefaultHttpContext http, Func<Task<object?>> run)
    {
        try
        {
            if (await run() is IResult result)
            {
                await result.ExecuteAsync(http);
            }
        }
        catch (ProblemException refused)
        {
            await refused.Problem.ExecuteAsync(http);
        }
        catch (PersonErasedException)
        {
            await Problems.From(RejectionCode.CustomerErased).ExecuteAsync(http);
        }
        catch (Exception outage) when (outage is JournalUnavailableException or CommitUnknownException)
        {
            return new Answer(503, []);
        }

        return new Answer(http.Response.StatusCode, ((MemoryStream)http.Response.Body).ToArray());
    }

    private static ServiceProvider MakeServices()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.ConfigureHttpJsonOptions(json => Hub.Api.Edge.Json.WireJson.ApplyOut(json.SerializerOptions));
        return services.BuildServiceProvider();
    }

    private sealed class Own(IdSource ids) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(IdSource) ? ids : Services.GetService(serviceType);
    }

    private sealed class Unsealed : IAnswerSealer
    {
        public byte[] Seal(byte[] answer) => answer;

        public byte[] Open(byte[] answer) => answer;
    }
}
