using Hub.Actors.Sqlite;

namespace Hub.Actors.Journal.Sqlite;

/// <summary>Carries out what is kept beside the events: client requests, checkpoints and parked streams.</summary>
/// <param name="writer">The writer's connection, inside its transaction.</param>
/// <param name="opening">The number of this opening of the journal: who owns what is reserved now.</param>
internal sealed class SqliteDesk(SqliteDatabase writer, long opening)
{
    private const string GivenBack = "";

    /// <summary>Reserves a request. One process writes a journal, so a reservation of an earlier opening is orphaned.</summary>
    public WriteResult Reserve(JournalWrite.ReserveRequest ask)
    {
        var found = writer.Prepare("SELECT fingerprint, created_id, owner, at, answer FROM requests WHERE tenant = ? AND key = ?")
            .Bind(1, ask.Key.Tenant).Bind(2, ask.Key.Key)
            .RunFirst(row => new Row(row.Text(0), row.Text(1), row.Int64(2), row.Time(3), row.IsNull(4) ? null : row.Bytes(4)));
        return new WriteResult.Reserved(found switch
        {
            null => Insert(ask),
            { Fingerprint: GivenBack } => TakeOver(ask, found.CreatedId),
            _ when found.Fingerprint != ask.Fingerprint => new Reservation.OtherRequest(),
            { Answer: { } answer } => new Reservation.Answered(answer),
            _ when found.Owner == opening && found.At >= ask.AbandonedBefore => new Reservation.InFlight(),
            _ => TakeOver(ask, found.CreatedId),
        });
    }

    /// <summary>Stores an answer, once.</summary>
    public void Complete(JournalWrite.CompleteRequest done) =>
        writer.Prepare("UPDATE requests SET answer = ? WHERE tenant = ? AND key = ? AND answer IS NULL")
            .BindBlob(1, done.Answer).Bind(2, done.Key.Tenant).Bind(3, done.Key.Key).Run();

    /// <summary>Gives a reservation back. Its created id stays: the turn may have taken effect, and a retry must find the same stream.</summary>
    public void Release(RequestKey key) =>
        writer.Prepare("UPDATE requests SET fingerprint = ? WHERE tenant = ? AND key = ? AND answer IS NULL AND owner = ?")
            .Bind(1, GivenBack).Bind(2, key.Tenant).Bind(3, key.Key).Bind(4, opening).Run();

    /// <summary>Forgets old requests.</summary>
    public void Purge(JournalWrite.PurgeRequests old) =>
        writer.Prepare("DELETE FROM requests WHERE (tenant, key) IN (SELECT tenant, key FROM requests WHERE at < ? ORDER BY at LIMIT ?)")
            .Bind(1, old.Before).Bind(2, old.Limit).Run();

    /// <summary>Stores checkpoints; none goes back.</summary>
    public void Save(JournalWrite.SaveCheckpoints save)
    {
        foreach (var (partition, position) in save.Checkpoints)
        {
            writer.Prepare("INSERT INTO checkpoints VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET position = max(position, excluded.position)")
                .Bind(1, save.Reader).Bind(2, partition).Bind(3, position).Run();
        }
    }

    /// <summary>Records a parked stream.</summary>
    public void Park(Parking parked) =>
        writer.Prepare("INSERT OR REPLACE INTO parked VALUES (?, ?, ?, ?, ?, ?)")
            .Bind(1, parked.Reaction).Bind(2, parked.Stream).Bind(3, parked.Version)
            .Bind(4, parked.Position).Bind(5, parked.Error).Bind(6, parked.At).Run();

    /// <summary>Forgets a parked stream that caught up, unless it was parked at another version meanwhile.</summary>
    public void Unpark(JournalWrite.Unpark caughtUp) =>
        writer.Prepare("DELETE FROM parked WHERE reaction = ? AND stream = ? AND version = ?")
            .Bind(1, caughtUp.Reaction).Bind(2, caughtUp.Stream).Bind(3, caughtUp.Version).Run();

    private Reservation.Mine Insert(JournalWrite.ReserveRequest ask)
    {
        writer.Prepare("INSERT INTO requests (tenant, key, fingerprint, created_id, owner, at) VALUES (?, ?, ?, ?, ?, ?)")
            .Bind(1, ask.Key.Tenant).Bind(2, ask.Key.Key).Bind(3, ask.Fingerprint)
            .Bind(4, ask.CreatedId).Bind(5, opening).Bind(6, ask.At).Run();
        return new Reservation.Mine(ask.CreatedId);
    }

    private Reservation.Mine TakeOver(JournalWrite.ReserveRequest ask, string createdId)
    {
        writer.Prepare("UPDATE requests SET fingerprint = ?, owner = ?, at = ? WHERE tenant = ? AND key = ?")
            .Bind(1, ask.Fingerprint).Bind(2, opening).Bind(3, ask.At).Bind(4, ask.Key.Tenant).Bind(5, ask.Key.Key).Run();
        return new Reservation.Mine(createdId);
    }

    private sealed record Row(string Fingerprint, string CreatedId, long Owner, DateTimeOffset At, byte[]? Answer);
}
