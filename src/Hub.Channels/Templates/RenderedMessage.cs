namespace Hub.Channels.Templates;

/// <summary>A message in words.</summary>
/// <param name="Subject">For channels that have subjects; one line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Html">A whole HTML document; <c>null</c> for channels that show none.</param>
public sealed record RenderedMessage(string Subject, string Text, string? Html)
{
    /// <summary>Without the words: they may hold a code.</summary>
    public override string ToString() => nameof(RenderedMessage);
}
