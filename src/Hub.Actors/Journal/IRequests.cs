namespace Hub.Actors.Journal;

/// <summary>Which client request: its tenant and the <c>Idempotency-Key</c> it chose.</summary>
/// <param name="Tenant">The merchant, customer or staff member that asks; keys of two tenants never meet.</param>
/// <param name="Key">As sent; at most 200 characters.</param>
public sealed record RequestKey(string Tenant, string Key);

/// <summary>The home of <c>Idempotency-Key</c>: reserved durably before the turn, kept for 30 days.</summary>
public interface IRequests
{
    /// <summary>Reserves a key, or tells what became of it.</summary>
    /// <param name="key">The request.</param>
    /// <param name="fingerprint">A keyed digest of method, path and body.</param>
    /// <param name="createdId">The id of the thing this request would create; kept from the first reservation on.</param>
    /// <param name="cancel">Stops waiting; the reservation may still be made.</param>
    Task<Reservation> ReserveAsync(RequestKey key, string fingerprint, string createdId, CancellationToken cancel);

    /// <summary>Stores the answer that repeats will get. The first stored answer stays.</summary>
    Task CompleteAsync(RequestKey key, byte[] answer, CancellationToken cancel);

    /// <summary>Gives a reservation back without an answer: refused before its turn, or its outcome could not be told (a 5xx).</summary>
    /// <remarks>
    /// The created id stays with the key, because the turn may have taken effect: a retry must find the same stream, also after a crash.
    /// The fingerprint is forgotten, so that a corrected request may use the key; the turn's command id guards what was already done.
    /// </remarks>
    Task ReleaseAsync(RequestKey key, CancellationToken cancel);
}

/// <summary>What became of a reservation.</summary>
public abstract record Reservation
{
    /// <summary>Ours to carry out: new, or left behind by a process that died. The turn's command id makes that safe.</summary>
    /// <param name="CreatedId">The id to create, the same after a crash.</param>
    public sealed record Mine(string CreatedId) : Reservation;

    /// <summary>Answered before, with this.</summary>
    public sealed record Answered(byte[] Answer) : Reservation;

    /// <summary>Somebody is carrying it out right now.</summary>
    public sealed record InFlight : Reservation;

    /// <summary>The key was used for another request.</summary>
    public sealed record OtherRequest : Reservation;
}
