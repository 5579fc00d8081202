using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Hub.Api.Edge.Requests;

namespace Hub.Api.Edge.Json;

/// <summary>Walks the bytes of a body once, before anything is built from them, and refuses what no endpoint takes.</summary>
/// <remarks>
/// Refused here: broken UTF-8, a byte order mark, lone surrogates, NUL, comments, trailing commas, too deep, too long,
/// repeated members (also those that differ in case only, which some readers would merge), null in an array, and every number that is not
/// a plain 64-bit integer.
/// </remarks>
internal ref struct JsonScan
{
    private static readonly JsonReaderOptions Options = new()
    {
        MaxDepth = WireJson.MaxDepth + 1,
        CommentHandling = JsonCommentHandling.Disallow,
        AllowTrailingCommas = false,
    };

    private readonly BodyLimits _limits;
    private readonly Stack<Frame> _open = new();
    private Utf8JsonReader _reader;
    private FieldError? _error;

    private JsonScan(ReadOnlySpan<byte> body, BodyLimits limits)
    {
        _limits = limits;
        _reader = new Utf8JsonReader(body, Options);
    }

    /// <summary>The first thing wrong with the body, or <c>null</c>.</summary>
    internal static FieldError? Find(ReadOnlySpan<byte> body, BodyLimits limits)
    {
        if (body.StartsWith("\uFEFF"u8)) return new FieldError(FieldError.Whole, "must not begin with a byte order mark");
        if (!Utf8.IsValid(body)) return new FieldError(FieldError.Whole, "must be valid UTF-8");
        var scan = new JsonScan(body, limits);
        try
        {
            while (scan._error is null && scan._reader.Read())
            {
                scan.Take();
            }
        }
        catch (JsonException broken)
        {
            return new FieldError(FieldError.Whole, $"is not valid JSON at line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}");
        }

        return scan._error;
    }

    private void Take()
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                TakeName();
                break;
            case JsonTokenType.StartObject:
                TakeItem();
                Open(new HashSet<string>(StringComparer.OrdinalIgnoreCase));
                break;
            case JsonTokenType.StartArray:
                TakeItem();
                Open(null);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _open.Pop();
                break;
            case JsonTokenType.String:
                TakeItem();
                TakeText(parent: false);
                break;
            case JsonTokenType.Number:
                TakeItem();
                TakeNumber();
                break;
            case JsonTokenType.Null when _open.TryPeek(out var list) && list.Names is null:
                TakeItem();
                _error ??= new FieldError(Path(), "must not be null");
                break;
            default:
                TakeItem();
                break;
        }
    }

    private void Open(HashSet<string>? names)
    {
        _open.Push(new Frame(names));
        if (_open.Count > WireJson.MaxDepth) _error ??= new FieldError(FieldError.Whole, $"must not be nested deeper than {WireJson.MaxDepth} levels");
    }

    private void TakeName()
    {
        var frame = _open.Peek();
        if (TakeText(parent: true) is not { } name) return;
        frame.Name = name;
        if (!frame.Names!.Add(name)) _error = new FieldError(Path(), "must appear only once");
        else if (frame.Names.Count > _limits.Members) _error = new FieldError(Path(parent: true), $"must have at most {_limits.Members} members");
    }

    private void TakeItem()
    {
        if (!_open.TryPeek(out var frame) || frame.Names is not null) return;
        frame.Index++;
        if (frame.Index >= _limits.Items) _error ??= new FieldError(Path(parent: true), $"must have at most {_limits.Items} items");
    }

    private string? TakeText(bool parent)
    {
        string text;
        try
        {
            text = _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            _error ??= new FieldError(Path(parent), "must not hold half a surrogate pair");
            return null;
        }

        if (text.Length > _limits.Characters) _error ??= new FieldError(Path(parent), $"must have at most {_limits.Characters} characters");
        else if (text.Contains('\0', StringComparison.Ordinal)) _error ??= new FieldError(Path(parent), "must not hold NUL");
        else return text;
        return null;
    }

    private void TakeNumber()
    {
        if (_reader.ValueSpan.IndexOfAny("eE."u8) >= 0) _error ??= new FieldError(Path(), "must be a whole number without fraction or exponent");
        else if (!_reader.TryGetInt64(out _)) _error ??= new FieldError(Path(), "is out of range");
    }

    // Only built when something is wrong.
    private readonly string Path(bool parent = false)
    {
        var path = new StringBuilder();
        foreach (var frame in _open.Reverse().Take(_open.Count - (parent ? 1 : 0)))
        {
            if (frame.Names is null) path.Append('[').Append(frame.Index).Append(']');
            else if (frame.Name is { } name) path.Append(path.Length > 0 ? "." : "").Append(CardNumbers.Shown(name.Length > 64 ? name[..64] : name));
        }

        return path.Length > 0 ? path.ToString() : FieldError.Whole;
    }

    private sealed class Frame(HashSet<string>? names)
    {
        /// <summary>The members seen so far; <c>null</c> for an array.</summary>
        public HashSet<string>? Names { get; } = names;

        public string? Name { get; set; }

        public int Index { get; set; } = -1;
    }
}
