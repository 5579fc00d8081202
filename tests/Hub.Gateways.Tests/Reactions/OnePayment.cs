using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Ports;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Disputes;
using Hub.Gateways.Reactions;
using Hub.Gateways.Tests.Support;
using Hub.Gateways.Vault;

namespace Hub.Gateways.Tests.Reactions;

/// <summary>One payment's actor without a journal: the real decider, and each command id once (invariant 4).</summary>
internal sealed class OnePayment : IActors
{
    internal static readonly ActorId Id = HubKinds.Payment["pay_1"];
    internal static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, TurnOutcome.Committed> _done = new(StringComparer.Ordinal);
    private readonly List<PaymentEvent> _events = [];
    private PaymentState _state = PaymentDecider.Initial;

    /// <summary>What the order asked for, and for whom.</summary>
    internal static OrderGrant Grant(long cents = 50_00) => new("ord_1", "mer_1", "Shop", "cus_1", new Amount(cents, Currency.Eur), "hash", "sig_1");

    /// <summary>A payment by card whose first call is due.</summary>
    /// <param name="cents">How much.</param>
    /// <param name="gateways">Who may take it, the first of them first.</param>
    internal static OnePayment Submitted(long cents, params string[] gateways)
    {
        var payment = new OnePayment();
        payment.Do(new PaymentCommand.Create("pay_1", Grant(cents), CaptureMode.Automatic, Noon.AddHours(1)));
        payment.Do(new PaymentCommand.Submit(
            new InstrumentRef(FakeCardVault.Instrument, InstrumentType.Card, "visa", "4242", 12, 2030),
            gateways.Select(name => new GatewayChoice(name, GatewayTerms.Full, "as the test says")).ToEquatableArray(),
            new Acceptance("hash", Noon),
            [new Route(Channel.Sms, "adr_1", "key_1", new Sealed("sealed"))], FakeCardVault.Code, Channel.Web));
        return payment;
    }

    /// <summary>Confirmed and then moved at once, without a hold.</summary>
    internal static OnePayment Debited(long cents, string gateway)
    {
        var payment = new OnePayment();
        payment.Do(new PaymentCommand.Create("pay_1", Grant(cents), CaptureMode.Automatic, Noon.AddHours(1)));
        payment.Do(new PaymentCommand.Submit(
            new InstrumentRef("ins_2", InstrumentType.ECheck, "north", "6789", 0, 0), [new GatewayChoice(gateway, GatewayTerms.Full with { Hold = false }, "as the test says")],
            new Acceptance("hash", Noon), [new Route(Channel.Sms, "adr_1", "key_1", new Sealed("sealed"))], null, Channel.Web));
        payment.Do(new PaymentCommand.RequestConfirmation("att_1_1", new Challenge(1, "phone", "page")));
        payment.Do(new PaymentCommand.AnswerConfirmation(Channel.Sms, true, "phone", "adr_1"));
        payment.Answered("att_1_1/authorize", new BankAnswer.Captured("bmo_1", new Amount(cents, Currency.Eur)));
        return payment;
    }

    /// <summary>The same, confirmed; the capture is due.</summary>
    internal static OnePayment Confirmed(long cents, string gateway, string bankId = "bau_1")
    {
        var payment = Submitted(cents, gateway);
        payment.Answered("att_1_1/authorize", new BankAnswer.Authorized(bankId, new Amount(cents, Currency.Eur), Noon.AddDays(7), null));
        payment.Do(new PaymentCommand.RequestConfirmation("att_1_1", new Challenge(1, "phone", "page")));
        payment.Do(new PaymentCommand.AnswerConfirmation(Channel.Sms, true, "phone", "adr_1"));
        return payment;
    }

    /// <summary>The same, captured, disputed and contested; the evidence is due.</summary>
    internal static OnePayment Contested(long cents, string gateway)
    {
        var payment = Confirmed(cents, gateway);
        var amount = new Amount(cents, Currency.Eur);
        payment.Answered("cap_1_1/capture", new BankAnswer.Captured("bca_1", amount));
        payment.Do(new PaymentCommand.ReportDispute("cap_1_1/capture", gateway, "bdi_1", DisputeStatus.NeedsResponse, amount, "fraudulent", Noon.AddDays(7)));
        payment.Do(new PaymentCommand.SubmitEvidence("dsp_1_1", new Sealed("we sent it"), "mer_1"));
        return payment;
    }

    internal Payment Payment => (Payment)_state;

    /// <summary>The reaction that carries out at these banks what this payment asks for.</summary>
    internal BankReaction At(params IGateway[] gateways) => At(new FakeCardVault(), new NoPersons(), gateways);

    /// <summary>The same, with a vault and a way to open personal words of the test's own.</summary>
    internal BankReaction At(ICardVault vault, IPersonalData persons, params IGateway[] gateways) =>
        new(this, new GatewayDirectory(gateways), vault, persons, new CheckoutAddress(new Uri("https://hub.example")));

    /// <summary>The newest event of a type, as a reaction is handed it.</summary>
    internal FeedEvent Newest<T>()
    {
        var index = _events.FindLastIndex(e => e is T);
        return new FeedEvent(index + 1, Id, index + 1, Noon, _events[index]);
    }

    internal void Do(PaymentCommand command) => Assert.IsType<TurnOutcome.Committed>(Turn(new Envelope($"test:{_events.Count}", command)));

    /// <summary>The time has come for what this operation waits for; the event that says so.</summary>
    internal FeedEvent Due(string operation) => Fired($"bank:{operation}");

    /// <summary>A timer fires; the event it led to.</summary>
    internal FeedEvent Fired(string timer)
    {
        Do(new PaymentCommand.TimerDue(timer));
        return new FeedEvent(_events.Count, Id, _events.Count, Noon, _events[^1]);
    }

    private void Answered(string operation, BankAnswer answer)
    {
        Do(new PaymentCommand.StartBankCall(operation, 1));
        Do(new PaymentCommand.ReportBankAnswer(operation, answer, AnswerSource.Response));
    }

    public Task<TurnOutcome> SendAsync(ActorId actor, Envelope command, CancellationToken cancel) => Task.FromResult(Turn(command));

    public Task<ActorReading> ReadAsync(ActorId actor, long atLeast, CancellationToken cancel) => Task.FromResult(new ActorReading(_events.Count, _state));

    private TurnOutcome Turn(Envelope command)
    {
        if (_done.TryGetValue(command.Id, out var before)) return before with { Repeated = true };
        var decision = PaymentDecider.Decide((PaymentCommand)command.Command, Noon, _state);
        if (decision.Rejection is { } code) return new TurnOutcome.Rejected(code, _events.Count, _state);
        _state = decision.Events.Aggregate(_state, PaymentDecider.Evolve);
        _events.AddRange(decision.Events);
        TurnOutcome.Committed done = new(_events.Count, _state, decision.Events.Cast<Event>().ToEquatableArray(), Repeated: false);
        _done.Add(command.Id, done);
        return done;
    }
}
