using Hub.Domain.Money;
using Hub.Domain.Payments.Attempts;

namespace Hub.Actors.Audit;

/// <summary>How far an intent at the bank has come, by its events.</summary>
internal enum IntentStep
{
    Intended,

    /// <summary>The next call waits for its time.</summary>
    Postponed,
    Started,
    Unknown,
    Ended,

    /// <summary>A person has to agree first: the customer to a debit, a second person to a late refund.</summary>
    Waiting,
}

/// <summary>One intent at the bank.</summary>
internal sealed class IntentTrack(string key, string part, Amount asked, long? keySeconds)
{
    public string Key { get; } = key;

    public string Part { get; } = part;

    public Amount Asked { get; } = asked;

    public IntentStep Step { get; set; }

    public int Tries { get; set; }

    public bool Quarantined { get; set; }

    /// <summary>What the bank says it moved instead of what was asked: in suspense until the intent has ended.</summary>
    public Amount? Suspended { get; set; }

    /// <summary>Whether the bank provably has nothing of it, and no call is out.</summary>
    public bool NeverLeft => Step is IntentStep.Intended or IntentStep.Postponed && !MaybeReached;

    /// <summary>When the first call left.</summary>
    public DateTimeOffset? FirstCallAt { get; set; }

    /// <summary>Whether a call ended in a way that proves nothing: the bank may have carried it out.</summary>
    public bool MaybeReached { get; set; }

    /// <summary>From when on the bank may have forgotten the key; <c>null</c> where it never does, or no call left.</summary>
    public DateTimeOffset? KeyEndsAt => keySeconds is { } seconds ? FirstCallAt?.AddSeconds(seconds) : null;
}

/// <summary>Where an attempt's hold stands, by its events.</summary>
internal enum HoldStep
{
    Asked,
    Held,
    Refused,
    Failed,
    Abandoned,
    Releasing,
    Released,
    Lapsed,

    /// <summary>The money moved at once, without a hold.</summary>
    Taken,
}

/// <summary>One attempt.</summary>
internal sealed class AttemptTrack(string id, string gateway, Amount amount, GatewayTerms terms, IntentTrack authorize)
{
    public GatewayTerms Terms { get; } = terms;

    public string Id { get; } = id;

    public string Gateway { get; } = gateway;

    public Amount Amount { get; } = amount;

    public IntentTrack Authorize { get; } = authorize;

    public HoldStep Step { get; set; }

    public IntentTrack? Void { get; set; }

    public DateTimeOffset? CaptureBefore { get; set; }

    public ConfirmationTrack? Confirmation { get; set; }

    /// <summary>Taken or possibly taken from this hold, in minor units.</summary>
    public long Committed { get; set; }

    /// <summary>A final capture succeeded: the rest of the hold is gone.</summary>
    public bool Final { get; set; }

    /// <summary>The channels an answer may come from.</summary>
    public required int Channels { get; init; }

    /// <summary>The bank had said no, and holds money after all.</summary>
    public bool CameLate { get; set; }

    /// <summary>Whether another attempt must wait for it: the bank may hold money for it, or come to. One that came late is given back by itself.</summary>
    public bool MayHold => Step is HoldStep.Asked or HoldStep.Held or HoldStep.Taken || (Step is HoldStep.Releasing && !CameLate)
        || Authorize.Step is not (IntentStep.Ended or IntentStep.Waiting);

    /// <summary>Whether the customer may be asked about it: the money is held, or the bank is not to be called before.</summary>
    public bool AwaitsCustomer => Terms.Hold ? Step is HoldStep.Held : Step is HoldStep.Asked && Authorize.Step is IntentStep.Waiting;

    /// <summary>The bank's own id of a place it prepared.</summary>
    public string? Place { get; set; }
}

/// <summary>One confirmation.</summary>
internal sealed class ConfirmationTrack(string id, DateTimeOffset expiresAt)
{
    public string Id { get; } = id;

    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    public bool Ended { get; set; }

    public bool Matched { get; set; }
}

/// <summary>Where a capture or a refund stands, by its events.</summary>
internal enum MoveStep
{
    InFlight,
    Succeeded,
    Failed,

    /// <summary>A capture that was returned, or a refund that came back.</summary>
    Reversed,

    /// <summary>A refund that waits for a second person.</summary>
    Waiting,

    /// <summary>A refund that waited and is not made.</summary>
    Canceled,
}

/// <summary>One capture.</summary>
internal sealed class CaptureTrack(string id, AttemptTrack attempt, Amount amount, bool final, IntentTrack intent)
{
    public string Id { get; } = id;

    public AttemptTrack Attempt { get; } = attempt;

    public Amount Amount { get; } = amount;

    public bool Final { get; } = final;

    public IntentTrack Intent { get; } = intent;

    public MoveStep Step { get; set; }

    /// <summary>Given back or possibly given back, in minor units.</summary>
    public long Refunded { get; set; }

    /// <summary>In disputes that are open or lost, in minor units.</summary>
    public long Disputed { get; set; }

    /// <summary>When the money was taken.</summary>
    public DateTimeOffset? TakenAt { get; set; }

    /// <summary>It came when nobody waited for it any more: it pays for nothing and is given back.</summary>
    public bool Late { get; init; }

    public bool Cleared { get; set; }

    /// <summary>How often the bank was asked whether it cleared or went back.</summary>
    public int Questions { get; set; }
}

/// <summary>One dispute.</summary>
internal sealed class DisputeTrack(string id, string bankId, CaptureTrack? capture, Amount amount)
{
    public string Id { get; } = id;

    public string BankId { get; } = bankId;

    public CaptureTrack? Capture { get; } = capture;

    public Amount Amount { get; } = amount;

    public IntentTrack? Answer { get; set; }

    public bool UnderReview { get; set; }

    /// <summary>How often the bank was asked how it stands.</summary>
    public int Questions { get; set; }

    public bool Closed { get; set; }
}

/// <summary>One refund.</summary>
internal sealed class RefundTrack(string id, CaptureTrack? capture, Amount amount, string by, IntentTrack intent)
{
    /// <summary>Who asked for it.</summary>
    public string By { get; } = by;

    public string Id { get; } = id;

    public CaptureTrack? Capture { get; } = capture;

    public Amount Amount { get; } = amount;

    public IntentTrack Intent { get; } = intent;

    public MoveStep Step { get; set; }
}
