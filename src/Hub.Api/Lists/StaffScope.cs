using Hub.Api.Access;
using Hub.Api.Edge.Errors;

namespace Hub.Api.Lists;

/// <summary>Which merchant's things somebody of staff asks for.</summary>
internal static class StaffScope
{
    /// <summary>The merchant that was named, or the only one that they serve.</summary>
    /// <exception cref="ProblemException">400: they serve several and named none; 404: it is none of theirs.</exception>
    internal static string MerchantOf(this Caller.Staff staff, string? asked) => asked switch
    {
        null when staff.Merchants.Count == 1 => staff.Merchants[0],
        null => throw Problems.Invalid("merchant", "is required, since you serve several").AsException(),
        _ when staff.Merchants.Contains(asked, StringComparer.Ordinal) => asked,
        _ => throw Problems.NotFound().AsException(),
    };
}
