using System.Security.Claims;
using Hub.Api.Edge.Errors;
using Hub.Domain.Kernel;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Access;

/// <summary>Who is calling, as proven by a credential. An endpoint takes it as a parameter.</summary>
/// <remarks>Invariant 22: the tenant always comes from here, never from what a request says.</remarks>
public abstract record Caller
{
    private Caller()
    {
    }

    /// <summary>The space its idempotency keys and rate limits live in; two tenants never share one.</summary>
    public abstract string Tenant { get; }

    /// <summary>The credential it came with; revoking that ends its live connections.</summary>
    public required string CredentialId { get; init; }

    /// <summary>Whether this caller may see what concerns <paramref name="subjects"/>. What it may not see does not exist for it: 404.</summary>
    public abstract bool MaySee(Subjects subjects);

    /// <summary>A merchant's server, by its secret key.</summary>
    /// <param name="MerchantId">Such as <c>mer_…</c>.</param>
    public sealed record Merchant(string MerchantId) : Caller
    {
        /// <inheritdoc/>
        public override string Tenant => $"merchant:{MerchantId}";

        /// <inheritdoc/>
        public override bool MaySee(Subjects subjects) => Owns(MerchantId, subjects);
    }

    /// <summary>A customer's own browser, app or chat, by a session token.</summary>
    /// <param name="MerchantId">Whose customer.</param>
    /// <param name="CustomerId">Such as <c>cus_…</c>.</param>
    /// <param name="PaymentId">The only payment the session is for, or <c>null</c> for all of the customer's.</param>
    public sealed record Customer(string MerchantId, string CustomerId, string? PaymentId) : Caller
    {
        /// <inheritdoc/>
        public override string Tenant => PaymentId is null ? $"customer:{CustomerId}" : $"customer:{CustomerId}:{PaymentId}";

        /// <inheritdoc/>
        /// <remarks>
        /// A session for one payment sees what concerns that payment, and of the rest only the customer's own record:
        /// the checkout page has to show the wallet, but no other order.
        /// </remarks>
        public override bool MaySee(Subjects subjects) =>
            Owns(MerchantId, subjects) && subjects.Customer == CustomerId && (PaymentId is null || InScope(subjects));

        private bool InScope(Subjects subjects) => subjects.Payment == PaymentId || subjects is { Payment: null, Order: null };
    }

    /// <summary>Somebody of the staff, signed in with a password and a second factor.</summary>
    /// <param name="Email">Lower case.</param>
    /// <param name="Roles">What they may do.</param>
    /// <param name="Merchants">Whose data they may see; nobody else's, whatever the role.</param>
    public sealed record Staff(string Email, EquatableArray<StaffRole> Roles, EquatableArray<string> Merchants) : Caller
    {
        /// <inheritdoc/>
        public override string Tenant => $"staff:{Email}";

        /// <summary>Whether they hold at least one of these roles.</summary>
        public bool Is(params ReadOnlySpan<StaffRole> anyOf)
        {
            foreach (var role in Roles)
            {
                if (anyOf.Contains(role)) return true;
            }

            return false;
        }

        /// <inheritdoc/>
        public override bool MaySee(Subjects subjects)
        {
            ArgumentNullException.ThrowIfNull(subjects);
            return subjects.Merchant is { } merchant && Merchants.Contains(merchant, StringComparer.Ordinal);
        }
    }

    /// <summary>Called by the framework.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext httpContext) => ValueTask.FromResult<Caller?>(Of(httpContext));

    /// <summary>The caller of a request.</summary>
    /// <exception cref="ProblemException">401: nobody is signed in.</exception>
    public static Caller Of(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return Of(http.User) ?? throw Problems.OfStatus(StatusCodes.Status401Unauthorized).AsException();
    }

    /// <summary>The caller a principal stands for, or <c>null</c> for nobody.</summary>
    public static Caller? Of(ClaimsPrincipal? principal) =>
        principal?.Identities.OfType<CallerIdentity>().FirstOrDefault(identity => identity.IsAuthenticated)?.Caller;

    private static bool Owns(string merchant, Subjects subjects)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        return subjects.Merchant == merchant;
    }
}

/// <summary>What somebody of the staff may do.</summary>
public enum StaffRole
{
    /// <summary>See journeys, resend, answer chats.</summary>
    Support = 1,

    /// <summary>Also void and refund.</summary>
    Supervisor = 2,

    /// <summary>Also captures, settlements and reconciliation.</summary>
    Finance = 3,

    /// <summary>Everything, staff included.</summary>
    Admin = 4,
}

/// <summary>An identity that carries the typed caller beside the claims that logs and the framework read.</summary>
public sealed class CallerIdentity : ClaimsIdentity
{
    /// <summary>An authenticated identity.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="scheme">By which scheme.</param>
    /// <param name="claims">What a cookie has to carry; may be empty.</param>
    public CallerIdentity(Caller caller, string scheme, IEnumerable<Claim> claims)
        : base(claims, scheme) => Caller = caller;

    /// <summary>Who is calling.</summary>
    public Caller Caller { get; }

    /// <inheritdoc/>
    public override ClaimsIdentity Clone() => new CallerIdentity(Caller, AuthenticationType!, Claims);
}
