using System.Text.RegularExpressions;
using Hub.Channels.Sms;
using Hub.Domain.Addresses;

namespace Hub.Channels.Incoming;

/// <summary>A one-time number as it was typed. It is replaced by a digest before it goes anywhere, and never printed.</summary>
/// <param name="Digits">Four ASCII digits.</param>
public readonly record struct TypedNumber(string Digits)
{
    /// <summary>Stars.</summary>
    public override string ToString() => "****";
}

/// <summary>What somebody meant by what they wrote: by SMS, by WhatsApp, in the chat.</summary>
/// <remarks>
/// Strict where money moves: a number counts only in ASCII digits, with nothing beside it but the word, spaces and
/// plain punctuation. A question mark makes it a question. The words carriers keep for opting in and out, YES and
/// CANCEL among them, never approve or reject. The words for everything else are those of <see cref="CommandWords"/>.
/// </remarks>
public abstract partial record InboundCommand
{
    private const int LongestRead = 320;
    private const string Edges = " \t\r\n.,;:!\"'()*<>-_\u00A0\u2018\u2019\u201C\u201D\u201E\u200B\u200C\u200D\u2060\uFEFF\u3000\u3002\uFF01\uFF0C\uFF1A\uFF1B";
    private const string Marks = "?\uFF1F \u3002.!\uFF01";

    private InboundCommand()
    {
    }

    /// <summary><c>PAY 4839</c>.</summary>
    public sealed record Approve(TypedNumber Number) : InboundCommand;

    /// <summary><c>NO 4839</c>.</summary>
    public sealed record Reject(TypedNumber Number) : InboundCommand;

    /// <summary><c>NOT ME 4839</c>: a rejection by somebody who asked for no payment at all. Without a number: somebody else's doing was announced here.</summary>
    public sealed record NotMe(TypedNumber? Number) : InboundCommand;

    /// <summary>An opt-out word.</summary>
    public sealed record Stop : InboundCommand;

    /// <summary>An opt-in word.</summary>
    public sealed record Start : InboundCommand;

    /// <summary>Asks what this is.</summary>
    public sealed record Help : InboundCommand;

    /// <summary>Asks how things stand.</summary>
    /// <param name="Reference">The order it is about: the shop's own reference, or the end of the hub's id; <c>null</c> where none was named.</param>
    public sealed record Status(string? Reference = null) : InboundCommand;

    /// <summary>Asks for a person.</summary>
    /// <inheritdoc cref="Status" path="/param"/>
    public sealed record Human(string? Reference = null) : InboundCommand;

    /// <summary>Asks for the receipt once more.</summary>
    /// <inheritdoc cref="Status" path="/param"/>
    public sealed record Receipt(string? Reference = null) : InboundCommand;

    /// <summary>Asks for money back; a person decides.</summary>
    /// <inheritdoc cref="Status" path="/param"/>
    public sealed record Refund(string? Reference = null) : InboundCommand;

    /// <summary>Anything else: for a person to read, never a yes or no.</summary>
    public sealed record Other : InboundCommand;

    /// <summary>What it is, as an address is told; the number and the reference go beside it.</summary>
    public Inbound Kind => this switch
    {
        Approve => Inbound.Approve,
        Reject => Inbound.Reject,
        NotMe => Inbound.NotMe,
        Stop => Inbound.Stop,
        Start => Inbound.Start,
        Help => Inbound.Help,
        Status => Inbound.Status,
        Human => Inbound.Human,
        Receipt => Inbound.Receipt,
        Refund => Inbound.Refund,
        _ => Inbound.Other,
    };

    /// <summary>The four digits of an answer; <c>null</c> where there are none.</summary>
    public TypedNumber? Answered => this switch
    {
        Approve a => a.Number,
        Reject r => r.Number,
        NotMe n => n.Number,
        _ => null,
    };

    /// <summary>The order that was named; <c>null</c> where none was. Whoever journals it makes sure that no card number stands in it.</summary>
    public string? Order => this switch
    {
        Status s => s.Reference,
        Human h => h.Reference,
        Receipt r => r.Reference,
        Refund r => r.Reference,
        _ => null,
    };

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
        var asked = words.TrimEnd([.. Marks]);
        if (CommandWords.Find(asked) is { } kind) return OfKind(kind, null);
        return Named().Match(asked) is { Success: true } named && CommandWords.Find(named.Groups["word"].Value) is { } about
            ? OfKind(about, named.Groups["order"].Value)
            : new Other();
    }

    private static InboundCommand OfAnswer(Match answer)
    {
        var number = new TypedNumber(answer.Groups["number"].Value);
        if (answer.Groups["pay"].Success) return new Approve(number);
        return answer.Groups["me"].Success ? new NotMe(number) : new Reject(number);
    }

    // Words that carriers keep mean what they mean alone; with anything beside them they mean nothing.
    private static InboundCommand OfKind(Inbound kind, string? order) => kind switch
    {
        Inbound.Status => new Status(order),
        Inbound.Human => new Human(order),
        Inbound.Receipt => new Receipt(order),
        Inbound.Refund => new Refund(order),
        Inbound.Stop when order is null => new Stop(),
        Inbound.Start when order is null => new Start(),
        Inbound.Help when order is null => new Help(),
        Inbound.NotMe when order is null => new NotMe(null),
        _ => new Other(),
    };

    [GeneratedRegex(
        """^(?:(?<pay>[Pp][Aa][Yy])|(?<me>[Nn][Oo][Tt][ \u00A0]?[Mm][Ee])|[Nn][Oo])[ \t\r\n\u00A0.,:\-]*(?<number>[0-9]{4})\z""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Answer();

    // An order's name is one word that begins as ours do or has a digit in it: what follows is then no sentence, and STATUS PLEASE is for a person.
    [GeneratedRegex(
        """^(?<word>[A-Za-z]+(?=[ :\u00A0#])|[\u4E00-\u9FFF]{2,4})[ :\u00A0\u3000\uFF1A]*#?(?<order>(?=[Oo][Rr][Dd]_|[A-Za-z0-9_./\-]*[0-9])[A-Za-z0-9](?:[A-Za-z0-9_./\-]{0,98}[A-Za-z0-9])?)\z""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
