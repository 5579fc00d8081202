using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Channels.Sms;

/// <summary>A message as Twilio's API shows it; only what the hub reads.</summary>
internal sealed record TwilioMessage(
    string? Sid,
    string? Status,
    int? ErrorCode,
    string? NumSegments,
    string? Body,
    string? From,
    string? To,
    string? Direction,
    string? DateCreated);

/// <summary>A page of messages, newest first.</summary>
internal sealed record TwilioPage(IReadOnlyList<TwilioMessage>? Messages);

/// <summary>Twilio's error document. Its message may hold the number, so it is not kept.</summary>
internal sealed record TwilioError(int? Code);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TwilioMessage))]
[JsonSerializable(typeof(TwilioPage))]
[JsonSerializable(typeof(TwilioError))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class TwilioJson : JsonSerializerContext
{
    /// <summary>Reads an answer; <c>null</c> when it is not the JSON it should be, as from a proxy in between.</summary>
    internal static T? Read<T>(ReadOnlySpan<byte> json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> shape)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, shape);
        }
        catch (JsonException)
        {
            // Not an answer of Twilio's: the callers decide by the status what that means.
            return null;
        }
    }
}
