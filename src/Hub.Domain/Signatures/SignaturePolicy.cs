using Hub.Domain.Kernel;

namespace Hub.Domain.Signatures;

/// <summary>What a receiver asks of a signature before it believes it.</summary>
/// <param name="Required">Components that must be covered, in lower case; <c>@target-uri</c> is also met by <c>@path</c> and <c>@query</c> with <c>@authority</c>.</param>
/// <param name="Tolerance">How far <c>created</c> may lie from now, either way; both ends included.</param>
/// <param name="RequireAlgorithm">Whether <c>alg</c> must be named; when it is named it must always be ECDSA P-256 with SHA-256.</param>
public sealed record SignaturePolicy(EquatableArray<string> Required, TimeSpan Tolerance, bool RequireAlgorithm)
{
    /// <summary>What the hub asks of a signed order: method, authority, target, digest, idempotency key; made within 300 s.</summary>
    /// <remarks>Source: RFC 9421, section 7.2.1: cover what the receiver acts on.</remarks>
    public static SignaturePolicy Order { get; } = new(
        ["@method", "@authority", "@target-uri", "content-digest", "idempotency-key"], TimeSpan.FromSeconds(300), RequireAlgorithm: false);

    /// <summary>The first required component that is not covered, or <c>null</c>.</summary>
    internal string? FirstMissing(SignatureParameters given) => Required.FirstOrDefault(name => !Covers(given, name));

    private static bool Covers(SignatureParameters given, string name) =>
        given.Components.Contains(name)
        || (name == "@target-uri" && given.Components.Contains("@authority") && given.Components.Contains("@path") && given.Components.Contains("@query"))
        || (name == "@authority" && given.Components.Contains("@target-uri"));
}
