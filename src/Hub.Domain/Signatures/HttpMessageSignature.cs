using System.Security.Cryptography;
using System.Text;

namespace Hub.Domain.Signatures;

/// <summary>HTTP message signatures with ECDSA on P-256 and SHA-256.</summary>
/// <remarks>Source: RFC 9421, sections 2.5, 3.1 and 3.3.4. Reading a received one: <see cref="ReceivedSignature"/>.</remarks>
public static class HttpMessageSignature
{
    /// <summary>The one algorithm that is spoken here.</summary>
    public const string Algorithm = "ecdsa-p256-sha256";

    /// <summary>The length of a signature in bytes: r and s, 32 each.</summary>
    public const int SignatureLength = 64;

    /// <summary>The text that is signed.</summary>
    /// <param name="message">The message; must have every covered component.</param>
    /// <param name="parameters">What is covered, in which order.</param>
    /// <returns>The base in ASCII, or the component that the message lacks or that cannot be signed.</returns>
    public static (string? Base, SignatureError? Error) Base(SignedMessage message, SignatureParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(parameters);
        var text = new StringBuilder();
        foreach (var name in parameters.Components)
        {
            if (message.Component(name) is not { } value) return (null, new(SignatureFault.ComponentMissing, $"The signature covers \"{name}\", which the message does not have."));
            if (value.AsSpan().ContainsAnyExceptInRange(' ', '~')) return (null, new(SignatureFault.Malformed, $"The value of \"{name}\" is not printable ASCII."));
            text.Append('"').Append(name).Append("\": ").Append(value).Append('\n');
        }

        return (text.Append("\"@signature-params\": ").Append(parameters).ToString(), null);
    }

    /// <summary>Signs a message.</summary>
    /// <param name="message">The message; must have every covered component.</param>
    /// <param name="parameters">What to cover.</param>
    /// <param name="sign">Signs the bytes with ECDSA P-256 over SHA-256 and answers 64 bytes, r and s. The caller owns the key and its randomness.</param>
    /// <param name="label">The name of the signature in both fields.</param>
    /// <returns>The values of <c>Signature-Input</c> and <c>Signature</c>.</returns>
    /// <exception cref="ArgumentException">The message lacks a component, or the signer answers another length: a caller's bug.</exception>
    public static (string SignatureInput, string Signature) Sign(SignedMessage message, SignatureParameters parameters, Func<byte[], byte[]> sign, string label = "sig1")
    {
        ArgumentNullException.ThrowIfNull(sign);
        var (text, error) = Base(message, parameters);
        if (text is null) throw new ArgumentException(error!.Detail, nameof(message));
        var signature = sign(Encoding.ASCII.GetBytes(text));
        if (signature.Length != SignatureLength) throw new ArgumentException($"A signature has {SignatureLength} bytes, not {signature.Length}.", nameof(sign));
        return ($"{label}={parameters}", $"{label}=:{Convert.ToBase64String(signature)}:");
    }

    /// <summary>Signs with a key at hand.</summary>
    /// <inheritdoc cref="Sign(SignedMessage, SignatureParameters, Func{byte[], byte[]}, string)"/>
    public static (string SignatureInput, string Signature) Sign(SignedMessage message, SignatureParameters parameters, ECDsa key, string label = "sig1") =>
        Sign(message, parameters, data => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation), label);
}
