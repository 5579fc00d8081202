using System.Collections.Concurrent;
using System.Diagnostics;

namespace Hub.Actors.Journal;

/// <summary>Idempotent requests, kept in the journal's database through the group committer.</summary>
public sealed class Requests(GroupCommitter committer, TimeProvider time) : IRequests
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>An unanswered reservation of this age was left behind: its handler failed. Its command id makes another try safe.</summary>
    public static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(1);

    private const int PurgedAtOnce = 1_000;

    // Given back while the journal could not be written: told to come again, the client must not find its request in flight.
    private readonly ConcurrentDictionary<RequestKey, bool> _givenBack = new();

    /// <inheritdoc/>
    public async Task<Reservation> ReserveAsync(RequestKey key, string fingerprint, string createdId, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var givenBack = _givenBack.TryRemove(key, out _);
        var write = new JournalWrite.ReserveRequest(key, fingerprint, createdId, now, givenBack ? DateTimeOffset.MaxValue : now - Abandoned);
        try
        {
            return await WriteAsync(write, key, cancel) is WriteResult.Reserved done ? done.Reservation : throw new UnreachableException();
        }
        catch (JournalUnavailableException) when (givenBack)
        {
            _givenBack[key] = true;
            throw;
        }
    }

    /// <inheritdoc/>
    public Task CompleteAsync(RequestKey key, byte[] answer, CancellationToken cancel) =>
        WriteAsync(new JournalWrite.CompleteRequest(key, answer), key, cancel);

    /// <inheritdoc/>
    public async Task ReleaseAsync(RequestKey key, CancellationToken cancel)
    {
        try
        {
            await WriteAsync(new JournalWrite.ReleaseRequest(key), key, cancel);
        }
        catch (JournalUnavailableException)
        {
            _givenBack[key] = true;
            throw;
        }
    }

    // Whether it was stored is not known: told to come again, the client must not find its own reservation in flight.
    private async Task<WriteResult> WriteAsync(JournalWrite write, RequestKey key, CancellationToken cancel)
    {
        try
        {
            return await committer.WriteAsync(write).WaitAsync(cancel);
        }
        catch (CommitUnknownException unknown)
        {
            _givenBack[key] = true;
            throw new JournalUnavailableException("Whether the request was noted is not known; try again with the same key.", unknown);
        }
    }

    /// <summary>Forgets what is older than <see cref="Kept"/>, a bounded number at a time, once an hour.</summary>
    public async Task PurgeAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await committer.WriteAsync(new JournalWrite.PurgeRequests(time.GetUtcNow() - Kept, PurgedAtOnce));
            await Task.Delay(TimeSpan.FromHours(1), time, stop);
        }
    }
}
