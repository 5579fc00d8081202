using Microsoft.AspNetCore.Http;

namespace Hub.Sandbox.Phones;

/// <summary>POST Messages.json: what a form asks for.</summary>
internal sealed record SendRequest(string? From, string? To, string? Body, string? StatusCallback, bool Discard, string? ContentSid)
{
    private const int MostCharacters = 1600;

    internal static SendRequest Of(IFormCollection form) => new(
        Value(form, "From") ?? (Value(form, "MessagingServiceSid") is null ? null : SandboxKeys.TwilioSender), Value(form, "To"),
        Value(form, "ContentSid") is { } sid ? WhatsApp.Fill(sid, Value(form, "ContentVariables")) : Value(form, "Body"),
        Value(form, "StatusCallback"), Value(form, "ContentRetention") == "discard", Value(form, "ContentSid"));

    /// <summary>What the network refuses without looking at its books, in Twilio's order: To, From, Body, the rest.</summary>
    internal TwilioError? Refusal()
    {
        if (To is null) return TwilioError.NoTo;
        if (From is null) return TwilioError.NoFrom;
        if (Body is null) return ContentSid is null ? TwilioError.NoBody : TwilioError.BadContent;
        if (!IsNumber(To)) return TwilioError.InvalidTo(To);
        if (!IsNumber(From)) return TwilioError.NotOurs;
        if (WhatsApp.Is(From) != WhatsApp.Is(To)) return TwilioError.NotAPair;
        if (Body.Length > MostCharacters) return TwilioError.TooLong;
        if (StatusCallback is not null && !IsHttp(StatusCallback)) return TwilioError.BadCallback;
        return MagicNumbers.Refusal(WhatsApp.NumberOf(To));
    }

    /// <summary>Whether a number reads +, then 8 to 15 digits that do not start with 0 (E.164), with or without <c>whatsapp:</c> before it.</summary>
    internal static bool IsNumber(string address)
    {
        var number = WhatsApp.NumberOf(address);
        return number.Length is >= 9 and <= 16 && number[0] == '+' && number[1] != '0' && number.Skip(1).All(char.IsAsciiDigit);
    }

    private static bool IsHttp(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https");

    private static string? Value(IFormCollection form, string name) => form.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;
}
