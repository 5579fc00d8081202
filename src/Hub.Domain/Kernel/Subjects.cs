namespace Hub.Domain.Kernel;

/// <summary>Whom a state concerns. Empty parts concern nobody of that sort.</summary>
/// <remarks>Invariant 22: what may be seen follows from these, never from what a caller asks for.</remarks>
public sealed record Subjects(
    string? Merchant = null,
    string? Customer = null,
    string? Order = null,
    string? Payment = null)
{
    /// <summary>Concerns nobody: an actor before its first event.</summary>
    public static Subjects Nobody { get; } = new();
}
