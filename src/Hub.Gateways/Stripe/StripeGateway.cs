using System.Net;
using System.Net.Http.Headers;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.Cards;
using Hub.Gateways.Http;
using Hub.Gateways.Vault;
using Microsoft.Extensions.Logging;

namespace Hub.Gateways.Stripe;

/// <summary>The connector to Stripe: PaymentIntents that are captured by hand, and refunds.</summary>
/// <remarks>
/// An authorization takes two calls. The first creates an intent without a card: it moves no money, so it may be repeated, and
/// what it answers is journaled. The second confirms that intent with the card, and whatever happens to it can be asked about by
/// an id the hub already holds; Stripe's keys could not tell, since they end after a day and repeat a 500 until then.
/// A capture has the intent's id too: one intent is captured once, and refunds name the intent.
/// </remarks>
/// <param name="http">Carries the calls; whatever bounds their time stands in there.</param>
/// <param name="vault">Where cards and security codes are read, for the length of one call.</param>
/// <param name="options">Where Stripe is.</param>
/// <param name="log">Names operations, references and outcomes; never a card.</param>
public sealed class StripeGateway(HttpMessageInvoker http, ICardVault vault, StripeOptions options, ILogger<StripeGateway> log) : IGateway, IKeyFinder
{
    /// <summary>The gateway's name, in the journal and in the route of its webhooks.</summary>
    public const string GatewayName = "stripe";

    /// <summary>The version of Stripe's API that this connector was written and tested against; sent with every call, whatever the account's own.</summary>
    public const string ApiVersion = "2023-08-16";

    // Small enough that a page of refunds stays within what is read of an answer.
    private const int RefundsOfAPage = 25;

    // Nobody refunds one payment more often.
    private const int MostPages = 40;

    private readonly CallLog _log = new(GatewayName, log);
    private readonly InstrumentReader _instruments = new(vault, new CallLog(GatewayName, log));
    private readonly string _base = options.BaseAddress.AbsoluteUri.TrimEnd('/') + "/v1/";

    /// <inheritdoc/>
    public string Name => GatewayName;

    /// <inheritdoc/>
    public GatewayCapabilities Capabilities { get; } = new(
        Instruments: [InstrumentType.Card, InstrumentType.WalletCard],
        Currencies: StripeMoney.Currencies,
        Hold: true,
        PartialCapture: true,
        MultiCapture: false,
        Void: true,
        Refund: true,
        Query: true,
        Webhook: true,
        KeyLifetime: TimeSpan.FromHours(24));

    /// <inheritdoc/>
    public Task<GatewayAnswer> AuthorizeAsync(AuthorizeOrder order, CancellationToken cancel) => _instruments.WithCardAsync(
        order,
        async (card, code) =>
        {
            var answer = order.Prepared is { } intent ? await ConfirmAsync(intent, order, card, code, cancel) : await CreateAsync(order, cancel);
            return _log.Told(BankOperationKind.Authorize, order.Reference, answer);
        },
        cancel);

    /// <inheritdoc/>
    public async Task<GatewayAnswer> CaptureAsync(CaptureOrder order, CancellationToken cancel)
    {
        var reply = await PostAsync($"{Intent(order.BankAuthorization)}/capture", BankWords.Key(order.IdempotencyKey), StripeForms.Capture(order), cancel);
        return _log.Told(BankOperationKind.Capture, order.Reference, StripeReading.OfIntent(reply, BankOperationKind.Capture, order.BankAuthorization, order.IdempotencyKey));
    }

    /// <inheritdoc/>
    public async Task<GatewayAnswer> VoidAsync(VoidOrder order, CancellationToken cancel)
    {
        var reply = await PostAsync($"{Intent(order.BankAuthorization)}/cancel", BankWords.Key(order.IdempotencyKey), [], cancel);
        return _log.Told(BankOperationKind.Void, order.Reference, StripeReading.OfIntent(reply, BankOperationKind.Void, order.BankAuthorization, order.IdempotencyKey));
    }

    /// <inheritdoc/>
    public async Task<GatewayAnswer> RefundAsync(RefundOrder order, CancellationToken cancel)
    {
        var reply = await PostAsync("refunds", BankWords.Key(order.IdempotencyKey), StripeForms.Refund(order), cancel);
        return _log.Told(BankOperationKind.Refund, order.Reference, StripeReading.OfRefund(reply, order.BankCapture, order.IdempotencyKey));
    }

    /// <inheritdoc/>
    public async Task<GatewayAnswer> AnswerDisputeAsync(DisputeOrder order, CancellationToken cancel)
    {
        var key = BankWords.Key(order.IdempotencyKey);
        var reply = order.Evidence is { } words
            ? await PostAsync(Dispute(order.BankDispute), key, StripeForms.Evidence(words), cancel)
            : await PostAsync($"{Dispute(order.BankDispute)}/close", key, [], cancel);
        return _log.Told(BankOperationKind.DisputeAnswer, order.Reference, StripeReading.OfDisputeAnswer(reply, order.BankDispute, order.IdempotencyKey, order.Evidence is null));
    }

    /// <inheritdoc/>
    public async Task<DisputeReport?> FindDisputeAsync(string bankDispute, CancellationToken cancel) =>
        await GetAsync(Dispute(bankDispute), cancel) is BankReply.Answered { Status: HttpStatusCode.OK, Body: { } body }
            && StripeJson.Read(body, StripeJson.Default.StripeDispute) is { } found && found.Id == bankDispute
            ? StripeReading.OfDispute("", found)
            : null;

    /// <inheritdoc/>
    public async Task<GatewayAnswer> QueryAsync(QueryOrder order, CancellationToken cancel)
    {
        var answer = order switch
        {
            { Operation: BankOperationKind.DisputeAnswer, BankDispute: { } dispute } => StripeReading.QueryOfDispute(await GetAsync(Dispute(dispute), cancel), dispute, order.Concedes),
            { Operation: BankOperationKind.DisputeAnswer } => new GatewayAnswer.Unknown(UnknownReason.QueryFailed),
            { BankAuthorization: { } intent, Operation: BankOperationKind.Refund } => await FindRefundAsync(intent, order.IdempotencyKey, cancel),
            { BankAuthorization: { } intent } => StripeReading.QueryOfIntent(await RetrieveAsync(intent, cancel), order.Operation, intent, order.IdempotencyKey),

            // No intent was journaled, so none was confirmed: creating another moves no money.
            { Operation: BankOperationKind.Authorize } => new GatewayAnswer.NotFound(),
            _ => new GatewayAnswer.Unknown(UnknownReason.QueryFailed),
        };
        return _log.Told(order.Operation, order.IdempotencyKey, answer);
    }

    /// <inheritdoc/>
    public async Task<string?> FindKeyAsync(string bankPayment, CancellationToken cancel)
    {
        var reply = await RetrieveAsync(bankPayment, cancel);

        // Only Stripe's own words say that it has no such intent; a page on the way says nothing about Stripe.
        if (reply is BankReply.Answered { Status: HttpStatusCode.NotFound, Body: { } refusal } && StripeJson.Read(refusal, StripeJson.Default.StripeErrorBody) is { Error.Code: "resource_missing" }) return null;
        if (reply is not BankReply.Answered { Status: HttpStatusCode.OK, Body: { } body }
            || StripeJson.Read(body, StripeJson.Default.StripeIntent) is not { } intent || intent.Id != bankPayment)
        {
            throw new HttpRequestException($"Stripe did not say what {bankPayment} is.");
        }

        // Captured by another way, it has no capture's key; it is this hub's payment all the same, and somebody has to look.
        return StripeMetadata.Of(intent.Metadata, StripeMetadata.CaptureKey) ?? StripeMetadata.Of(intent.Metadata, StripeMetadata.Key);
    }

    private async Task<GatewayAnswer> CreateAsync(AuthorizeOrder order, CancellationToken cancel) =>
        StripeReading.OfCreate(await PostAsync("payment_intents", $"{BankWords.Key(order.IdempotencyKey)}/create", StripeForms.Create(order), cancel), order.IdempotencyKey);

    private async Task<GatewayAnswer> ConfirmAsync(string intent, AuthorizeOrder order, Card card, SecurityCode? code, CancellationToken cancel)
    {
        var reply = await PostAsync($"{Intent(intent)}/confirm", BankWords.Key(order.IdempotencyKey), StripeForms.Confirm(card, code, order.ReturnUrl), cancel);
        return StripeReading.OfIntent(reply, BankOperationKind.Authorize, intent, order.IdempotencyKey);
    }

    private Task<BankReply> RetrieveAsync(string intent, CancellationToken cancel) => GetAsync($"{Intent(intent)}?expand%5B%5D=latest_charge", cancel);

    private async Task<GatewayAnswer> FindRefundAsync(string intent, string key, CancellationToken cancel)
    {
        string? last = null;
        for (var page = 0; page < MostPages; page++)
        {
            var after = last is null ? "" : $"&starting_after={BankWords.Segment(last)}";
            StripeRefunds? found = null;
            var answer = StripeReading.OfQuery(await GetAsync($"refunds?payment_intent={BankWords.Segment(intent)}&limit={RefundsOfAPage}{after}", cancel), StripeJson.Default.StripeRefunds, list =>
            {
                found = list;
                return list.Data?.FirstOrDefault(refund => StripeMetadata.Of(refund.Metadata, StripeMetadata.Key) == key) is { } mine
                    ? StripeReading.OfState(mine)
                    : new GatewayAnswer.NotFound();
            });
            if (answer is not GatewayAnswer.NotFound || found is not { HasMore: true }) return answer;
            last = found.Data?.LastOrDefault()?.Id;
            if (!BankWords.IsId(last)) return new GatewayAnswer.Unknown(UnknownReason.Unreadable);
        }

        return new GatewayAnswer.Unknown(UnknownReason.QueryFailed);
    }

    private async Task<BankReply> GetAsync(string path, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Get, path);
        return await BankHttp.SendAsync(http, request, cancel);
    }

    private async Task<BankReply> PostAsync(string path, string key, List<KeyValuePair<string, string>> fields, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Post, path);
        request.Headers.Add("Idempotency-Key", key);
        request.Content = new FormUrlEncodedContent(fields);
        return await BankHttp.SendAsync(http, request, cancel);
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, _base + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        request.Headers.Add("Stripe-Version", ApiVersion);

        // An intent that holds nothing can as well be made at another bank; everything else is about money that is here.
        var elsewhere = method == HttpMethod.Post && (path.EndsWith("payment_intents", StringComparison.Ordinal) || path.EndsWith("/confirm", StringComparison.Ordinal));
        request.Options.Set(BankHttp.OnlyHere, !elsewhere);
        return request;
    }

    private static string Dispute(string id) => $"disputes/{BankWords.Segment(id)}";

    private static string Intent(string id) => $"payment_intents/{BankWords.Segment(id)}";
}
