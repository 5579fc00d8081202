using System.Globalization;

namespace Hub.Domain.Signatures;

/// <summary>Reads the few structured field values that signatures use; whatever else is there is an error.</summary>
/// <remarks>Source: RFC 9651, section 4.2. Stricter where a lenient reading could hide something: no key may come twice.</remarks>
internal sealed class StructuredFieldReader(string text)
{
    private int _at;

    internal bool AtEnd => _at >= text.Length;

    /// <summary>Reads a dictionary of byte sequences, such as <c>sig1=:…:, sig2=:…:</c>.</summary>
    /// <returns><c>null</c> when the text is anything else.</returns>
    internal List<KeyValuePair<string, byte[]>>? ByteSequences()
    {
        var members = new List<KeyValuePair<string, byte[]>>();
        SkipSpaces();
        do
        {
            if (Key() is not { } key || !Take('=') || Bytes() is not { } bytes) return null;
            if (members.Exists(m => m.Key == key)) return null;
            members.Add(new(key, bytes));
        }
        while (NextMember());

        return AtEnd ? members : null;
    }

    /// <summary>Steps over the comma between two members.</summary>
    /// <returns><c>false</c> at the end, and where no comma follows.</returns>
    internal bool NextMember()
    {
        SkipBlanks();
        if (!Take(',')) return false;
        SkipBlanks();
        return true;
    }

    internal void SkipSpaces()
    {
        while (_at < text.Length && text[_at] == ' ') _at++;
    }

    /// <summary>Steps over spaces.</summary>
    /// <returns>Whether there was at least one.</returns>
    internal bool TookSpace()
    {
        var before = _at;
        SkipSpaces();
        return _at > before;
    }

    internal bool Take(char expected)
    {
        if (_at >= text.Length || text[_at] != expected) return false;
        _at++;
        return true;
    }

    internal string? Key()
    {
        var start = _at;
        if (AtEnd || !(char.IsAsciiLetterLower(text[_at]) || text[_at] == '*')) return null;
        while (!AtEnd && (char.IsAsciiLetterLower(text[_at]) || char.IsAsciiDigit(text[_at]) || text[_at] is '_' or '-' or '.' or '*')) _at++;
        return text[start.._at];
    }

    internal string? QuotedString()
    {
        if (!Take('"')) return null;
        var words = new System.Text.StringBuilder();
        while (!AtEnd)
        {
            var c = text[_at++];
            if (c == '"') return words.ToString();
            if (c == '\\')
            {
                if (AtEnd || text[_at] is not ('"' or '\\')) return null;
                c = text[_at++];
            }
            else if (c is < ' ' or > '~')
            {
                return null;
            }

            words.Append(c);
        }

        return null;
    }

    internal long? Integer()
    {
        var start = _at;
        Take('-');
        var digits = _at;
        while (!AtEnd && char.IsAsciiDigit(text[_at])) _at++;
        if (_at - digits is 0 or > 15) return null;
        return long.Parse(text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    private byte[]? Bytes()
    {
        if (!Take(':')) return null;
        var end = text.IndexOf(':', _at);
        if (end < 0) return null;
        var encoded = text.AsSpan(_at, end - _at);
        var bytes = new byte[(encoded.Length / 4 * 3) + 3];
        // The framework's reader passes over white space, which the field does not allow.
        if (encoded.IndexOfAny(" \t\r\n") >= 0 || !Convert.TryFromBase64Chars(encoded, bytes, out var written)) return null;
        _at = end + 1;
        return bytes[..written];
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t') _at++;
    }
}
