using System.Globalization;
using System.Text.Json.Nodes;

namespace Hub.Gateways.Tests.Stripe;

/// <summary>What Stripe keeps: intents and refunds, and what happened to money. The rules are those of its documentation.</summary>
internal sealed class StripeBooks
{
    internal const long CaptureBefore = 1_775_500_000;

    internal static readonly string Declines = "4000000000000002";

    internal static readonly string Authenticates = "4000000000003220";

    private readonly List<JsonObject> _intents = [];
    private readonly List<JsonObject> _refunds = [];
    private readonly List<JsonObject> _disputes = [];

    internal int Holds { get; private set; }

    internal int Captures { get; private set; }

    internal int Cancellations { get; private set; }

    internal int DisputeAnswers { get; private set; }

    internal IReadOnlyList<JsonObject> Intents => _intents;

    internal IReadOnlyList<JsonObject> Refunds => _refunds;

    internal static JsonNode Error(string type, string? code, string? declineCode = null, JsonNode? intent = null)
    {
        var error = new JsonObject { ["type"] = type, ["message"] = "Not for the hub." };
        if (code is not null) error["code"] = code;
        if (declineCode is not null) error["decline_code"] = declineCode;
        if (intent is not null) error["payment_intent"] = intent.DeepClone();
        return new JsonObject { ["error"] = error };
    }

    /// <summary>The customer came back from the bank's page.</summary>
    internal void Authenticated(string intent, bool passed)
    {
        var one = Find(intent)!;
        one["next_action"] = null;
        if (passed) Hold(one);
        else Fail(one, "invalid_request_error", "payment_intent_authentication_failure", null);
    }

    /// <summary>The customer went to the card's bank.</summary>
    internal JsonObject Disputed(string intent)
    {
        var one = Find(intent)!;
        var dispute = new JsonObject
        {
            ["id"] = $"du_{_disputes.Count + 1}",
            ["object"] = "dispute",
            ["status"] = "needs_response",
            ["amount"] = one["amount_received"]!.DeepClone(),
            ["currency"] = one["currency"]!.DeepClone(),
            ["reason"] = "product_not_received",
            ["payment_intent"] = intent,
            ["evidence_details"] = new JsonObject { ["due_by"] = 1_776_000_000, ["has_evidence"] = false, ["submission_count"] = 0 },
        };
        _disputes.Add(dispute);
        return dispute;
    }

    internal (int Status, JsonNode Body) Read(StripeCall call)
    {
        if (call.Path.StartsWith("/v1/disputes/", StringComparison.Ordinal))
        {
            return _disputes.Find(d => d["id"]!.GetValue<string>() == call.Path.Split('/')[3]) is { } dispute ? (200, dispute.DeepClone()) : (404, Error("invalid_request_error", "resource_missing"));
        }

        if (call.Path == "/v1/refunds")
        {
            // The latest first, as Stripe lists them, and in pages of two.
            var asked = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(call.Query);
            var all = _refunds.Where(refund => refund["payment_intent"]!.GetValue<string>() == asked["payment_intent"].ToString()).Reverse().ToList();
            var from = asked.TryGetValue("starting_after", out var last) ? all.FindIndex(refund => refund["id"]!.GetValue<string>() == last.ToString()) + 1 : 0;
            var page = all.Skip(from).Take(2).Select(refund => refund.DeepClone()).ToArray();
            return (200, new JsonObject { ["object"] = "list", ["data"] = new JsonArray(page), ["has_more"] = all.Count > from + page.Length });
        }

        return Find(call.Path.Split('/')[3]) is { } intent ? (200, intent.DeepClone()) : (404, Error("invalid_request_error", "resource_missing"));
    }

    internal (int Status, JsonNode Body) Write(StripeCall call)
    {
        if (call.Path == "/v1/payment_intents") return (200, Create(call).DeepClone());
        if (call.Path == "/v1/refunds") return Refund(call);
        if (call.Path.StartsWith("/v1/disputes/", StringComparison.Ordinal)) return AnswerDispute(call);
        var parts = call.Path.Split('/');
        if (Find(parts[3]) is not { } intent) return (404, Error("invalid_request_error", "resource_missing"));
        return parts[4] switch
        {
            "confirm" => Confirm(intent, call),
            "capture" => Capture(intent, call),
            "cancel" => Cancel(intent),
            _ => (404, Error("invalid_request_error", "url_invalid")),
        };
    }

    private (int Status, JsonNode Body) AnswerDispute(StripeCall call)
    {
        var parts = call.Path.Split('/');
        if (_disputes.Find(d => d["id"]!.GetValue<string>() == parts[3]) is not { } dispute) return (404, Error("invalid_request_error", "resource_missing"));
        if (Status(dispute) != "needs_response") return (400, Error("invalid_request_error", "dispute_already_closed"));
        DisputeAnswers++;
        dispute["status"] = parts.Length > 4 ? "lost" : "under_review";
        if (parts.Length == 4)
        {
            dispute["evidence"] = new JsonObject { ["uncategorized_text"] = call.Form["evidence[uncategorized_text]"] };
            dispute["evidence_details"] = new JsonObject { ["due_by"] = 1_776_000_000, ["has_evidence"] = true, ["submission_count"] = 1 };
        }

        return (200, dispute.DeepClone());
    }

    private JsonObject? Find(string id) => _intents.Find(intent => intent["id"]!.GetValue<string>() == id);

    private JsonObject Create(StripeCall call)
    {
        var intent = new JsonObject
        {
            ["id"] = $"pi_{_intents.Count + 1}",
            ["object"] = "payment_intent",
            ["status"] = "requires_payment_method",
            ["amount"] = long.Parse(call.Form["amount"], CultureInfo.InvariantCulture),
            ["amount_capturable"] = 0,
            ["amount_received"] = 0,
            ["currency"] = call.Form["currency"],
            ["capture_method"] = call.Form["capture_method"],
            ["metadata"] = Metadata(call),
            ["last_payment_error"] = null,
            ["next_action"] = null,
            ["latest_charge"] = null,
        };
        _intents.Add(intent);
        return intent;
    }

    private (int Status, JsonNode Body) Confirm(JsonObject intent, StripeCall call)
    {
        if (Status(intent) is not ("requires_payment_method" or "requires_confirmation")) return Unexpected(intent);
        var number = call.Form["payment_method_data[card][number]"];
        if (number == Declines)
        {
            Fail(intent, "card_error", "card_declined", "insufficient_funds");
            return (402, Error("card_error", "card_declined", "insufficient_funds", intent));
        }

        if (number == Authenticates)
        {
            intent["status"] = "requires_action";
            intent["next_action"] = new JsonObject
            {
                ["type"] = "redirect_to_url",
                ["redirect_to_url"] = new JsonObject { ["url"] = "https://hooks.stripe.example/3ds", ["return_url"] = call.Form["return_url"] },
            };
            return (200, intent.DeepClone());
        }

        Hold(intent);
        return (200, intent.DeepClone());
    }

    private (int Status, JsonNode Body) Capture(JsonObject intent, StripeCall call)
    {
        if (Status(intent) is not "requires_capture") return Unexpected(intent);
        Captures++;
        intent["status"] = "succeeded";
        intent["amount_received"] = long.Parse(call.Form["amount_to_capture"], CultureInfo.InvariantCulture);
        intent["amount_capturable"] = 0;
        foreach (var (name, value) in Metadata(call)) intent["metadata"]![name] = value!.DeepClone();
        return (200, intent.DeepClone());
    }

    private (int Status, JsonNode Body) Cancel(JsonObject intent)
    {
        if (Status(intent) is "succeeded" or "canceled") return Unexpected(intent);
        Cancellations++;
        intent["status"] = "canceled";
        intent["amount_capturable"] = 0;
        return (200, intent.DeepClone());
    }

    private (int Status, JsonNode Body) Refund(StripeCall call)
    {
        var (of, amount) = (call.Form["payment_intent"], long.Parse(call.Form["amount"], CultureInfo.InvariantCulture));
        var intent = Find(of)!;
        var refunded = _refunds.Where(refund => refund["payment_intent"]!.GetValue<string>() == of).Sum(refund => refund["amount"]!.GetValue<long>());
        if (refunded + amount > intent["amount_received"]!.GetValue<long>()) return (400, Error("invalid_request_error", "charge_already_refunded"));
        var refund = new JsonObject
        {
            ["id"] = $"re_{_refunds.Count + 1}",
            ["object"] = "refund",
            ["status"] = "succeeded",
            ["amount"] = amount,
            ["currency"] = intent["currency"]!.GetValue<string>(),
            ["payment_intent"] = of,
            ["metadata"] = Metadata(call),
        };
        _refunds.Add(refund);
        return (200, refund.DeepClone());
    }

    private void Hold(JsonObject intent)
    {
        Holds++;
        intent["status"] = "requires_capture";
        intent["amount_capturable"] = intent["amount"]!.GetValue<long>();
        intent["latest_charge"] = new JsonObject
        {
            ["id"] = "ch_1",
            ["payment_method_details"] = new JsonObject { ["type"] = "card", ["card"] = new JsonObject { ["capture_before"] = CaptureBefore } },
        };
    }

    private static void Fail(JsonObject intent, string type, string code, string? declineCode)
    {
        intent["status"] = "requires_payment_method";
        intent["last_payment_error"] = Error(type, code, declineCode)["error"]!.DeepClone();
    }

    private static (int Status, JsonNode Body) Unexpected(JsonObject intent) => (400, Error("invalid_request_error", "payment_intent_unexpected_state", null, intent));

    private static string Status(JsonObject intent) => intent["status"]!.GetValue<string>();

    private static JsonObject Metadata(StripeCall call) => new(call.Form
        .Where(field => field.Key.StartsWith("metadata[", StringComparison.Ordinal))
        .Select(field => KeyValuePair.Create(field.Key[9..^1], (JsonNode?)field.Value)));
}
