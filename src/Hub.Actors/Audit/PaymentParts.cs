using Hub.Domain.Money;

namespace Hub.Actors.Audit;

/// <summary>How far an intent at the bank has come, by its events.</summary>
internal enum IntentStep
{
    Intended,
    Started,
    Unknown,
    Ended,
}

/// <summary>One intent at the bank.</summary>
internal sealed class IntentTrack(string key, string part, Amount asked)
{
    public string Key { get; } = key;

    public string Part { get; } = part;

    public Amount Asked { get; } = asked;

    public IntentStep Step { get; set; }

    public int Tries { get; set; }

    public bool Quarantined { get; set; }
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
}

/// <summary>One attempt.</summary>
internal sealed class AttemptTrack(string id, string gateway, Amount amount, IntentTrack authorize)
{
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
    public bool MayHold => Step is HoldStep.Asked or HoldStep.Held || (Step is HoldStep.Releasing && !CameLate) || Authorize.Step is not IntentStep.Ended;
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
    Reversed,
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
}

/// <summary>One refund.</summary>
internal sealed class RefundTrack(string id, CaptureTrack? capture, Amount amount, IntentTrack intent)
{
    public string Id { get; } = id;

    public CaptureTrack? Capture { get; } = capture;

    public Amount Amount { get; } = amount;

    public IntentTrack Intent { get; } = intent;

    public MoveStep Step { get; set; }
}
