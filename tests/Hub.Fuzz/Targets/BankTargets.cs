using System.Net;
using System.Text.Json;
using System.Text.Unicode;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Signatures;
using Hub.Gateways;
using Hub.Gateways.Http;
using Hub.Gateways.Reactions;
using Hub.Gateways.SandboxBank;

namespace Hub.Fuzz;

/// <summary>What a bank answers, as every operation and as every status.</summary>
internal sealed class BankAnswerTarget : FuzzTarget
{
    private const string Reference = "pay_1/att_1_1/authorize";
    private static readonly BankReading Reading = new("sandbox", BankDialect.Cards, new BankKeys([]));
    private static readonly HashSet<string> Known = [.. typeof(BankObject).GetProperties().Select(member => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name)), "kind", "object"];
    private static readonly HttpStatusCode[] Statuses = [HttpStatusCode.OK, HttpStatusCode.Accepted, HttpStatusCode.BadRequest, HttpStatusCode.Conflict, HttpStatusCode.NotFound, HttpStatusCode.InternalServerError];

    public override string Name => "bank-answer";

    public override long FreeBytes => 4 * 1024 * 1024;

    public override long BytesPerByte => 4_096;

    public override IReadOnlyList<string> Words { get; } =
    [
        "{", "}", ",", "\"id\":\"aut_1\"", "\"status\":\"authorized\"", "\"status\":\"declined\"", "\"status\":\"requires_action\"", "\"status\":\"pending\"", "\"status\":\"succeeded\"", "\"status\":\"failed\"", "\"amount\":4990", "\"amount\":-1", "\"amount\":1e3", "\"amount\":\"12\"", "\"amount\":9223372036854775807",
        "\"currency\":\"EUR\"", "\"currency\":\"eur\"", $"\"reference\":\"{Reference}\"", "\"authorization\":\"aut_1\"", "\"capture\":\"cap_1\"", "\"decline_code\":\"no\"", $"\"decline_code\":\"{Card}\"", $"\"failure_code\":\"{GroupedCard}\"", "\"capture_before\":\"2026-03-09T12:00:00Z\"", "\"capture_before\":\"0001-01-01T00:00:00+14:00\"",
        "\"action_url\":\"https://bank.example/x\"", "\"action_url\":\"javascript:1\"", "\"action_url\":\"file:///x\"", "\"confirmation_digest\":\"x\"", "\"kind\":\"authorization\"", "\"object\":{", "\"error\":{\"code\":\"no\"}", "\\ud800", "\\u0000", "null", "[[[[[[[[[[[[[[[[[[", "\"AMOUNT\":1", "\"amount\":2",
    ];

    public override string Try(byte[] input)
    {
        var answers = new List<GatewayAnswer>();
        foreach (var operation in Enum.GetValues<BankOperationKind>())
        {
            var asked = new BankAsked(operation, "att_1_1/authorize", "Shop") { Reference = Reference, Parent = operation is BankOperationKind.Authorize ? null : "aut_1" };
            foreach (var status in Statuses) answers.Add(Reading.OfOperation(new BankReply.Answered(status, input), asked));
            answers.Add(Reading.OfQuery(new BankReply.Answered(HttpStatusCode.OK, input), asked));
        }

        foreach (var answer in answers) IsSound(answer, input);
        return string.Join(' ', answers.Select(answer => answer.GetType().Name).Distinct());
    }

    private static void IsSound(GatewayAnswer answer, byte[] input)
    {
        Must(answer.ToDomain() is BankAnswer, "The domain knows it");
        var code = answer switch { GatewayAnswer.Declined d => d.Code, GatewayAnswer.OperationFailed f => f.Code, GatewayAnswer.Unknown u => u.Reason, _ => "" };
        Must(code.All(sign => char.IsAsciiLetterLower(sign) || sign == '_'), $"A code holds {code}");
        if (answer is GatewayAnswer.ActionRequired { Url: var url }) Must(url.StartsWith("http", StringComparison.OrdinalIgnoreCase) && !url.AsSpan().ContainsAny("\r\n\0"), $"An address of the bank is {url}");
        if (answer is GatewayAnswer.Authorized or GatewayAnswer.Captured or GatewayAnswer.Refunded) Must(HasNothingTwice(input), "Money moves by an answer that says something twice");
    }

    // Half a surrogate pair is no name, and so none that is known.
    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    // Members that are not known are passed over, however often they come; of the known ones each has one value.
    private static bool HasNothingTwice(byte[] input)
    {
        if (!Utf8.IsValid(input)) return false;
        using var read = JsonDocument.Parse(input);
        var root = read.RootElement;
        var objects = root.TryGetProperty("object", out var inner) && inner.ValueKind is JsonValueKind.Object ? new[] { root, inner } : [root];
        return objects.All(found => found.EnumerateObject().Select(NameOf).Where(Known.Contains).GroupBy(name => name, StringComparer.Ordinal).All(names => names.Count() == 1));
    }
}

/// <summary>What a bank tells by itself: the body, signed as it is.</summary>
internal sealed class BankWebhookTarget : FuzzTarget
{
    private const string Secret = "whsec_YW5vdGhlci1iYW5rLXdlYmhvb2sta2V5LW9mLTMyYnl0ZXM=";
    private static readonly BankWebhooks Reader = new("sandbox", new SandboxBankOptions { BaseAddress = new Uri("http://bank.example"), ApiKey = "k", WebhookSecrets = [Secret] }, new Noon());

    public override string Name => "bank-webhook";

    public override IReadOnlyList<string> Words { get; } =
    [
        "{", "}", ",", "\"id\":\"bev_1\"", "\"type\":\"capture.updated\"", "\"type\":\"refund.updated\"", "\"type\":\"x\"", "\"created_at\":\"2026-03-02T12:00:00Z\"", "\"idempotency_key\":\"cap_1_1/capture\"", "\"object\":{", "\"status\":\"succeeded\"", "\"amount\":1", "\"currency\":\"EUR\"", "\"reference\":\"r\"", "\"id\":\"x\"",
        "\"created_at\":\"9999-12-31T23:59:59.9999999-14:00\"", "\\ud800", "null", Card, "\"Id\":\"y\"", "[[[[[[[[[[[[[[[[[[[[",
    ];

    public override string Try(byte[] input)
    {
        var body = input.Length > IBankWebhooks.MaxBody ? input[..IBankWebhooks.MaxBody] : input;
        var signature = StandardWebhook.Sign("msg_1", Noon.At, body, Secret);
        var read = Reader.Read("msg_1", $"{Noon.Seconds}", signature, body);
        Must(read is not BankWebhook.Forged, "What the bank signed is forged");
        Must(Reader.Read("msg_2", $"{Noon.Seconds}", signature, body) is BankWebhook.Forged, "Another id fits the signature");
        Must(Reader.Read("msg_1", $"{Noon.Seconds}", signature, [.. body, (byte)' ']) is BankWebhook.Forged, "Another body fits the signature");
        if (read is not BankWebhook.Reported { Report: var report }) return read.GetType().Name;
        Must(report.IdempotencyKey.Length is > 0 and <= 200 && report.EventId.Length is > 0 and <= 200, "An id of a length that none has");
        Must(report.Answer.ToDomain() is BankAnswer, "The domain knows it");
        return $"{report.Operation} {report.Answer.GetType().Name}";
    }
}
