namespace Hub.Gateways.Jwe;

/// <summary>Why an encrypted message is refused. None of them says anything about its content.</summary>
public enum JweProblem
{
    /// <summary>Longer than <see cref="CompactJwe.MaxLength"/>.</summary>
    TooLarge,

    /// <summary>Not five parts of base64url of the right sizes, or a header that is no plain JSON object.</summary>
    Malformed,

    /// <summary>A header other than exactly <c>alg</c>, <c>enc</c> and <c>kid</c>, or other algorithms than the pinned ones.</summary>
    HeaderNotAllowed,

    /// <summary>A key the hub does not have; fetch the current one.</summary>
    UnknownKey,

    /// <summary>It does not open: another key, or a changed byte.</summary>
    NotAuthentic,

    /// <summary>It opens, and is not the JSON that was asked for.</summary>
    ContentMalformed,

    /// <summary>Made for another customer.</summary>
    WrongCustomer,

    /// <summary>Its time has passed.</summary>
    Expired,

    /// <summary>It would live longer than ten minutes from now.</summary>
    LivesTooLong,

    /// <summary>Its <c>jti</c> was used for something else before.</summary>
    Replayed,
}

/// <summary>The names of the problems in the API.</summary>
public static class JweProblems
{
    /// <summary>The API's <c>code</c>.</summary>
    public static string Code(this JweProblem problem) => problem switch
    {
        JweProblem.TooLarge => "encrypted_too_large",
        JweProblem.Malformed => "encrypted_malformed",
        JweProblem.HeaderNotAllowed => "encrypted_header_not_allowed",
        JweProblem.UnknownKey => "encrypted_unknown_key",
        JweProblem.NotAuthentic => "encrypted_not_authentic",
        JweProblem.ContentMalformed => "encrypted_content_malformed",
        JweProblem.WrongCustomer => "encrypted_wrong_customer",
        JweProblem.Expired => "encrypted_expired",
        JweProblem.LivesTooLong => "encrypted_lives_too_long",
        JweProblem.Replayed => "encrypted_replayed",
        _ => throw new ArgumentOutOfRangeException(nameof(problem)),
    };
}
