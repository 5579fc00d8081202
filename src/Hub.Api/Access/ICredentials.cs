using Hub.Domain.Kernel;

namespace Hub.Api.Access;

/// <summary>Secrets that prove who calls: API keys, customer sessions, staff sessions. Stored as keyed digests, shown once.</summary>
public interface ICredentials
{
    /// <summary>Makes a secret and stores its digest durably.</summary>
    Task<IssuedCredential> IssueAsync(NewCredential credential, CancellationToken cancel);

    /// <summary>Stores a secret that was chosen elsewhere, such as the sandbox's fixed key. Doing it again changes nothing.</summary>
    Task<Credential> SeedAsync(string secret, NewCredential credential, CancellationToken cancel);

    /// <summary>The credential a secret belongs to, or <c>null</c>: unknown, revoked or expired, which are never told apart.</summary>
    Credential? Find(string secret);

    /// <summary>Whether a credential is neither revoked nor expired.</summary>
    bool IsActive(string credentialId);

    /// <summary>Revokes; takes effect before it completes. Revoking again changes nothing.</summary>
    /// <param name="credentialId">Its id.</param>
    /// <param name="merchant">Only when it is this merchant's; <c>null</c> for any.</param>
    /// <param name="cancel">Stops waiting; the revocation may still be made.</param>
    /// <returns>Whether there is such a credential.</returns>
    Task<bool> RevokeAsync(string credentialId, string? merchant, CancellationToken cancel);

    /// <summary>Revokes every session of a customer, such as when they are erased.</summary>
    Task RevokeCustomerAsync(string customer, CancellationToken cancel);

    /// <summary>Revokes every session of somebody of the staff.</summary>
    Task RevokeStaffAsync(string email, CancellationToken cancel);

    /// <summary>Deletes what expired or was revoked more than a day ago.</summary>
    /// <returns>How many were deleted.</returns>
    Task<int> PurgeAsync(CancellationToken cancel);

    /// <summary>Called with the ids of credentials right after they were revoked. Dispose to stop.</summary>
    IDisposable OnRevoked(Action<IReadOnlyList<string>> revoked);
}

/// <summary>What a credential is for.</summary>
public enum CredentialKind
{
    /// <summary>A merchant's server: <c>sk_test_…</c> or <c>sk_live_…</c>.</summary>
    ApiKey = 1,

    /// <summary>A customer's own browser, app or chat: <c>cst_…</c>.</summary>
    Session = 2,

    /// <summary>A signed-in member of the staff: <c>sst_…</c>, only ever inside the sealed cookie.</summary>
    StaffSession = 3,
}

/// <summary>A credential to be made.</summary>
/// <param name="Kind">What for.</param>
/// <param name="Merchant">Whose; <c>null</c> for staff.</param>
/// <param name="Customer">For a session: the customer.</param>
/// <param name="Payment">For a session: the only payment it is for.</param>
/// <param name="Staff">For a staff session: their e-mail address.</param>
/// <param name="Scopes">Names of policies; empty for all that its kind may do.</param>
/// <param name="Life">How long it is valid; <c>null</c> until revoked.</param>
public sealed record NewCredential(
    CredentialKind Kind,
    string? Merchant = null,
    string? Customer = null,
    string? Payment = null,
    string? Staff = null,
    EquatableArray<string> Scopes = default,
    TimeSpan? Life = null)
{
    /// <summary>A merchant's key.</summary>
    public static NewCredential ApiKey(string merchant, params ReadOnlySpan<string> scopes) =>
        new(CredentialKind.ApiKey, merchant, Scopes: EquatableArray.Create(scopes));

    /// <summary>A customer's session.</summary>
    /// <param name="merchant">Whose customer.</param>
    /// <param name="customer">Who.</param>
    /// <param name="payment">The only payment it is for, or <c>null</c>.</param>
    /// <param name="life">Minutes, not days.</param>
    public static NewCredential Session(string merchant, string customer, string? payment, TimeSpan life) =>
        new(CredentialKind.Session, merchant, customer, payment, Life: life);
}

/// <summary>A credential without its secret.</summary>
/// <param name="Id">Such as <c>crd_…</c>; no secret.</param>
/// <param name="Kind">What for.</param>
/// <param name="Merchant">Whose.</param>
/// <param name="Customer">For which customer.</param>
/// <param name="Payment">For which payment only.</param>
/// <param name="Staff">For whom of the staff.</param>
/// <param name="Scopes">Names of policies; empty for all.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
public sealed record Credential(
    string Id,
    CredentialKind Kind,
    string? Merchant,
    string? Customer,
    string? Payment,
    string? Staff,
    EquatableArray<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt);

/// <summary>A new credential with its secret, which nobody will see again.</summary>
public sealed record IssuedCredential(string Secret, Credential Credential)
{
    /// <summary>Without the secret, so that it never reaches a log.</summary>
    public override string ToString() => Credential.ToString();
}
