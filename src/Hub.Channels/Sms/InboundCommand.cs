using System.Text.RegularExpressions;

namespace Hub.Channels.Sms;

/// <summary>A one-time number as it was typed. It is replaced by a digest before it goes anywhere, and never printed.</summary>
/// <param name="Digits">Four ASCII digits.</param>
public readonly record struct TypedNumber(string Digits)
{
    /// <summary>Stars.</summary>
    public override string ToString() => "****";
}

/// <summary>What somebody meant by a text message.</summary>
/// <remarks>
/// Strict where money moves: a number counts only in ASCII digits, with nothing beside it but the word, spaces and
/// plain punctuation. A question mark makes it a question. The words carriers keep for opting in and out, YES and
/// CANCEL among them, never approve or reject.
/// </remarks>
public abstract partial record InboundCommand
{
    private const int LongestRead = 320;
    private const string Edges = " \t\r\n.,;:!\"'()*<>-_\u00A0\u2018\u2019\u201C\u201D\u201E\u200B\u200C\u200D\u2060\uFEFF";

    private InboundCommand()
    {
    }

    /// <summary><c>PAY 4839</c>.</summary>
    public sealed record Approve(TypedNumber Number) : InboundCommand;

    /// <summary><c>NO 4839</c>.</summary>
    public sealed record Reject(TypedNumber Number) : InboundCommand;

    /// <summary><c>NOT ME 4839</c>: a rejection by somebody who asked for no payment at all.</summary>
    public sealed record NotMe(TypedNumber Number) : InboundCommand;

    /// <summary>An opt-out word.</summary>
    public sealed record Stop : InboundCommand;

    /// <summary>An opt-in word.</summary>
    public sealed record Start : InboundCommand;

    /// <summary>Asks what this is.</summary>
    public sealed record Help : InboundCommand;

    /// <summary>Asks how things stand.</summary>
    public sealed record Status : InboundCommand;

    /// <summary>Anything else: for a person to read, never a yes or no.</summary>
    public sealed record Other : InboundCommand;

    /// <summary>Reads a whole message. What Twilio itself took as an opt-out, opt-in or call for help is one.</summary>
    public static InboundCommand Of(InboundSms message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.OptOutType switch
        {
            "STOP" => new Stop(),
            "START" => new Start(),
            "HELP" => new Help(),
            _ => Parse(message.Body),
        };
    }

    /// <summary>Reads the words of a message.</summary>
    public static InboundCommand Parse(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (body.Length > LongestRead) return new Other();
        var words = body.Trim([.. Edges]);
        if (Answer().Match(words) is { Success: true } answer) return OfAnswer(answer);
        return ToAsciiUpper(words.TrimEnd('?', ' ')) switch
        {
            "STOP" or "UNSUBSCRIBE" or "END" or "QUIT" or "STOPALL" or "REVOKE" or "OPTOUT" or "CANCEL" => new Stop(),
            "START" or "YES" or "UNSTOP" => new Start(),
            "HELP" or "INFO" => new Help(),
            "STATUS" => new Status(),
            _ => new Other(),
        };
    }

    private static InboundCommand OfAnswer(Match answer)
    {
        var number = new TypedNumber(answer.Groups["number"].Value);
        if (answer.Groups["pay"].Success) return new Approve(number);
        return answer.Groups["me"].Success ? new NotMe(number) : new Reject(number);
    }

    /// <summary>Upper case for ASCII only: letters that merely look or fold alike stay what they are.</summary>
    private static string ToAsciiUpper(string words) => string.Concat(words.Select(c => char.IsAsciiLetterLower(c) ? (char)(c - 32) : c));

    [GeneratedRegex(
        """^(?:(?<pay>[Pp][Aa][Yy])|(?<me>[Nn][Oo][Tt][ \u00A0]?[Mm][Ee])|[Nn][Oo])[ \t\r\n\u00A0.,:\-]*(?<number>[0-9]{4})\z""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Answer();
}
