using System.Globalization;

namespace Hub.Simulation.Outside;

/// <summary>One thing the bank did or refused.</summary>
internal sealed class BankEntry(string kind, string id, long amount)
{
    /// <summary><c>authorization</c>, <c>capture</c>, <c>void</c>, <c>refund</c>, <c>order</c>, <c>debit</c>, <c>dispute</c> or <c>dispute_answer</c>.</summary>
    public string Kind { get; } = kind;

    /// <summary>The bank's id.</summary>
    public string Id { get; } = id;

    /// <summary>In minor units.</summary>
    public long Amount { get; set; } = amount;

    /// <summary>ISO 4217.</summary>
    public string Currency { get; set; } = "EUR";

    /// <summary>How it stands.</summary>
    public string Status { get; set; } = "";

    /// <summary>The hub's key.</summary>
    public string Key { get; set; } = "";

    /// <summary>The hub's name for it.</summary>
    public string Reference { get; set; } = "";

    /// <summary>The payment it is about.</summary>
    public string Payment => field ??= Reference.Split('/')[0];

    /// <summary>The connector whose bank it is.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>The request it came by.</summary>
    public string Request { get; set; } = "";

    /// <summary>The authorization of a capture or void; the capture of a refund.</summary>
    public BankEntry? Parent { get; set; }

    /// <summary>Captured of an authorization; refunded of a capture.</summary>
    public long Taken { get; set; }

    /// <summary>A final capture ended the hold.</summary>
    public bool Closed { get; set; }

    /// <summary>The hold was given back.</summary>
    public bool Voided { get; set; }

    /// <summary>When a hold ends.</summary>
    public DateTimeOffset HeldUntil { get; set; }

    /// <summary>What becomes of it later is told to nobody: whoever wants to know has to ask.</summary>
    public bool Silent { get; set; }

    /// <summary>From when on a query finds it.</summary>
    public TimeSpan KnownFrom { get; set; }

    /// <summary>Whether it took the customer's money and has it still.</summary>
    public bool HasMoved => Kind is "capture" or "order" or "debit" && Status is "succeeded" or "accepted" or "cleared";

    /// <summary>Whether the money went back by itself.</summary>
    public bool WentBack => Kind is "debit" && Status is "returned";

    /// <summary>As the bank shows it.</summary>
    public string Json()
    {
        // The answer to a dispute is shown as the dispute that it answers.
        if (Kind == "dispute_answer") return Parent!.Json();
        var more = Kind switch
        {
            "authorization" when Status == "authorized" => $",\"capture_before\":\"{HeldUntil:O}\"",
            "authorization" or "order" when Status == "requires_action" => $",\"action_url\":\"http://bank.example/act/{Id}\"",
            "authorization" or "order" or "debit" when Status == "declined" => ",\"decline_code\":\"generic_decline\"",
            "capture" or "void" => $",\"authorization\":\"{Parent!.Id}\"",
            "dispute" => $",\"reason\":\"not_received\",\"respond_by\":\"{HeldUntil:O}\"",
            "debit" when Status == "returned" => ",\"return_code\":\"account_closed\"",
            "refund" => $",\"{Parent!.Kind}\":\"{Parent.Id}\"",
            _ => "",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"id\":\"{Id}\",\"status\":\"{Status}\",\"amount\":{Amount},\"currency\":\"{Currency}\",\"reference\":\"{Reference}\"{more}{(Status == "failed" ? ",\"failure_code\":\"refused\"" : "")}}}");
    }
}
