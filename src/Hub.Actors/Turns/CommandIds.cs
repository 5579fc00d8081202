using System.Buffers.Binary;

namespace Hub.Actors.Turns;

/// <summary>Remembers which command ids a stream has seen, in 8 bytes each. Tells "certainly new" from "look it up".</summary>
/// <remarks>FNV-1a, 64 bit, over the UTF-16 code units. Two ids that collide cost a look-up, never a wrong answer.</remarks>
internal struct CommandIds
{
    private ulong[]? _hashes;
    private int _count;

    /// <summary>Whether this id may have been carried out; then the journal knows.</summary>
    public readonly bool MayContain(string id) => _hashes is not null && _hashes.AsSpan(0, _count).Contains(Hash(id));

    /// <summary>Remembers an id; events of one command may repeat it.</summary>
    public void Add(string id)
    {
        var hash = Hash(id);
        if (_count > 0 && _hashes![_count - 1] == hash)
        {
            return;
        }

        if (_hashes is null || _count == _hashes.Length)
        {
            // A third more, not twice: thousands of idle actors hold such an array.
            Array.Resize(ref _hashes, Math.Max(4, _count + (_count / 3) + 1));
        }

        _hashes[_count++] = hash;
    }

    /// <summary>Every id, in 8 bytes each, little endian, in order of arrival.</summary>
    public readonly byte[] Write()
    {
        var bytes = new byte[_count * sizeof(ulong)];
        for (var i = 0; i < _count; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)), _hashes![i]);
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static CommandIds Read(ReadOnlySpan<byte> bytes)
    {
        var hashes = new ulong[bytes.Length / sizeof(ulong)];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * sizeof(ulong))..]);
        }

        return new CommandIds { _hashes = hashes, _count = hashes.Length };
    }

    /// <summary>An id in 8 bytes.</summary>
    internal static ulong Hash(string id)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in id)
        {
            hash = unchecked((hash ^ unit) * 1099511628211UL);
        }

        return hash;
    }
}
