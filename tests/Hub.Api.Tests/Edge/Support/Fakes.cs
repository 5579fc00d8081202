using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Hub.Actors;
using Hub.Actors.Journal;
using Hub.Actors.Ports;
using Hub.Domain.Kernel;

namespace Hub.Api.Tests.Edge.Support;

internal sealed class TestKeyring : IKeyring
{
    public byte[] Mac(string purpose, ReadOnlySpan<byte> data) => HMACSHA256.HashData(Encoding.UTF8.GetBytes($"test key for {purpose}"), data);
}

internal sealed class TestRandom : IRandomSource
{
    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
}

/// <summary>The contract of <see cref="IRequests"/> in memory: a key keeps its created id, also when it is given back.</summary>
internal sealed class MemoryRequests : IRequests
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RequestKey, Row> _rows = [];

    public int Count
    {
        get
        {
            lock (_lock) return _rows.Values.Count(row => row.Fingerprint is not null);
        }
    }

    public IReadOnlyList<byte[]> Answers
    {
        get
        {
            lock (_lock) return [.. _rows.Values.Select(row => row.Answer).OfType<byte[]>()];
        }
    }

    public Task<Reservation> ReserveAsync(RequestKey key, string fingerprint, string createdId, CancellationToken cancel)
    {
        lock (_lock)
        {
            if (!_rows.TryGetValue(key, out var row)) _rows[key] = row = new Row(createdId);
            if (row.Fingerprint is { } other && other != fingerprint) return Task.FromResult<Reservation>(new Reservation.OtherRequest());
            if (row.Answer is { } answer) return Task.FromResult<Reservation>(new Reservation.Answered(answer));
            if (row.Fingerprint is not null) return Task.FromResult<Reservation>(new Reservation.InFlight());
            row.Fingerprint = fingerprint;
            return Task.FromResult<Reservation>(new Reservation.Mine(row.CreatedId));
        }
    }

    public Task CompleteAsync(RequestKey key, byte[] answer, CancellationToken cancel)
    {
        lock (_lock) _rows[key].Answer ??= answer;
        return Task.CompletedTask;
    }

    public Task ReleaseAsync(RequestKey key, CancellationToken cancel)
    {
        lock (_lock) _rows[key].Fingerprint = null;
        return Task.CompletedTask;
    }

    private sealed class Row(string createdId)
    {
        public string CreatedId { get; } = createdId;

        public string? Fingerprint { get; set; }

        public byte[]? Answer { get; set; }
    }
}

internal sealed record TestState(Subjects Concerned, string Status = "open") : State
{
    public override Subjects Subjects => Concerned;
}

/// <summary>Actors that only have states.</summary>
internal sealed class TestActors : IActors
{
    private readonly ConcurrentDictionary<ActorId, State> _states = new();

    public State this[ActorId actor]
    {
        set => _states[actor] = value;
    }

    public Task<TurnOutcome> SendAsync(ActorId actor, Envelope command, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ActorReading> ReadAsync(ActorId actor, long atLeast, CancellationToken cancel) =>
        Task.FromResult(new ActorReading(0, _states.GetValueOrDefault(actor) ?? new TestState(Subjects.Nobody)));
}
