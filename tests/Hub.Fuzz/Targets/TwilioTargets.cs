using System.Text;
using Hub.Channels.Email;
using Hub.Channels.Incoming;
using Hub.Channels.Sms;

namespace Hub.Fuzz;

/// <summary>What Twilio posts: a form, read, signed, and read for its meaning.</summary>
internal sealed class FormTarget : FuzzTarget
{
    private const string Url = "https://pay.example/channels/twilio/inbound";
    private static readonly TwilioSignature Signer = new(["token"]);
    private static readonly TwilioSignature Stranger = new(["another"]);

    public override string Name => "twilio-form";

    public override IReadOnlyList<string> Words { get; } =
    [
        "MessageSid=SM1", "AccountSid=AC1", "From=%2B14155550001", "To=%2B15005550006", "Body=PAY+4839", "Body=", "NumMedia=0", "OptOutType=STOP", "MessageStatus=delivered",
        "ErrorCode=30003", "&", "=", "+", "%", "%00", "%0D%0A", "%C3%A9", "%C3", "%F0%9F%98%80", "%ed%a0%80", "%2", "%zz", "&&&&&&&&", Card, "messagesid=x",
    ];

    public override string Try(byte[] input)
    {
        if (FormFields.Read(Text(input)) is not { } form) return "too large";
        Must(form.All.Count <= FormFields.MaxFields, "More fields than are read");
        IsReadTheSame(form);
        IsSigned(form);
        var inbound = TwilioForms.ReadInbound(form);
        var status = TwilioForms.ReadStatus(form);
        if (inbound is not null)
        {
            foreach (var name in new[] { "MessageSid", "From", "To" }) Must(form.All.Count(field => field.Key == name) == 1, $"{name} is not there once");
            Must(!inbound.ToString().Contains(inbound.Body, StringComparison.Ordinal) || inbound.Body.Length == 0 || inbound.MessageSid.Contains(inbound.Body, StringComparison.Ordinal) || "InboundSms ".Contains(inbound.Body, StringComparison.Ordinal) || inbound.Body.StartsWith("InboundSms", StringComparison.Ordinal) || inbound.ToString().Length <= inbound.Body.Length + 11, "A message prints its words");
        }

        return $"{(inbound is null ? "no message" : InboundCommand.Of(inbound).GetType().Name)} {status?.Status.Name ?? "no status"} {status?.Error}";
    }

    // Fields that were decoded, written again and read are the same fields; half a character was replaced when it was first read.
    private static void IsReadTheSame(FormFields form)
    {
        var written = string.Join('&', form.All.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
        if (FormFields.Read(written) is not { } again) return;
        Must(form.All.SequenceEqual(again.All), "Written and read again");
    }

    private static void IsSigned(FormFields form)
    {
        var signature = Signer.Sign(Url, form.All);
        Must(Signer.IsValid(Url, form.All, signature), "Its own signature does not fit");
        Must(Signer.IsValid(Url, form.All.Reverse(), signature), "The order of fields counts");
        Must(!Stranger.IsValid(Url, form.All, signature), "Another token's signature fits");
        Must(!Signer.IsValid($"{Url}/x", form.All, signature), "The signature fits another address");
        Must(!Signer.IsValid(Url, [.. form.All, new("Zz", "1")], signature), "The signature fits another form");
    }
}

/// <summary>A signature and an address as they come: lines of address, signature, body.</summary>
internal sealed class TwilioSignatureTarget : FuzzTarget
{
    private static readonly TwilioSignature Checker = new(["token", "old"]);

    public override string Name => "twilio-signature";

    public override IReadOnlyList<string> Words { get; } =
    [
        "https://", "http://", "://", "pay.example", ":443", ":80", ":8443", "/", "?", "#", "bodySHA256=", "&", "@", "[::1]", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "=", "\n", new string('A', 64),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ];

    public override string Try(byte[] input)
    {
        var lines = Lines(Latin(input), 3);
        var (url, signature, body) = (lines[0] ?? "", lines[1], Encoding.Latin1.GetBytes(lines[2] ?? ""));
        var form = new Dictionary<string, string> { ["Body"] = lines[2] ?? "" };
        Must(!Checker.IsValid(url, form, signature) || signature == Checker.Sign(url, form) || signature!.Trim().Length > 0, "Nothing is a signature");
        Must(!Checker.IsValid(url, body, signature) || url.Contains("bodySHA256", StringComparison.Ordinal), "A body is signed by nothing");
        Must(Checker.IsValid(url, form, Checker.Sign(url, form)), "Its own signature does not fit");
        return $"{Checker.IsValid(url, form, signature)} {Checker.IsValid(url, body, signature)} {signature?.Length}";
    }
}

/// <summary>The words of a text message, and how a text is cut and counted.</summary>
internal sealed class SmsTarget : FuzzTarget
{
    public override string Name => "sms";

    public override IReadOnlyList<string> Words { get; } =
    [
        "PAY", "NO", "NOT ME", "pay", "4839", " ", "\u00A0", "\u200B", "٤٨٣٩", "４８３９", "STOP", "YES", "START", "CANCEL", "HELP", "STATUS", "STATUS R-7", "状态", "退款", "MENSCH ", "？", "?", ".", "-", "РАY", "ＰＡＹ", "€", "{", "😀", "\u0301", "\r\n", "ß", "İ", "ſ", "K",
    ];

    public override string Try(byte[] input)
    {
        var text = Text(input);
        var command = InboundCommand.Parse(text);
        if (DigitsOf(command) is { } digits)
        {
            Must(digits.Length == 4 && digits.All(char.IsAsciiDigit), "A number that is not four ASCII digits counts");
            Must(text.Count(char.IsNumber) == 4 && text.Contains(digits, StringComparison.Ordinal), "A number counts that is not the only one there");
            Must(!text.Contains('?', StringComparison.Ordinal), "A question counts as an answer");
            Must(!command.ToString().Contains(digits, StringComparison.Ordinal), "An answer prints its number");
        }

        Same(command, InboundCommand.Parse($" {text}\r\n") is var again && text.Length < 300 ? again : command, "With white space around it");
        var (plain, thrifty) = (SmsText.ToPlain(text), SmsText.Thrifty(text));
        Must(SmsText.Segments(text) >= 1 && SmsText.Segments(thrifty) <= SmsText.Segments(text), "Thrift costs parts");
        Same(plain, SmsText.ToPlain(plain), "Plain twice");
        foreach (var width in new[] { 3, 17, 70 })
        {
            var cut = SmsText.Shorten(text, width);
            Must(cut == text || cut.Length <= width, "Shortened to more than it was to be");
        }

        return $"{command.GetType().Name} {SmsText.IsGsm7(text)} {SmsText.Segments(text) switch { 1 => 1, 2 => 2, _ => 3 }} {plain == text} {thrifty == text}";
    }

    private static string? DigitsOf(InboundCommand command) => command switch
    {
        InboundCommand.Approve a => a.Number.Digits,
        InboundCommand.Reject r => r.Number.Digits,
        InboundCommand.NotMe n => n.Number?.Digits,
        _ => null,
    };
}

/// <summary>Where somebody can be reached: a number, a mailbox, what stands in a header.</summary>
internal sealed class AddressTarget : FuzzTarget
{
    public override string Name => "address";

    public override IReadOnlyList<string> Words { get; } =
    [
        "+", "+1", "+49151", "+1900", "+882", "0", "15555550100", "４", "ada", "@", "example.com", ".", "..", "\"", "<", ">", ",", ";", "(x)", "\\", "\r\n", "xn--", "é", "[127.0.0.1]", "=?utf-8?q?x?=", " ", "\u0000",
    ];

    public override string Try(byte[] input)
    {
        var text = Text(input);
        var isNumber = E164.TryParse(text, out var number);
        if (isNumber)
        {
            Same(text, number.Number, "A number is what was written");
            Must(text[1..].All(char.IsAsciiDigit) && text.Length is >= 9 and <= 16, "A number of other signs");
            Must(!number.ToString().Contains(text[1..], StringComparison.Ordinal), "A number prints itself");
        }

        var isMailbox = Mailbox.TryParse(text, out var mailbox);
        if (isMailbox)
        {
            Same(text, mailbox.Address, "A mailbox is what was written");
            Must(HeaderText.IsSafe(text) && text.Count(sign => sign == '@') == 1 && !text.Any(char.IsWhiteSpace), "A mailbox that breaks a header");
        }

        Must(!HeaderText.IsSafe(text) || !text.AsSpan().ContainsAny("\r\n\0"), "A header with a line break");
        return $"{isNumber} {(isNumber ? $"{number.Country} {number.IsCostly}" : "")} {isMailbox} {HeaderText.IsSafe(text)}";
    }
}
