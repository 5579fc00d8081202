using System.Buffers.Text;
using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Hub.Actors;
using Hub.Api.Providers;
using Hub.Api.Tests.Edge.Support;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Signatures;
using Hub.Gateways;
using Hub.Gateways.SandboxBank;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Api.Tests.Providers;

/// <summary>What a bank signed for another payee is counted, and is no answer, whether the bank or the customer's browser brings it (invariant 13).</summary>
[Trait("Invariant", "13")]
public sealed class SignedReportTests : IAsyncLifetime
{
    private const string Bank = "payee_bank";
    private const string Secret = "whsec_cGF5ZWUtYmFuay13ZWJob29rLWtleS1vZi0zMi1ieSE=";
    private const string Key = "att_1_1/authorize";

    private static readonly BankAnswer Taken = new BankAnswer.Captured("bno_1", new Amount(50_00, Currency.Eur));

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly OnePayment _payment = new();
    private readonly MeterListener _meters = new();
    private TestHub _hub = null!;
    private long _forged;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "hub.webhooks.forged") listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            foreach (var tag in tags) Interlocked.Add(ref _forged, tag.Value is Bank ? count : 0);
        });
        _meters.Start();
        var options = new SandboxBankOptions
        {
            Name = Bank, BaseAddress = new Uri("http://127.0.0.1:1"), ApiKey = "key", WebhookSecrets = [Secret], PublicKeys = [_key.ExportSubjectPublicKeyInfoPem()],
        };
        _hub = await TestHub.StartAsync(BankEndpoints.Map, services =>
        {
            services.AddSingleton<IActors>(_payment);
            services.AddSingleton<ProviderMeters>();
            services.AddSingleton(new GatewayDirectory([]));
            services.AddSingleton(provider => new NetBankReturn(options, provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton<IBankWebhooks>(provider => new BankWebhooks(Bank, options, provider.GetRequiredService<TimeProvider>()));
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _meters.Dispose();
        _key.Dispose();
    }

    [Theory]
    [InlineData("Shop", true)]
    [InlineData("Another shop", false)]
    public async Task A_customer_brings_money_for_the_payments_own_payee_or_none(string payee, bool counts)
    {
        var said = new TransferStatement(Bank, TransferStatement.Captured, Key, "bno_1", 50_00, "EUR", payee, _hub.Time.GetUtcNow());
        var query = string.Join('&', NetBankReturn.Write(said, Sign(said)).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));

        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler) { BaseAddress = _hub.Address };
        using var answer = await browser.GetAsync(new Uri($"/gateways/{Bank}/return/pay_1?{query}", UriKind.Relative), Cancel);

        Assert.Equal((HttpStatusCode.Found, "/checkout/pay_1"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Equal(counts ? [Taken] : [], _payment.Told);
        Assert.Equal(counts ? 0 : 1, Interlocked.Read(ref _forged));
    }

    [Theory]
    [InlineData("Shop", true)]
    [InlineData("Another shop", false)]
    public async Task A_bank_reports_money_for_the_payments_own_payee_or_the_hub_asks(string payee, bool counts)
    {
        var now = _hub.Time.GetUtcNow();
        var signature = Sign(new TransferStatement(Bank, TransferStatement.Captured, "cap_1_1/capture", "bno_1", 50_00, "EUR", payee, now));
        var body = Encoding.UTF8.GetBytes($$"""
            {"id":"bev_1","type":"capture.updated","created_at":"{{now:O}}","idempotency_key":"cap_1_1/capture","object":{"id":"bno_1","status":"succeeded",
            "amount":5000,"currency":"EUR","reference":"pay_1/cap_1_1/capture","transfer":{"payee":"{{payee}}","at":"{{now:O}}","signature":"{{signature}}"} } }
            """);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/gateways/{Bank}/webhook") { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation(StandardWebhook.IdHeader, "bev_1");
        request.Headers.TryAddWithoutValidation(StandardWebhook.TimestampHeader, $"{now.ToUnixTimeSeconds()}");
        request.Headers.TryAddWithoutValidation(StandardWebhook.SignatureHeader, StandardWebhook.Sign("bev_1", now, body, Secret));

        using var answer = await _hub.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(counts ? Taken : new BankAnswer.Unknown("signature_invalid"), Assert.Single(_payment.Told));
        Assert.Equal(counts ? 0 : 1, Interlocked.Read(ref _forged));
    }

    private string Sign(TransferStatement said) => Base64Url.EncodeToString(_key.SignData(said.ToBytes(), HashAlgorithmName.SHA256));

    /// <summary>One payment of 50 euro for a shop, and what it was told.</summary>
    private sealed class OnePayment : IActors
    {
        private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

        private readonly PaymentState _state = PaymentDecider
            .Decide(
                new PaymentCommand.Create(
                    "pay_1", new OrderGrant("ord_1", "mer_1", "Shop", "cus_1", new Amount(50_00, Currency.Eur), "hash", "sig_1"), CaptureMode.Automatic, Noon.AddHours(1)),
                Noon,
                PaymentDecider.Initial)
            .Events.Aggregate(PaymentDecider.Initial, PaymentDecider.Evolve);

        internal List<BankAnswer> Told { get; } = [];

        public Task<TurnOutcome> SendAsync(ActorId actor, Envelope command, CancellationToken cancel)
        {
            Told.Add(((PaymentCommand.ReportBankAnswer)command.Command).Answer);
            return Task.FromResult<TurnOutcome>(new TurnOutcome.Committed(1, _state, [], Repeated: false));
        }

        public Task<ActorReading> ReadAsync(ActorId actor, long atLeast, CancellationToken cancel) => Task.FromResult(new ActorReading(1, _state));
    }
}
