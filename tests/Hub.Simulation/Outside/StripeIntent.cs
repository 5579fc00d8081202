using System.Globalization;

namespace Hub.Simulation.Outside;

/// <summary>A PaymentIntent as Stripe keeps it.</summary>
/// <param name="id"><c>pi_…</c></param>
/// <param name="amount">What is to be collected, in minor units.</param>
/// <param name="currency">Lower case.</param>
internal sealed class StripeIntent(string id, long amount, string currency)
{
    /// <summary>Its id.</summary>
    public string Id { get; } = id;

    /// <summary>What is to be collected.</summary>
    public long Amount { get; } = amount;

    /// <summary>Lower case.</summary>
    public string Currency { get; } = currency;

    /// <summary>One of Stripe's own words.</summary>
    public string Status { get; set; } = "requires_payment_method";

    /// <summary>What the hub wrote on it.</summary>
    public SortedDictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Why the last confirmation failed, as JSON.</summary>
    public string? Error { get; set; }

    /// <summary>The hold in the books, once it was confirmed.</summary>
    public BankEntry? Hold { get; set; }

    /// <summary>The capture in the books.</summary>
    public BankEntry? Taken { get; set; }

    /// <summary>As Stripe shows it.</summary>
    public string Json() => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"id\":\"{Id}\",\"object\":\"payment_intent\",\"status\":\"{Status}\",\"amount\":{Amount},\"amount_capturable\":{(Status == "requires_capture" ? Amount : 0)},\"amount_received\":{Taken?.Amount ?? 0},\"currency\":\"{Currency}\",\"metadata\":{MetadataJson(Metadata)},\"last_payment_error\":{Error ?? "null"},\"next_action\":{Action},\"latest_charge\":{Charge}}}");

    /// <summary>The hub's words on an object.</summary>
    public static string MetadataJson(IEnumerable<KeyValuePair<string, string>> words) => $"{{{string.Join(',', words.Select(word => $"\"{word.Key}\":\"{word.Value}\""))}}}";

    private string Action => Status == "requires_action" ? $$$"""{"type":"redirect_to_url","redirect_to_url":{"url":"http://stripe.example/3ds/{{{Id}}}"}}""" : "null";

    private string Charge => Status == "requires_capture"
        ? string.Create(CultureInfo.InvariantCulture, $"{{\"id\":\"ch_{Id[3..]}\",\"payment_method_details\":{{\"type\":\"card\",\"card\":{{\"capture_before\":{Hold!.HeldUntil.ToUnixTimeSeconds()}}}}}}}")
        : "null";
}
