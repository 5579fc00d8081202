global using PaymentRun = Hub.Domain.Tests.Testing.Run<Hub.Domain.Payments.PaymentDecider, Hub.Domain.Payments.PaymentCommand, Hub.Domain.Payments.PaymentEvent, Hub.Domain.Payments.PaymentState>;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;

namespace Hub.Domain.Tests.Payments;

/// <summary>A payment of 50 euro, and the ways to bring it somewhere. Everything goes through the decider.</summary>
internal static class PaymentWorld
{
    internal const string Authorize = "att_1_1/authorize";
    internal const string ReleaseKey = "att_1_1/void";
    internal const string CaptureKey = "cap_1_1/capture";
    internal const string RefundKey = "ref_1_1/refund";
    internal const string PhoneCode = "phone-digest";
    internal const string PageCode = "page-digest";

    internal static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    internal static readonly DateTimeOffset Deadline = Noon.AddHours(1);
    internal static readonly DateTimeOffset HoldEnds = Noon.AddDays(7);

    internal static readonly Route Phone = new(Channel.Sms, "adr_1", "key_1", new Sealed("sealed"));
    internal static readonly InstrumentRef Card = new("ins_1", "card", "visa", "4242", 12, 2030);
    internal static readonly OrderGrant Grant = new("ord_1", "mer_1", "Shop", "cus_1", Eur(50_00), "hash", "sig_1");
    internal static readonly Challenge Expected = new(1, PhoneCode, PageCode);

    internal static readonly GatewayChoice Only = new("sandbox", GatewayTerms.Full, "the only one");

    internal static Amount Eur(long cents) => new(cents, Currency.Eur);

    internal static PaymentRun Created(CaptureMode mode = CaptureMode.Automatic, DateTimeOffset? deadline = null) =>
        PaymentRun.Given().Do(new PaymentCommand.Create("pay_1", Grant, mode, deadline ?? Deadline), Noon);

    internal static PaymentCommand.Submit Submit { get; } = new(Card, [Only], new Acceptance("hash", Noon), [Phone], "sec_1", Channel.Web);

    internal static PaymentRun Submitted(CaptureMode mode = CaptureMode.Automatic, DateTimeOffset? deadline = null) => Created(mode, deadline).Do(Submit, Noon);

    internal static PaymentRun Authorizing(CaptureMode mode = CaptureMode.Automatic, DateTimeOffset? deadline = null) => Submitted(mode, deadline).Start(Authorize);

    internal static PaymentRun Authorized(CaptureMode mode = CaptureMode.Automatic, DateTimeOffset? deadline = null) =>
        Authorizing(mode, deadline).Bank(Authorize, AuthorizedAnswer());

    internal static PaymentRun Asked(CaptureMode mode = CaptureMode.Automatic, DateTimeOffset? deadline = null) =>
        Authorized(mode, deadline).Do(new PaymentCommand.RequestConfirmation("att_1_1", Expected), Noon);

    /// <summary>Confirmed; with automatic capture the capture is under way.</summary>
    internal static PaymentRun Confirmed(CaptureMode mode = CaptureMode.Automatic, DateTimeOffset? deadline = null) => Asked(mode, deadline).Do(Pay(), Noon);

    internal static PaymentRun Captured(CaptureMode mode = CaptureMode.Automatic) =>
        (mode is CaptureMode.Automatic ? Confirmed() : Confirmed(mode).Do(new PaymentCommand.Capture(null, true, "mer_1"), Noon))
            .Start(CaptureKey).Bank(CaptureKey, new BankAnswer.Captured("bank_cap", Eur(50_00)));

    internal static PaymentRun PartlyCaptured(long cents = 20_00, bool final = false) =>
        Confirmed(CaptureMode.Manual).Do(new PaymentCommand.Capture(Eur(cents), final, "mer_1"), Noon)
            .Start(CaptureKey).Bank(CaptureKey, new BankAnswer.Captured("bank_cap", Eur(cents)));

    internal static PaymentRun Rejected() => Asked().Do(No(), Noon);

    internal static PaymentRun Canceled() => Created().Do(new PaymentCommand.Cancel("mer_1", "changed_mind"), Noon);

    internal static PaymentRun Expired() => Created().Fire("expiry", Deadline);

    internal static PaymentCommand.AnswerConfirmation Pay(string digest = PhoneCode) => new(Channel.Sms, true, digest, "adr_1");

    internal static PaymentCommand.AnswerConfirmation No(bool notMe = false) => new(Channel.Sms, false, PhoneCode, "adr_1", NotMe: notMe);

    internal static BankAnswer.Authorized AuthorizedAnswer(long cents = 50_00, string id = "bank_1", DateTimeOffset? until = null) => new(id, Eur(cents), until ?? HoldEnds, null);

    internal static PaymentCommand.ReportBankAnswer Report(string key, BankAnswer answer, AnswerSource source = AnswerSource.Response) =>
        new(key, answer, source, source is AnswerSource.Operator ? "staff_1" : null, source is AnswerSource.Operator ? "looked it up" : null);

    internal static PaymentRun Start(this PaymentRun run, string key, int tryNumber = 1) => (run.Payment().FindOperation(key) is { Postponed: true } ? run.Due(key) : run).Do(new PaymentCommand.StartBankCall(key, tryNumber), Noon);

    /// <summary>The time of a call that was put off has come.</summary>
    internal static PaymentRun Due(this PaymentRun run, string key, DateTimeOffset? at = null) => run.Fire("bank:" + key, at ?? run.Timers["bank:" + key]);

    internal static PaymentRun Bank(this PaymentRun run, string key, BankAnswer answer, AnswerSource source = AnswerSource.Response, DateTimeOffset? at = null) =>
        run.Do(Report(key, answer, source), at ?? Noon);

    internal static PaymentRun Fire(this PaymentRun run, string timer, DateTimeOffset at) => run.Do(new PaymentCommand.TimerDue(timer), at);

    internal static Payment Payment(this PaymentRun run) => Assert.IsType<Payment>(run.State);

    internal static PaymentStatus Status(this PaymentRun run) => run.Payment().Status;

    internal static IEnumerable<string> OpenCases(this PaymentRun run) => run.Payment().Cases.Where(c => c.Open).Select(c => c.Reason);
}
