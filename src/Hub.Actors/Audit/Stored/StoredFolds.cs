using Hub.Domain.Kernel;

namespace Hub.Actors.Audit.Stored;

/// <summary>Invariant 2: folds stream by stream, one state in memory at a time, and compares views with what comes out (20, 19).</summary>
internal sealed class StoredFolds(IStoredJournal journal, KindCatalog kinds, Findings findings, StoredViews? views)
{
    private long _stream;
    private long _version;
    private ActorId _actor;
    private ActorKind? _kind;
    private State? _state;
    private State? _shown;
    private long _shownVersion;
    private long _last;
    private long _born;
    private bool _broken;

    /// <summary>Takes the next page of rows.</summary>
    /// <param name="upTo">Positions beyond it are left out: the journal has grown since.</param>
    /// <returns>How many events it took; 0 at the end.</returns>
    internal int Read(long upTo)
    {
        var rows = journal.Streams(_stream, _version, upTo, JournalRows.Page);
        foreach (var row in rows)
        {
            if (row.Stream != _stream)
            {
                End();
                Begin(row.Stream, row.Key, row.Position);
            }

            Fold(row.Version, row.Position, row.Payload);
        }

        if (rows.Count == 0)
        {
            End();
            _kind = null;
        }

        return rows.Count;
    }

    private void Begin(long stream, string key, long position)
    {
        (_stream, _state, _shown, _shownVersion, _broken, _born, _kind) = (stream, null, null, 0, false, position, null);
        if (key.IndexOf('/', StringComparison.Ordinal) <= 0)
        {
            return;
        }

        _actor = ActorId.Parse(key);
        _kind = kinds.Knows(_actor.Kind) ? kinds[_actor.Kind] : null;
        _state = _kind?.Initial;
    }

    private void Fold(long version, long position, byte[] payload)
    {
        (_version, _last) = (version, position);
        if (_kind is null || _broken)
        {
            return;
        }

        findings.Looked(2);
        try
        {
            _state = _kind.Evolve(_state!, _kind.ReadEvent(payload));
            if (views is not null && position <= views.Position)
            {
                (_shown, _shownVersion) = (_state, version);
                views.Expect(_actor, _state.Subjects, position);
            }
        }
        catch (Exception broken)
        {
            // The rest of this stream would only say the same again. The words may hold what must not be shown.
            _broken = true;
            findings.Report(2, _actor.ToString(), position, $"version {version} cannot be read or folded: {broken.GetType().Name}");
        }
    }

    private void End()
    {
        if (_kind is null)
        {
            return;
        }

        if (!_broken) CheckSnapshot(_kind, _state!);

        if (_shown is not null)
        {
            views!.Compare(_actor, _born, _shownVersion, _shown, _kind.WriteState(_shown));
        }
    }

    private void CheckSnapshot(ActorKind kind, State state)
    {
        try
        {
            if (!kind.ReadState(kind.WriteState(state)).Equals(state)) findings.Report(2, _actor.ToString(), _last, "its state is not what its snapshot reads back as");
        }
        catch (Exception unreadable)
        {
            findings.Report(2, _actor.ToString(), _last, $"its snapshot cannot be read back: {unreadable.GetType().Name}");
        }
    }
}
