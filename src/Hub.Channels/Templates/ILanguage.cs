using Hub.Domain.Money;

namespace Hub.Channels.Templates;

/// <summary>The hub's messages in one language. A new language is a new class and a row in <see cref="Locales"/>.</summary>
/// <remarks>
/// What every language keeps: amount and payee by name; no links; nothing of the person in a subject; the answer words <c>PAY</c> and
/// <c>NO</c> as they are, since only they are understood and no carrier keeps them; none of the carriers' opt-in and opt-out words as
/// an answer; the last line that binds a code to its page untouched.
/// </remarks>
internal interface ILanguage
{
    /// <summary>BCP 47, for the letter's HTML.</summary>
    string Tag { get; }

    /// <summary>An amount as its readers write it.</summary>
    string Write(Amount amount);

    /// <summary>What the way to "my payments" says.</summary>
    string OpenPayment { get; }

    /// <summary>What the two buttons of a confirmation say.</summary>
    (string Pay, string No) Answers { get; }

    /// <summary>A short text, for channels without subject and HTML. One segment where names and amounts allow; Chinese two.</summary>
    string Short(MessageContent content);

    /// <summary>A letter, for channels with subject and HTML.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="zone">The zone of the times in it.</param>
    Letter Long(MessageContent content, TimeZoneInfo zone);
}
