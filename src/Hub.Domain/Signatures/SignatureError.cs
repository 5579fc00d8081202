namespace Hub.Domain.Signatures;

/// <summary>What is wrong with a signature, as a stable name.</summary>
public enum SignatureFault
{
    /// <summary>A field that must be there is not.</summary>
    Missing,

    /// <summary>A field cannot be read.</summary>
    Malformed,

    /// <summary>Something the policy asks for is not covered by the signature.</summary>
    NotCovered,

    /// <summary>The signature covers something the message does not have.</summary>
    ComponentMissing,

    /// <summary>An algorithm other than the one accepted.</summary>
    WrongAlgorithm,

    /// <summary>Made too long ago, or too far ahead.</summary>
    OutsideTolerance,

    /// <summary>The body is not the one the digest was made of.</summary>
    DigestMismatch,

    /// <summary>The bytes do not verify under that key.</summary>
    BadSignature,
}

/// <summary>Why a signature was refused.</summary>
/// <param name="Fault">For programs.</param>
/// <param name="Detail">For people: one sentence that names the field or component; carries no secret.</param>
public sealed record SignatureError(SignatureFault Fault, string Detail);
