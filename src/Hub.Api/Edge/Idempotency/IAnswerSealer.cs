using Microsoft.AspNetCore.DataProtection;

namespace Hub.Api.Edge.Idempotency;

/// <summary>Encrypts answers before they are stored: they may hold a session token or a webhook secret (invariant 23).</summary>
public interface IAnswerSealer
{
    /// <summary>Encrypts and authenticates.</summary>
    byte[] Seal(byte[] answer);

    /// <summary>Opens what <see cref="Seal"/> made.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Changed, or the key is gone.</exception>
    byte[] Open(byte[] answer);
}

/// <summary>Seals under the keys of ASP.NET Core data protection.</summary>
public sealed class ProtectedAnswers(IDataProtectionProvider provider) : IAnswerSealer
{
    private readonly IDataProtector _protector = provider.CreateProtector("Hub.Api.Answers");

    /// <inheritdoc/>
    public byte[] Seal(byte[] answer) => _protector.Protect(answer);

    /// <inheritdoc/>
    public byte[] Open(byte[] answer) => _protector.Unprotect(answer);
}
