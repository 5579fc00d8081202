using System.Text.Json.Serialization;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Captures;
using Hub.Domain.Payments.Disputes;
using Hub.Domain.Payments.Refunds;

namespace Hub.Api.Views;

/// <summary>An amount on the wire.</summary>
/// <param name="Value">Integer minor units.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record AmountView([property: JsonPropertyName("amount")] long Value, string Currency)
{
    /// <summary>The amount, as it is written.</summary>
    public static AmountView Of(Amount amount) => new(amount.Minor, amount.Currency.Code);
}

/// <summary>A merchant as customers see it.</summary>
public sealed record PayeeView(string Id, string Name);

/// <summary>An instrument as an attempt shows it.</summary>
/// <param name="Id">The token.</param>
/// <param name="Type">Such as <c>card</c>.</param>
/// <param name="Brand">A card's scheme, a bank account's bank.</param>
/// <param name="Last4">Empty where it has no number.</param>
public sealed record InstrumentLine(string Id, string Type, string Brand, string Last4);

/// <summary>One try.</summary>
public sealed record AttemptView(string Id, InstrumentLine Instrument, string Gateway, AttemptStatus Status, string? DeclineCode, DateTimeOffset CreatedAt);

/// <summary>What the customer was asked.</summary>
public sealed record ConfirmationView(string Id, ConfirmationStatus Status, Channel? Channel, DateTimeOffset ExpiresAt, int WrongAnswers, Channel? AnsweredBy, int Resends);

/// <summary>One capture.</summary>
/// <param name="Id">Such as <c>cap_…_1</c>.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Amount">How much.</param>
/// <param name="FailureCode">Why it failed or was returned.</param>
/// <param name="Final">Whether the rest of the hold was released with it.</param>
/// <param name="ClearedAt">When the bank said that it had cleared.</param>
/// <param name="TooLate">Whether it came when nobody waited for it any more; it is paid back.</param>
public sealed record CaptureView(string Id, CaptureStatus Status, AmountView Amount, string? FailureCode, bool Final, DateTimeOffset? ClearedAt, bool TooLate);

/// <summary>One dispute.</summary>
/// <param name="Id">Such as <c>dsp_…_1</c>.</param>
/// <param name="Capture">Whose money.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Amount">How much.</param>
/// <param name="Reason">The bank's word for why.</param>
/// <param name="RespondBy">Until when evidence counts.</param>
public sealed record DisputeView(string Id, string Capture, DisputeStatus Status, AmountView Amount, string Reason, DateTimeOffset? RespondBy);

/// <summary>One refund.</summary>
public sealed record RefundView(string Id, RefundStatus Status, AmountView Amount, string? FailureCode);

/// <summary>Why the last attempt did not work.</summary>
public sealed record LastErrorView(string Code, string Message, Retry Retry);

/// <summary>Where the customer has to go next.</summary>
public sealed record NextActionView(string Type, string Url);

/// <summary>Something a person has to look at.</summary>
public sealed record PaymentCaseView(string Id, string Reason);

/// <summary>A payment, as its merchant, its customer and the staff see it. Nothing personal is in it.</summary>
/// <param name="Id">Such as <c>pay_…</c>.</param>
/// <param name="Order">What it pays for.</param>
/// <param name="Customer">Whose.</param>
/// <param name="Merchant">Who is paid.</param>
/// <param name="Amount">How much.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Capture">Who captures.</param>
/// <param name="Attempts">Every try, oldest first.</param>
/// <param name="Confirmation">What the customer was asked last.</param>
/// <param name="Captures">Every capture, oldest first.</param>
/// <param name="Refunds">Every refund, oldest first.</param>
/// <param name="Disputes">Every dispute, oldest first.</param>
/// <param name="AmountAuthorized">Held, in minor units.</param>
/// <param name="AmountCaptured">Taken, in minor units.</param>
/// <param name="AmountRefunded">Given back, in minor units.</param>
/// <param name="AmountReturned">Taken back by the customer's bank, in minor units.</param>
/// <param name="CaptureBefore">When the hold lapses.</param>
/// <param name="LastError">Why the last attempt did not work.</param>
/// <param name="AllowedActions">What it would accept now, by whoever may: names of the routes below it.</param>
/// <param name="OfferedInstruments">The types of instruments that some bank takes for this amount, merchant and way of capturing; empty once it has ended or money was taken.</param>
/// <param name="NextAction">Where the customer has to go next.</param>
/// <param name="Case">What a person has to look at.</param>
/// <param name="CancelReason">Why it was canceled.</param>
/// <param name="ExpiresAt">Until when it can be paid.</param>
/// <param name="CreatedAt">Since when it is there.</param>
/// <param name="Version">Counts its events.</param>
public sealed record PaymentView(
    string Id,
    string Order,
    string Customer,
    PayeeView Merchant,
    AmountView Amount,
    PaymentStatus Status,
    CaptureMode Capture,
    IReadOnlyList<AttemptView> Attempts,
    ConfirmationView? Confirmation,
    IReadOnlyList<CaptureView> Captures,
    IReadOnlyList<RefundView> Refunds,
    IReadOnlyList<DisputeView> Disputes,
    long AmountAuthorized,
    long AmountCaptured,
    long AmountRefunded,
    long AmountReturned,
    DateTimeOffset? CaptureBefore,
    LastErrorView? LastError,
    IReadOnlyList<string> AllowedActions,
    IReadOnlyList<string> OfferedInstruments,
    NextActionView? NextAction,
    PaymentCaseView? Case,
    string? CancelReason,
    DateTimeOffset ExpiresAt,
    DateTimeOffset CreatedAt,
    long Version)
{
    /// <summary>Always <c>payment</c>.</summary>
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Shape { get; } = "payment";

    /// <summary>The view of a state; <see cref="PaymentViews"/> knows what is offered.</summary>
    internal static PaymentView Of(Payment payment, long version, IReadOnlyList<string> offered)
    {
        var last = payment.LastAttempt;
        var grant = payment.Grant;
        var held = last is { Status: AttemptStatus.Authorized } || payment.Captured > 0;
        var open = payment.Cases.LastOrDefault(c => c.Open);
        return new PaymentView(
            payment.Id, grant.Order, grant.Customer, new PayeeView(grant.Merchant, grant.Payee), AmountView.Of(grant.Amount), payment.Status, payment.Mode,
            [.. payment.Attempts.Select(AttemptOf)],
            last?.Confirmation is { } asked
                ? new ConfirmationView(asked.Id, asked.Status, asked.SentOn, asked.ExpiresAt, payment.WrongAnswers, asked.AnsweredOn, asked.Resends)
                : null,
            [.. payment.Captures.Select(c => new CaptureView(c.Id, c.Status, AmountView.Of(c.Amount), c.FailureCode, c.Final, c.ClearedAt, c.TooLate))],
            [.. payment.Refunds.Select(r => new RefundView(r.Id, r.Status, AmountView.Of(r.Amount), r.FailureCode))],
            [.. payment.Disputes.Select(d => new DisputeView(d.Id, d.Capture, d.Status, AmountView.Of(d.Amount), d.Reason, d.RespondBy))],
            held ? payment.Attempts.Last(a => a.Status is AttemptStatus.Authorized or AttemptStatus.Voided or AttemptStatus.Expired or AttemptStatus.Voiding).Amount.Minor : 0, payment.Captured, payment.Refunded, payment.Returned, last?.CaptureBefore,
            PaymentWords.LastError(payment), PaymentActions.Of(payment), offered,
            last is { Status: AttemptStatus.Authenticating, ActionUrl: { } url } ? new NextActionView("redirect", url) : null,
            open is null ? null : new PaymentCaseView(open.Id, open.Reason),
            payment.CancelReason, payment.ExpiresAt, payment.CreatedAt, version);
    }

    private static AttemptView AttemptOf(Attempt a) =>
        new(a.Id, new InstrumentLine(a.Instrument.Id, a.Instrument.Type, a.Instrument.Brand, a.Instrument.Last4), a.Gateway, a.Status, a.DeclineCode, a.CreatedAt);
}
