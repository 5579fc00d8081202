using System.Text;
using Hub.Api.Edge.Requests;

namespace Hub.Fuzz;

/// <summary>A property does not hold for some input.</summary>
public sealed class PropertyBrokenException(string what) : Exception(what);

/// <summary>One parser that faces the outside, and what must hold of it for every input.</summary>
/// <remarks>Whatever it throws is a bug, unless the parser declares to refuse by that exception; then the target catches it by name.</remarks>
public abstract class FuzzTarget
{
    /// <summary>A card number that the words below hold: no error may repeat it.</summary>
    protected const string Card = "4539578763621486";

    /// <summary>The same as people write it.</summary>
    protected const string GroupedCard = "4539 5787 6362 1486";

    /// <summary>Its name on the command line, and the folder of its corpus.</summary>
    public abstract string Name { get; }

    /// <summary>Pieces of the language it reads; mutations put them in.</summary>
    public abstract IReadOnlyList<string> Words { get; }

    /// <summary>How much it may allocate for one input, beside a share for every byte of it.</summary>
    public virtual long FreeBytes => 1024 * 1024;

    /// <summary>How much it may allocate for each byte of input.</summary>
    public virtual long BytesPerByte => 512;

    /// <summary>Reads one input and checks every property.</summary>
    /// <param name="input">Anything.</param>
    /// <returns>What came of it, in a few words: an input whose words are new is kept, and mutated further.</returns>
    /// <exception cref="PropertyBrokenException">A property does not hold.</exception>
    public abstract string Try(byte[] input);

    /// <summary>Something must hold.</summary>
    protected static void Must(bool holds, string what)
    {
        if (!holds) throw new PropertyBrokenException(what);
    }

    /// <summary>Two readings of the same thing must be the same.</summary>
    protected static void Same(object? one, object? other, string what)
    {
        if (!Equals(one, other)) throw new PropertyBrokenException($"{what}: {one} and {other}");
    }

    /// <summary>An error must not repeat what could be a card number.</summary>
    protected static void SaysNoNumber(string? error)
    {
        if (error is not null && CardNumbers.AreIn(error)) throw new PropertyBrokenException($"An error repeats a card number: {error}");
    }

    /// <summary>Text as a server decodes it: bytes that are no UTF-8 become the replacement character.</summary>
    protected static string Text(byte[] input) => Encoding.UTF8.GetString(input);

    /// <summary>Header values: one character a byte, as servers hand them over.</summary>
    protected static string Latin(byte[] input) => Encoding.Latin1.GetString(input);

    /// <summary>The lines of an input, as many as are asked for; what is missing is <c>null</c>.</summary>
    protected static string?[] Lines(string text, int count)
    {
        var lines = text.Split('\n', count);
        return [.. lines, .. Enumerable.Repeat((string?)null, count - lines.Length)];
    }
}
