using Hub.Actors.Journal.Postgres;

namespace Hub.Api.Access;

/// <summary>How callers prove themselves.</summary>
public sealed record AccessOptions
{
    /// <summary>PBKDF2 rounds with SHA-256 as OWASP advises.</summary>
    public const int AdvisedIterations = 600_000;

    /// <summary>The file of credentials and staff; its folder exists. Left alone where <see cref="Postgres"/> is set.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>The database of credentials and staff that all nodes share; <c>null</c> for the file.</summary>
    public PostgresOptions? Postgres { get; init; }

    /// <summary>Origins besides the request's own host that are ours, such as the public URL in front of a proxy; scheme, host and port.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Origins of shops whose pages may hold the chat: scheme, host and port as browsers write them. They are not ours: nothing but the chat's endpoints answers them.</summary>
    public IReadOnlyList<string> ChatOrigins { get; init; } = [];

    /// <summary>How new secrets begin.</summary>
    public CredentialPrefixesOption Prefixes { get; init; } = CredentialPrefixesOption.Test;

    /// <summary>PBKDF2 rounds of a new password's digest; older digests keep theirs.</summary>
    public int PasswordIterations { get; init; } = AdvisedIterations;
}

/// <summary>Which API keys this installation gives out.</summary>
public enum CredentialPrefixesOption
{
    /// <summary><c>sk_test_…</c></summary>
    Test = 1,

    /// <summary><c>sk_live_…</c></summary>
    Live = 2,
}
