using System.Net;
using System.Text.Json;
using Hub.Channels.Sms;
using Hub.Domain.Notifications.Planning;
using Hub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Channels.Tests.Sms;

/// <summary>Prism with Twilio's published document.</summary>
public sealed class TwilioPrism() : PrismServer("twilio_api_v2010.json", ownExamples: false);

/// <summary>Every request of the SMS and WhatsApp adapter fits the OpenAPI document Twilio has published, and the adapter reads what that answers.</summary>
/// <remarks>Prism holds a request's shape against the document. What Twilio does later, delays, errors and callbacks, is the sandbox's to play.</remarks>
public sealed class TwilioContractTests(TwilioPrism prism) : IClassFixture<TwilioPrism>, IDisposable
{
    private const string Account = "AC00000000000000000000000000000000";
    private readonly RequestLog _log = new();

    public static TheoryData<string, string> Messages => new()
    {
        { "sms", "words" },
        { "sms", "everything" },
        { "whatsapp", "words" },
        { "whatsapp", "everything" },
        { "whatsapp", "agreed" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_message_is_created_as_the_document_has_it(string channel, string what)
    {
        Assert.SkipWhen(prism.Skip is not null, prism.Skip ?? "");

        var outcome = await Adapter(channel).SendAsync(Message(what), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Created, "POST"), _log.Last);
        var sent = Assert.IsType<SendOutcome.Sent>(outcome);
        Assert.Matches("^(SM|MM)[0-9a-f]{32}$", sent.ProviderId);
        Assert.True(sent.Segments >= 1);
    }

    [Theory]
    [InlineData("sms")]
    [InlineData("whatsapp")]
    public async Task A_message_is_looked_for_as_the_document_has_it(string channel)
    {
        Assert.SkipWhen(prism.Skip is not null, prism.Skip ?? "");

        // The document's own examples are nobody's message of ours.
        var found = await Adapter(channel).FindAsync(new FindRequest(Message("words"), DateTimeOffset.UnixEpoch, new HashSet<string>()), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "GET"), _log.Last);
        Assert.IsType<FindOutcome.NotListed>(found);
    }

    [Fact]
    public async Task One_message_is_fetched_and_its_members_are_those_the_adapter_reads()
    {
        Assert.SkipWhen(prism.Skip is not null, prism.Skip ?? "");
        using var answer = await AskAsync(HttpMethod.Get, $"Messages/SM{new string('0', 32)}.json", authorized: true);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var read = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        foreach (var member in new[] { "sid", "status", "error_code", "num_segments", "body", "from", "to", "direction", "date_created" }) Assert.True(read.RootElement.TryGetProperty(member, out _), member);
        Assert.NotNull(TwilioStatus.Of(read.RootElement.GetProperty("status").GetString()));
    }

    [Theory]
    [InlineData("From=%2B15005550006&Body=x", true, HttpStatusCode.UnprocessableEntity)]
    [InlineData("To=%2B15005550020&From=%2B15005550006&Body=x", false, HttpStatusCode.Unauthorized)]
    [InlineData("To=%2B15005550020&From=%2B15005550006&Body=x", true, HttpStatusCode.Created)]
    public async Task The_document_refuses_what_lacks_a_receiver_or_credentials(string form, bool authorized, HttpStatusCode status)
    {
        Assert.SkipWhen(prism.Skip is not null, prism.Skip ?? "");

        using var answer = await AskAsync(HttpMethod.Post, "Messages.json", authorized, form);

        Assert.Equal(status, answer.StatusCode);
    }

    /// <inheritdoc/>
    public void Dispose() => _log.Dispose();

    private static OutgoingMessage Message(string what)
    {
        var words = new OutgoingMessage("dlv_01jd3v9h5k0000000000000000_1", "+15005550020", "OmniHub: pay €44.70 to ACME Books? Reply PAY 4839 or NO 4839.");
        return what switch
        {
            "everything" => words with { ValidFor = TimeSpan.FromMinutes(5), DiscardContent = true },
            "agreed" => words with { Template = new AgreedWords("HX00000000000000000000000000000001", ["€44.70", "ACME Books", "4839", "5", "204816"]), DiscardContent = true },
            _ => words,
        };
    }

    private TwilioMessages Adapter(string channel)
    {
        var options = new TwilioOptions { BaseUrl = prism.Address, AccountSid = Account, From = "+15005550006", WhatsAppFrom = "+14155238886", AuthTokens = { "token" } };
        var line = channel == "sms" ? TwilioLine.Sms(options) : TwilioLine.WhatsApp(options);
        return new TwilioMessages(new HttpMessageInvoker(_log, disposeHandler: false), line, options, new Uri("https://hub.example"), NullLogger<TwilioMessages>.Instance);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, bool authorized, string? form = null)
    {
        using var client = new HttpMessageInvoker(_log, disposeHandler: false);
        using var request = new HttpRequestMessage(method, new Uri(prism.Address, $"/2010-04-01/Accounts/{Account}/{path}"));
        if (authorized) request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{Account}:token")));
        if (form is not null) request.Content = new StringContent(form, null, "application/x-www-form-urlencoded");
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Remembers what the last request was answered.</summary>
    private sealed class RequestLog() : DelegatingHandler(new SocketsHttpHandler())
    {
        public (HttpStatusCode Status, string Method) Last { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            Last = (response.StatusCode, request.Method.Method);
            return response;
        }
    }
}
