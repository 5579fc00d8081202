namespace Hub.Api.Access.Authentication;

/// <summary>The names of the ways to prove who calls.</summary>
public static class Schemes
{
    /// <summary>Picks one of the others by what the request carries.</summary>
    public const string Hub = "hub";

    /// <summary><c>Authorization: Bearer</c> with an API key or a customer session; on <c>/live</c> also <c>?access_token=</c>.</summary>
    public const string Bearer = "bearer";

    /// <summary>The cookie of signed-in staff.</summary>
    public const string Staff = "staff";

    /// <summary>The cookie's name.</summary>
    public const string StaffCookie = "hub_staff";
}
