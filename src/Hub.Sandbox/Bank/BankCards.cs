namespace Hub.Sandbox.Bank;

/// <summary>What the sandbox bank does with a card.</summary>
public enum CardBehaviour
{
    /// <summary>Says yes to everything.</summary>
    Approves,

    /// <summary>Declined: generic_decline.</summary>
    Declines,

    /// <summary>Declined: insufficient_funds.</summary>
    InsufficientFunds,

    /// <summary>Declined: expired_card.</summary>
    Expired,

    /// <summary>Declined: incorrect_security_code.</summary>
    WrongSecurityCode,

    /// <summary>The customer must answer on the bank's own page first.</summary>
    RequiresAction,

    /// <summary>Authorizes; every capture fails.</summary>
    CaptureFails,

    /// <summary>Refunds stay pending and fail later: account_closed.</summary>
    RefundFailsLater,

    /// <summary>Carried out, but the connection is dropped without an answer, and no webhook follows.</summary>
    TimeoutAfterCharge,

    /// <summary>Carried out, answered 500; the webhook follows.</summary>
    ErrorButDone,

    /// <summary>The first time a key arrives: answered 500 and not carried out. A repeat is carried out.</summary>
    ErrorAndNotDone,

    /// <summary>Answered 202 pending; declined by webhook later.</summary>
    LateDecline,

    /// <summary>Approves and sends the webhook three times.</summary>
    DuplicateWebhook,

    /// <summary>The webhook is delivered before the answer.</summary>
    WebhookFirst,

    /// <summary>Answers with one minor unit more than was asked.</summary>
    WrongAmount,

    /// <summary>The first bank turns it away with 429 before it looks at it; the second one approves.</summary>
    Busy,

    /// <summary>Every bank turns it away with 429 before it looks at it.</summary>
    BusyEverywhere,

    /// <summary>Approves; a day after a capture the customer disputes it.</summary>
    Disputed,

    /// <summary>Approves; what the bank says of its captures is signed with a key that is not the bank's.</summary>
    ForgedTransfer,
}

/// <summary>One of the sandbox's cards.</summary>
/// <param name="Number">Passes the Luhn check.</param>
/// <param name="Behaviour">What happens.</param>
/// <param name="Description">One line for people.</param>
public sealed record BankCard(string Number, CardBehaviour Behaviour, string Description);

/// <summary>The cards of the sandbox bank. Any expiry in the future and any three digits will do.</summary>
public static class BankCards
{
    /// <summary>Every card with a meaning. Another number that passes the Luhn check approves.</summary>
    public static IReadOnlyList<BankCard> All { get; } =
    [
        new("4242424242424242", CardBehaviour.Approves, "approves"),
        new("5555555555554444", CardBehaviour.Approves, "approves (Mastercard)"),
        new("4000000000000002", CardBehaviour.Declines, "declines: generic_decline"),
        new("4000000000009995", CardBehaviour.InsufficientFunds, "declines: insufficient_funds"),
        new("4000000000000069", CardBehaviour.Expired, "declines: expired_card"),
        new("4000000000000127", CardBehaviour.WrongSecurityCode, "declines: incorrect_security_code"),
        new("4000000000003220", CardBehaviour.RequiresAction, "needs authentication on the bank's page"),
        new("4000000000000341", CardBehaviour.CaptureFails, "authorizes, then captures fail"),
        new("4000000000005126", CardBehaviour.RefundFailsLater, "refunds fail later: account_closed"),
        new("4000000000000259", CardBehaviour.Disputed, "approves; a day after the capture the customer disputes it"),
        new("4000000000006975", CardBehaviour.TimeoutAfterCharge, "timeout after charge: carried out, never answered, no webhook"),
        new("4000000000006983", CardBehaviour.ErrorButDone, "answers 500 but carries out; the webhook follows"),
        new("4000000000007007", CardBehaviour.ErrorAndNotDone, "answers 500 the first time and carries nothing out"),
        new("4000000000007015", CardBehaviour.LateDecline, "pending, then declines by webhook"),
        new("4000000000007023", CardBehaviour.DuplicateWebhook, "approves; the webhook comes three times"),
        new("4000000000007031", CardBehaviour.WebhookFirst, "the webhook comes before the answer"),
        new("4000000000007049", CardBehaviour.WrongAmount, "answers with another amount"),
        new("4000000000007056", CardBehaviour.Busy, "turned away with 429 by the first bank; the second one approves"),
        new("4000000000007064", CardBehaviour.BusyEverywhere, "turned away with 429 by every bank"),
        new("4000000000007072", CardBehaviour.ForgedTransfer, "approves; captures carry a signature that is not the bank's"),
    ];

    /// <summary>What a number does.</summary>
    /// <param name="number">Digits only, already checked.</param>
    public static CardBehaviour Of(string number) => All.FirstOrDefault(c => c.Number == number)?.Behaviour ?? CardBehaviour.Approves;

    /// <summary>The card that shows a behaviour.</summary>
    public static string NumberFor(CardBehaviour behaviour) => All.First(c => c.Behaviour == behaviour).Number;

    /// <summary>Whether a number has 12 to 19 digits and a good check digit.</summary>
    /// <remarks>Source: ISO/IEC 7812-1, annex B (Luhn).</remarks>
    public static bool IsNumber(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        if (number.Length is < 12 or > 19 || !number.All(char.IsAsciiDigit)) return false;
        var sum = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var digit = number[number.Length - 1 - i] - '0';
            var weighed = i % 2 == 0 ? digit : digit * 2;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }

        return sum % 10 == 0;
    }
}
