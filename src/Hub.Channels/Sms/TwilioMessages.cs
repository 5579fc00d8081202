using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Hub.Channels.Http;
using Hub.Domain.Notifications.Planning;
using Microsoft.Extensions.Logging;

namespace Hub.Channels.Sms;

/// <summary>Text messages and WhatsApp through Twilio's REST API.</summary>
/// <remarks>
/// Twilio has no idempotency key. The delivery's id travels in the callback's address instead, so that a lost answer
/// is settled by the callback; until then the message is looked for in the list, by number, words and time.
/// Source: Twilio's OpenAPI document <c>twilio_api_v2010</c>, CreateMessage and ListMessage.
/// </remarks>
/// <param name="http">Carries the calls; time and size limits are its own.</param>
/// <param name="line">Which of the two.</param>
/// <param name="options">The account.</param>
/// <param name="publicUrl">Where Twilio reaches the hub.</param>
/// <param name="log">Hears of refusals by delivery id, never by number or words.</param>
public sealed partial class TwilioMessages(HttpMessageInvoker http, TwilioLine line, TwilioOptions options, Uri publicUrl, ILogger<TwilioMessages> log) : IChannelAdapter
{
    private const int AnswerCap = 256 * 1024;
    private const int ListedAtMost = 50;
    private const int LongestValiditySeconds = 36_000;

    /// <summary>How far Twilio's clock and ours may differ, and how long a create may take to show a date.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FoundWithin = TimeSpan.FromMinutes(15);

    private readonly Uri _messages = new($"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/2010-04-01/Accounts/{options.AccountSid}/Messages.json");

    /// <inheritdoc/>
    public string Channel => Capabilities.Channel;

    /// <inheritdoc/>
    public Capabilities Capabilities => line.Capabilities;

    /// <summary>Where Twilio reports on a delivery.</summary>
    public static Uri StatusCallback(Uri publicUrl, string deliveryId)
    {
        ArgumentNullException.ThrowIfNull(publicUrl);
        return new Uri($"{publicUrl.AbsoluteUri.TrimEnd('/')}/channels/twilio/status/{Uri.EscapeDataString(deliveryId)}");
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (RefusalOf(message) is { } refused) return refused;
        using var request = NewRequest(HttpMethod.Post, _messages);
        request.Content = new FormUrlEncodedContent(FieldsOf(message));
        SendOutcome outcome;
        try
        {
            using var response = await http.SendAsync(request, cancel);
            outcome = Interpret(response.StatusCode, await Calls.ReadAsync(response.Content, AnswerCap, cancel));
        }
        catch (HttpRequestException e) when (Calls.NeverLeft(e))
        {
            outcome = new SendOutcome.NeverReached(Calls.Reason(e));
        }
        catch (Exception e) when (Calls.WentSilent(e, cancel))
        {
            outcome = new SendOutcome.Unknown(Calls.Reason(e));
        }

        if (outcome is SendOutcome.Refused no) LogRefused(message.DeliveryId, no.Error, no.ProviderCode);
        return outcome;
    }

    /// <inheritdoc/>
    public async Task<FindOutcome> FindAsync(FindRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var query = $"?To={Uri.EscapeDataString(line.Address(request.Message.To))}&PageSize={ListedAtMost}";
        using var call = NewRequest(HttpMethod.Get, new Uri(_messages + query));
        try
        {
            using var response = await http.SendAsync(call, cancel);
            var body = await Calls.ReadAsync(response.Content, AnswerCap, cancel);
            if (response.StatusCode != HttpStatusCode.OK) return new FindOutcome.CannotTell($"http {(int)response.StatusCode}");
            var page = TwilioJson.Read(body, TwilioJson.Default.TwilioPage);
            return page?.Messages is { } listed ? Find(listed, request) : new FindOutcome.CannotTell("unreadable list");
        }
        catch (Exception e) when (Calls.WentSilent(e, cancel))
        {
            return new FindOutcome.CannotTell(Calls.Reason(e));
        }
    }

    private FindOutcome Find(IReadOnlyList<TwilioMessage> listed, FindRequest request)
    {
        // The oldest that fits: a repeat of the same words later on belongs to a later delivery.
        var found = listed
            .Where(m => m.Sid is not null && !request.Claimed.Contains(m.Sid))
            .Where(m => m.To == line.Address(request.Message.To) && m.From == line.Address(line.From) && SaysTheSame(m, request.Message))
            .Where(m => m.Direction is null || m.Direction.StartsWith("outbound", StringComparison.Ordinal))
            .Select(m => (Message: m, Created: ReadDate(m.DateCreated)))
            .Where(m => m.Created >= request.StartedAt - Skew && m.Created <= request.StartedAt + FoundWithin)
            .OrderBy(m => m.Created)
            .Select(m => m.Message)
            .FirstOrDefault();
        if (found is null) return new FindOutcome.NotListed();
        if (TwilioStatus.Of(found.Status) is not { } status) return new FindOutcome.CannotTell("unknown status");
        var code = found.ErrorCode?.ToString(CultureInfo.InvariantCulture);
        return new FindOutcome.Found(found.Sid!, SegmentsOf(found), status.State, TwilioErrors.OfStatus(status, code));
    }

    /// <summary>Words that Twilio was asked to forget are listed as none, and agreed words as Twilio fills them in: then number and time have to do.</summary>
    private static bool SaysTheSame(TwilioMessage listed, OutgoingMessage sent) =>
        listed.Body == sent.Text || sent.Template is not null || (sent.DiscardContent && string.IsNullOrEmpty(listed.Body));

    private SendOutcome.Refused? RefusalOf(OutgoingMessage message)
    {
        if (line.From.Length == 0) return new SendOutcome.Refused(ErrorClass.NotAllowed, "", "no sender on this channel");
        if (!E164.TryParse(message.To, out var to)) return new SendOutcome.Refused(ErrorClass.InvalidAddress, "", "not a number in E.164 form");
        if (to.IsCostly) return new SendOutcome.Refused(ErrorClass.NotAllowed, "", "premium-rate or satellite number");
        if (to.Country is not { } country || !options.SendsTo(country)) return new SendOutcome.Refused(ErrorClass.NotAllowed, "", "country not on the list");
        if (message.Text.Length == 0 || message.Text.Length > Capabilities.MaxLength) return new SendOutcome.Refused(ErrorClass.ContentRefused, "", "empty or too long");
        return null;
    }

    private IEnumerable<KeyValuePair<string, string>> FieldsOf(OutgoingMessage message)
    {
        yield return KeyValuePair.Create("To", line.Address(message.To));
        yield return KeyValuePair.Create("From", line.Address(line.From));
        if (message.Template is { } agreed)
        {
            yield return KeyValuePair.Create("ContentSid", agreed.Name);
            yield return KeyValuePair.Create("ContentVariables", VariablesOf(agreed));
        }
        else
        {
            yield return KeyValuePair.Create("Body", message.Text);
        }

        yield return KeyValuePair.Create("StatusCallback", StatusCallback(publicUrl, message.DeliveryId).AbsoluteUri);
        if (line.Expires && message.ValidFor is { } valid)
        {
            var seconds = Math.Clamp(valid.Ticks / TimeSpan.TicksPerSecond, 1, LongestValiditySeconds);
            yield return KeyValuePair.Create("ValidityPeriod", seconds.ToString(CultureInfo.InvariantCulture));
        }

        if (message.DiscardContent) yield return KeyValuePair.Create("ContentRetention", "discard");
    }

    // The places are numbered from 1, and their values are words.
    private static string VariablesOf(AgreedWords agreed) => JsonSerializer.Serialize(
        agreed.Variables.Select((value, index) => (Place: (index + 1).ToString(CultureInfo.InvariantCulture), value)).ToDictionary(v => v.Place, v => v.value, StringComparer.Ordinal),
        TwilioJson.Default.DictionaryStringString);

    private HttpRequestMessage NewRequest(HttpMethod method, Uri address)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.AccountSid}:{options.AuthTokens[0]}"));
        var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }

    private static SendOutcome Interpret(HttpStatusCode status, byte[] body)
    {
        var number = (int)status;
        if (number is 200 or 201)
        {
            var created = TwilioJson.Read(body, TwilioJson.Default.TwilioMessage);
            return created?.Sid is { Length: > 0 } sid
                ? new SendOutcome.Sent(sid, SegmentsOf(created))
                : new SendOutcome.Unknown("created, without a sid");
        }

        // A proxy's 408 and any 5xx may come after Twilio took the message.
        if (number is < 300 or 408 or >= 500) return new SendOutcome.Unknown($"http {number}");
        var code = TwilioJson.Read(body, TwilioJson.Default.TwilioError)?.Code;
        if (number == 429 && code is null or 20429) return new SendOutcome.NeverReached("http 429");
        if (number == 401) return new SendOutcome.Refused(ErrorClass.Credentials, Name(code), "http 401");
        return new SendOutcome.Refused(code is { } known ? TwilioErrors.Classify(known) : ErrorClass.Other, Name(code), $"http {number}");
    }

    private static string Name(int? code) => code?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static int SegmentsOf(TwilioMessage message) =>
        int.TryParse(message.NumSegments, NumberStyles.None, CultureInfo.InvariantCulture, out var segments) ? Math.Max(1, segments) : 1;

    private static DateTimeOffset? ReadDate(string? rfc2822) =>
        DateTimeOffset.TryParseExact(
            rfc2822,
            ["ddd, dd MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss zzz", "r"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var date)
            ? date
            : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {DeliveryId} was refused: {Error}, provider code {Code}")]
    private partial void LogRefused(string deliveryId, ErrorClass error, string code);
}
