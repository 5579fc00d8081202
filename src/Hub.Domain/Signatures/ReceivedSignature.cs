using System.Security.Cryptography;
using System.Text;
using Hub.Domain.Kernel;

namespace Hub.Domain.Signatures;

/// <summary>A signature as it came with a message: read, not yet believed.</summary>
/// <remarks>First <see cref="Parse"/>, then find the key by <see cref="SignatureParameters.KeyId"/>, then <see cref="Verify"/>. Source: RFC 9421, section 3.2.</remarks>
public sealed class ReceivedSignature
{
    /// <summary>The longest field that is read, in characters.</summary>
    public const int MaxFieldLength = 8192;

    private readonly byte[] _signature;

    private ReceivedSignature(SignatureParameters parameters, byte[] signature)
    {
        Parameters = parameters;
        _signature = signature;
    }

    /// <summary>What it covers and says.</summary>
    public SignatureParameters Parameters { get; }

    /// <summary>Reads the two fields.</summary>
    /// <param name="signatureInput">The value of <c>Signature-Input</c>; <c>null</c> when the field is not there.</param>
    /// <param name="signature">The value of <c>Signature</c>.</param>
    /// <param name="label">Which signature; <c>null</c> when there must be exactly one.</param>
    /// <returns>The signature, or what is wrong with the fields.</returns>
    public static (ReceivedSignature? Signature, SignatureError? Error) Parse(string? signatureInput, string? signature, string? label = null)
    {
        if (string.IsNullOrEmpty(signatureInput)) return (null, new(SignatureFault.Missing, "The Signature-Input field is missing."));
        if (string.IsNullOrEmpty(signature)) return (null, new(SignatureFault.Missing, "The Signature field is missing."));
        if (signatureInput.Length > MaxFieldLength || signature.Length > MaxFieldLength) return (null, Malformed("A signature field is longer than 8192 characters."));

        var (inputs, error) = ReadInputs(signatureInput);
        if (inputs is null) return (null, error);
        if (new StructuredFieldReader(signature).ByteSequences() is not { } signatures) return (null, Malformed("The Signature field is not a dictionary of byte sequences."));

        if (label is null && inputs.Count != 1) return (null, Malformed("The Signature-Input field must hold exactly one signature."));
        label ??= inputs[0].Label;
        var input = inputs.Find(i => i.Label == label).Parameters;
        var bytes = signatures.Find(s => s.Key == label).Value;
        if (input is null || bytes is null) return (null, new(SignatureFault.Missing, $"Signature \"{label}\" is not in both fields."));
        if (bytes.Length != HttpMessageSignature.SignatureLength) return (null, Malformed($"The signature has {bytes.Length} bytes, not 64."));
        if (string.IsNullOrEmpty(input.KeyId)) return (null, new(SignatureFault.Missing, "The parameter keyid is missing."));
        if (input.Created is null) return (null, new(SignatureFault.Missing, "The parameter created is missing."));
        return (new(input, bytes), null);
    }

    /// <summary>Whether the message is what the owner of the key signed.</summary>
    /// <param name="message">The message, its body included: a covered content-digest is compared with it.</param>
    /// <param name="publicKey">A P-256 key.</param>
    /// <param name="policy">What the receiver asks for.</param>
    /// <param name="now">The receiver's time.</param>
    /// <returns><c>null</c> when it holds, otherwise the first thing that is wrong.</returns>
    /// <remarks>A good signature proves the signer, not that the message is new: repeats are found by the idempotency key.</remarks>
    public SignatureError? Verify(SignedMessage message, ECDsa publicKey, SignaturePolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(publicKey);
        ArgumentNullException.ThrowIfNull(policy);
        if (CheckParameters(policy, now) is { } wrong) return wrong;
        var (text, error) = HttpMessageSignature.Base(message, Parameters);
        if (text is null) return error;
        if (Parameters.Components.Contains("content-digest") && !ContentDigest.Matches(message.Component("content-digest")!, message.Body.Span))
        {
            return new(SignatureFault.DigestMismatch, "The Content-Digest field does not belong to this body.");
        }

        var good = publicKey.KeySize == 256
            && publicKey.VerifyData(Encoding.ASCII.GetBytes(text), _signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return good ? null : new(SignatureFault.BadSignature, "The signature does not verify under this key.");
    }

    private SignatureError? CheckParameters(SignaturePolicy policy, DateTimeOffset now)
    {
        if (Parameters.Alg is { } named && named != HttpMessageSignature.Algorithm) return new(SignatureFault.WrongAlgorithm, $"The algorithm must be {HttpMessageSignature.Algorithm}.");
        if (Parameters.Alg is null && policy.RequireAlgorithm) return new(SignatureFault.Missing, "The parameter alg is missing.");
        if (policy.FirstMissing(Parameters) is { } name) return new(SignatureFault.NotCovered, $"The signature must cover \"{name}\".");
        var tolerance = policy.Tolerance.Ticks / TimeSpan.TicksPerSecond;
        var seconds = now.ToUnixTimeSeconds();
        if (Math.Abs(seconds - Parameters.Created!.Value) > tolerance) return new(SignatureFault.OutsideTolerance, $"The parameter created is more than {tolerance} s away from the receiver's time.");
        if (Parameters.Expires is { } expires && expires < seconds) return new(SignatureFault.OutsideTolerance, "The signature has expired.");
        return null;
    }

    private static (List<(string Label, SignatureParameters? Parameters)>? Inputs, SignatureError? Error) ReadInputs(string field)
    {
        var reader = new StructuredFieldReader(field);
        var inputs = new List<(string Label, SignatureParameters? Parameters)>();
        reader.SkipSpaces();
        do
        {
            if (reader.Key() is not { } label || !reader.Take('=')) return (null, Malformed("The Signature-Input field is not a dictionary of inner lists."));
            if (inputs.Exists(i => i.Label == label)) return (null, Malformed($"The Signature-Input field has \"{label}\" twice."));
            var (parameters, error) = ReadParameters(reader);
            if (parameters is null) return (null, error);
            inputs.Add((label, parameters));
        }
        while (reader.NextMember());

        return reader.AtEnd ? (inputs, null) : (null, Malformed("The Signature-Input field has something behind its end."));
    }

    private static (SignatureParameters? Parameters, SignatureError? Error) ReadParameters(StructuredFieldReader reader)
    {
        if (!reader.Take('(')) return (null, Malformed("A list of covered components must start with a bracket."));
        var components = new List<string>();
        reader.SkipSpaces();
        while (!reader.Take(')'))
        {
            if (components.Count > 0 && !reader.TookSpace()) return (null, Malformed("Covered components are separated by a space."));
            if (reader.Take(')')) break;
            if (reader.QuotedString() is not { Length: > 0 } name) return (null, Malformed("A covered component must be a quoted name."));
            if (reader.Take(';')) return (null, Malformed($"Parameters of a component, here \"{name}\", are not accepted."));
            if (name == "@signature-params" || name.Any(char.IsAsciiLetterUpper)) return (null, Malformed($"\"{name}\" cannot be covered."));
            if (components.Contains(name)) return (null, Malformed($"\"{name}\" is covered twice."));
            components.Add(name);
        }

        var given = new List<SignatureParameter>();
        while (reader.Take(';'))
        {
            reader.SkipSpaces();
            if (reader.Key() is not { } key || !reader.Take('=')) return (null, Malformed("A signature parameter needs a name and a value."));
            if (given.Exists(p => p.Name == key)) return (null, Malformed($"The parameter {key} comes twice."));
            var isTime = key is "created" or "expires";
            var parameter = new SignatureParameter(key, isTime ? reader.Integer() : null, isTime ? null : reader.QuotedString());
            if (parameter is { Number: null, Words: null }) return (null, Malformed($"The parameter {key} must be {(isTime ? "an integer" : "a quoted string")}."));
            given.Add(parameter);
        }

        return (new([.. components], [.. given]), null);
    }

    private static SignatureError Malformed(string detail) => new(SignatureFault.Malformed, detail);
}
