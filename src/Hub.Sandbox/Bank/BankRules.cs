using Hub.Domain.Money;

namespace Hub.Sandbox.Bank;

/// <summary>What the bank decides, as functions of its books; whatever is not refused is carried out.</summary>
internal static class BankRules
{
    /// <summary>How long a hold can be captured.</summary>
    internal static readonly TimeSpan HoldFor = TimeSpan.FromDays(7);

    /// <summary>Reads an authorization request.</summary>
    /// <returns>What is wrong with it, or <c>null</c>. Names no card detail.</returns>
    internal static string? WrongWith(AuthorizeRequest asked) => asked switch
    {
        { Amount: <= 0 or > Hub.Domain.Money.Amount.MaxMinor } => "amount",
        _ when !Currency.TryParse(asked.Currency, out _) => "currency",
        _ when !BankCards.IsNumber(asked.Card.Number) => "card.number",
        { Card.ExpMonth: < 1 or > 12 } => "card.exp_month",
        { Card.ExpYear: < 2000 or > 2100 } => "card.exp_year",
        { Card.SecurityCode: { } code } when code.Length is < 3 or > 4 || !code.All(char.IsAsciiDigit) => "card.security_code",
        { Payee.Length: 0 or > 200 } => "payee",
        _ => WrongWithReference(asked.Reference),
    };

    internal static string? WrongWithAmount(long amount) => amount is <= 0 or > Hub.Domain.Money.Amount.MaxMinor ? "amount" : null;

    internal static string? WrongWith(RefundRequest asked) => WrongWithAmount(asked.Amount) ?? WrongWithReference(asked.Reference);

    internal static string? WrongWith(EvidenceRequest asked) => asked.Evidence.Length is 0 or > 10_000 ? "evidence" : WrongWithReference(asked.Reference);

    internal static string? WrongWithReference(string reference) => reference.Length is 0 or > 200 ? "reference" : null;

    internal static AuthorizationEntry Authorize(string id, string key, AuthorizeRequest asked, DateTimeOffset now, string actionUrl)
    {
        var behaviour = BankCards.Of(asked.Card.Number);
        var expired = (asked.Card.ExpYear * 12) + asked.Card.ExpMonth < (now.Year * 12) + now.Month;
        var decline = expired ? "expired_card" : behaviour switch
        {
            CardBehaviour.Declines => "generic_decline",
            CardBehaviour.InsufficientFunds => "insufficient_funds",
            CardBehaviour.Expired => "expired_card",
            CardBehaviour.WrongSecurityCode => "incorrect_security_code",
            _ => null,
        };
        var status = (decline, behaviour) switch
        {
            (not null, _) => "declined",
            (_, CardBehaviour.RequiresAction) => "requires_action",
            (_, CardBehaviour.LateDecline) => "pending",
            _ => "authorized",
        };
        var amount = behaviour == CardBehaviour.WrongAmount ? asked.Amount + 1 : asked.Amount;
        var shown = new BankAuthorization(
            id, status, amount, asked.Currency, asked.Reference, decline,
            status == "authorized" ? now + HoldFor : null, status == "requires_action" ? actionUrl : null, null);
        return new(shown, key, behaviour, asked.Payee, asked.Card.Number[^4..], 0, false, false, now);
    }

    /// <summary>The customer's answer on the bank's page, or the late answer of the bank itself.</summary>
    /// <returns><c>null</c> when nothing is open any more.</returns>
    internal static AuthorizationEntry? Resolve(AuthorizationEntry held, bool approve, DateTimeOffset now)
    {
        if (held.Voided || held.Object.Status is not ("requires_action" or "pending")) return null;
        return held with
        {
            Object = approve
                ? held.Object with { Status = "authorized", ActionUrl = null, CaptureBefore = now + HoldFor }
                : held.Object with { Status = "declined", ActionUrl = null, DeclineCode = "generic_decline" },
        };
    }

    /// <summary>Takes what is held.</summary>
    /// <param name="id">The capture's id.</param>
    /// <param name="key">The idempotency key.</param>
    /// <param name="asked">What is asked for.</param>
    /// <param name="held">The hold.</param>
    /// <param name="now">By the sandbox's clock.</param>
    /// <param name="several">Whether the bank takes several captures of one hold.</param>
    internal static (CaptureEntry Capture, AuthorizationEntry Held) Capture(
        string id, string key, CaptureRequest asked, AuthorizationEntry held, DateTimeOffset now, bool several)
    {
        var (failed, code) = held switch
        {
            { Voided: true } => (true, "authorization_voided"),
            { Captured: > 0 } when !several => (true, "already_captured"),
            _ when now >= held.Object.CaptureBefore => (true, "authorization_expired"),
            _ when asked.Amount > held.Remaining => (true, "exceeds_authorized"),
            { Behaviour: CardBehaviour.CaptureFails } => (true, null),
            _ => (false, (string?)null),
        };
        var shown = new BankCapture(id, held.Object.Id, failed ? "failed" : "succeeded", asked.Amount, held.Object.Currency, asked.Reference, code);
        var after = failed ? held : held with { Captured = held.Captured + asked.Amount, Closed = asked.Final || !several };
        return (new(shown, key, held.Behaviour, 0, now), after);
    }

    internal static (VoidEntry Void, AuthorizationEntry Held) Void(string id, string key, VoidRequest asked, AuthorizationEntry held, DateTimeOffset now)
    {
        var code = held switch
        {
            { Voided: true } => "authorization_voided",
            { Object.Status: "declined" } => "authorization_declined",
            _ when now >= held.Object.CaptureBefore => "authorization_expired",
            { Remaining: 0 } => "nothing_left",
            _ => null,
        };
        var shown = new BankVoid(id, held.Object.Id, code is null ? "succeeded" : "failed", asked.Reference, code);
        return (new(shown, key, now), code is null ? held with { Voided = true } : held);
    }

    internal static (RefundEntry Refund, CaptureEntry Capture) Refund(string id, string key, RefundRequest asked, CaptureEntry capture, DateTimeOffset now)
    {
        var most = capture.Object.Status == "succeeded" ? capture.Object.Amount - capture.Refunded : 0;
        var (status, code) = asked.Amount > most ? ("failed", "exceeds_captured")
            : asked.Amount > most - capture.Disputed ? ("failed", "capture_disputed")
            : capture.Behaviour == CardBehaviour.RefundFailsLater ? ("pending", null)
            : ("succeeded", (string?)null);
        var shown = new BankRefund(id, capture.Object.Id, status, asked.Amount, capture.Object.Currency, asked.Reference, code);
        return (new(shown, key, now), status == "failed" ? capture : capture with { Refunded = capture.Refunded + asked.Amount });
    }
}
