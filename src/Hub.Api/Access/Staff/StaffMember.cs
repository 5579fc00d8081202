using Hub.Domain.Kernel;

namespace Hub.Api.Access.Staff;

/// <summary>Somebody of the staff, without anything secret.</summary>
/// <param name="Email">Lower case.</param>
/// <param name="Roles">What they may do.</param>
/// <param name="Merchants">Whose data they may see.</param>
/// <param name="Stamp">Changes with password, roles, merchants and disabling; ends every session made before.</param>
/// <param name="Disabled">Whether they are shut out.</param>
public sealed record StaffMember(string Email, EquatableArray<StaffRole> Roles, EquatableArray<string> Merchants, string Stamp, bool Disabled)
{
    internal Caller.Staff ToCaller(string session) => new(Email, Roles, Merchants) { CredentialId = session };
}

/// <summary>A new member of the staff.</summary>
/// <param name="Email">Any case.</param>
/// <param name="Password">12 to 200 characters.</param>
/// <param name="Roles">At least one.</param>
/// <param name="Merchants">Whose data they may see.</param>
/// <param name="TotpSecret">The shared secret of the second factor; <c>null</c> to have one made. The sandbox passes a fixed one.</param>
public sealed record NewStaff(string Email, string Password, EquatableArray<StaffRole> Roles, EquatableArray<string> Merchants, byte[]? TotpSecret = null)
{
    /// <summary>Without the password and the second factor.</summary>
    public override string ToString() => Email;
}
