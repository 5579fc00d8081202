namespace Hub.Gateways.Http;

/// <summary>How a gateway is doing, at one moment.</summary>
/// <param name="CircuitOpen">Whether calls to it would not be made now.</param>
/// <param name="AnsweredBasisPoints">Of its latest calls, how many brought an answer; 0 to 10,000.</param>
public readonly record struct GatewayStanding(bool CircuitOpen, int AnsweredBasisPoints)
{
    /// <summary>Of a gateway nobody has called yet.</summary>
    public static GatewayStanding Unknown { get; } = new(CircuitOpen: false, AnsweredBasisPoints: 10_000);
}

/// <summary>What this process has seen of one gateway's calls lately. Kept in memory only: after a restart every gateway starts afresh.</summary>
/// <remarks>
/// Two counters, calls and answers, both halved every <see cref="HalfLife"/>, so that an hour ago weighs a sixty-fourth of now.
/// <see cref="Prior"/> answered calls are assumed on top: two failures of two calls are no verdict. A decline is an answer:
/// it speaks of a customer's card, and a gateway must not lose traffic for the cards that the rules send it.
/// </remarks>
/// <param name="time">Whose clock counts.</param>
public sealed class GatewayHealth(TimeProvider time)
{
    /// <summary>After how long a call counts half.</summary>
    public static readonly TimeSpan HalfLife = TimeSpan.FromMinutes(10);

    /// <summary>How many answered calls are assumed.</summary>
    public const int Prior = 20;

    // One call; a power of two, so that ten halvings stay exact.
    private const long One = 1024;

    private readonly Lock _gate = new();
    private DateTimeOffset _since = time.GetUtcNow();
    private DateTimeOffset _openUntil = DateTimeOffset.MinValue;
    private long _calls;
    private long _answers;

    /// <summary>How it is doing now.</summary>
    public GatewayStanding Standing
    {
        get
        {
            lock (_gate)
            {
                var now = Decay();
                const long prior = Prior * One;
                return new GatewayStanding(now < _openUntil, (int)((_answers + prior) * 10_000 / (_calls + prior)));
            }
        }
    }

    /// <summary>A call was made.</summary>
    internal void Count(bool answered)
    {
        lock (_gate)
        {
            Decay();
            _calls += One;
            if (answered) _answers += One;
        }
    }

    /// <summary>The circuit opened. When the break is over a call may try again, so the gateway must not stay last: nobody would try it.</summary>
    internal void Opened(TimeSpan pause)
    {
        lock (_gate) _openUntil = time.GetUtcNow() + pause;
    }

    /// <summary>The circuit closed.</summary>
    internal void Closed()
    {
        lock (_gate) _openUntil = DateTimeOffset.MinValue;
    }

    private DateTimeOffset Decay()
    {
        var now = time.GetUtcNow();
        var halvings = (now - _since) / HalfLife;

        // A clock that was set back starts a new count of time and forgets nothing.
        if (halvings < 0) _since = now;
        if (halvings < 1) return now;
        var whole = (int)Math.Min(halvings, 62);
        (_calls, _answers) = (_calls >> whole, _answers >> whole);
        _since = halvings > 62 ? now : _since + (HalfLife * whole);
        return now;
    }
}
