using Hub.Channels.Templates;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Chat;

/// <summary>One of the two answers to a confirmation.</summary>
/// <param name="Label">What the button says.</param>
/// <param name="Command">The text it sends.</param>
public sealed record OfferButton(string Label, string Command)
{
    /// <summary>Without the digits.</summary>
    public override string ToString() => Label;
}

/// <summary>A confirmation in the words of a conversation.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="Buttons">What may be pressed; empty where it is not this device that was asked, or nothing can be answered any more.</param>
public sealed record OfferWords(string Text, EquatableArray<OfferButton> Buttons)
{
    /// <summary>How a confirmation shows.</summary>
    /// <param name="offer">What is to be confirmed.</param>
    /// <param name="ended">How it ended; <c>null</c> while it can be answered.</param>
    /// <param name="digits">The four digits, for the device that was asked alone; <c>null</c> elsewhere, and once it is too late.</param>
    public static OfferWords Of(Offer offer, ConfirmationStatus? ended, string? digits)
    {
        ArgumentNullException.ThrowIfNull(offer);
        MessageContent content = ended switch
        {
            ConfirmationStatus.Matched => new MessageContent.AlreadyAnswered(offer.Amount, offer.Payee, Approved: true),
            ConfirmationStatus.Rejected => new MessageContent.Rejected(offer.Amount, offer.Payee),
            null when digits is not null => new MessageContent.ConfirmByAnswer(offer.Amount, offer.Payee, digits, (int)Hub.Domain.Payments.PaymentLimits.ConfirmationMinutes),
            _ => new MessageContent.ConfirmElsewhere(offer.Amount, offer.Payee, Open: ended is null),
        };
        var text = MessageTemplate.Render(content, Capabilities.Chat, offer.Locale).Text;
        if (ended is not null || digits is null) return new OfferWords(text, []);
        var (pay, no) = MessageTemplate.AnswerLabels(offer.Locale);
        return new OfferWords(text, [new OfferButton(pay, $"PAY {digits}"), new OfferButton(no, $"NO {digits}")]);
    }
}
