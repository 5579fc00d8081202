using Hub.Actors.Ports;
using Hub.Actors.Sqlite;
using Hub.Actors.Journal.Sqlite;
using Hub.Bench.Load;

namespace Hub.Bench.Turns;

/// <summary>One thread that inserts into the journal's own tables with a prepared statement, a batch to a transaction, and does nothing else.</summary>
internal sealed class RawInserts : IDisposable
{
    private const long CheckpointBytes = 8 * 1024 * 1024;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-bench-raw-");
    private readonly SqliteDatabase _writer;
    private readonly byte[] _payload = TurnLoad.Payload;
    private readonly byte[] _hash = new byte[32];

    public RawInserts()
    {
        _writer = SqliteDatabase.OpenWriter(Path.Combine(_folder.FullName, "raw.db"));
        _writer.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");
        SqliteSchema.Prepare(_writer, new SystemRandomSource());
    }

    /// <summary>Inserts for a while.</summary>
    public Task<Sample> RunAsync(int batch, TimeSpan span) => Task.Factory.StartNew(
        () => Run(batch, span), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose()
    {
        _writer.Dispose();
        _folder.Delete(recursive: true);
    }

    private Sample Run(int batch, TimeSpan span)
    {
        var clients = Enumerable.Range(0, batch).Select(_ => new Keys()).ToArray();
        var (items, commits, logged) = (0L, 0L, 0L);
        var meter = Meter.Start();
        for (var until = TimeProvider.System.GetTimestamp() + (long)(span.TotalSeconds * TimeProvider.System.TimestampFrequency);
            TimeProvider.System.GetTimestamp() < until; commits++)
        {
            _writer.Prepare("BEGIN IMMEDIATE").Run();
            foreach (var client in clients)
            {
                Insert(client);
            }

            _writer.Prepare("COMMIT").Run();
            items += batch;
            logged += 16_384 + (batch * (_payload.Length + 256));
            if (logged > CheckpointBytes)
            {
                _writer.Checkpoint();
                logged = 0;
            }
        }

        return meter.Stop(items, commits, new Latencies());
    }

    private void Insert(Keys client)
    {
        var (key, expected) = client.Next();
        if (expected == 0)
        {
            _writer.Prepare("INSERT INTO streams (key) VALUES (?)").Bind(1, "tally/" + key).Run();
            client.StreamId = _writer.LastInsertId;
        }

        _writer.Prepare("INSERT INTO events (stream_id, version, type, payload, command_id, command_hash, at) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .Bind(1, client.StreamId).Bind(2, expected + 1).BindUtf8(3, "counted"u8).BindUtf8(4, _payload)
            .Bind(5, Keys.NewCommand()).BindBlob(6, _hash).Bind(7, 638_000_000_000_000_000L).Run();
    }
}
