using Hub.Actors.Ports;
using Hub.Api.Access.Storage;
using Microsoft.Extensions.Logging;

namespace Hub.Api.Access.Staff;

/// <summary>Checks a password and a second factor together, and never tells which was wrong.</summary>
/// <remarks>
/// A try is counted before anything is compared, so a hundred tries side by side are a hundred tries. After five failures nothing is
/// accepted for 15 minutes. A step of the second factor is accepted once, so that a code read over a shoulder is worth nothing.
/// An unknown person costs as much time as a known one.
/// </remarks>
public sealed partial class StaffSignIn(
    AccessDatabase database,
    StaffDirectory directory,
    ICredentials credentials,
    IRandomSource random,
    TimeProvider time,
    AccessOptions options,
    ILogger<StaffSignIn> log)
{
    /// <summary>How many failures in a row lock an account.</summary>
    public const int MostFailures = 5;

    /// <summary>How long a locked account stays locked.</summary>
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>How long a session lasts at the most, however busy.</summary>
    public static readonly TimeSpan LongestSession = TimeSpan.FromHours(24);

    private readonly Lazy<string> _nobody = new(() => new Passwords(random, options.PasswordIterations).Digest("nobody has this password"));

    /// <summary>Signs somebody in.</summary>
    /// <param name="email">Any case.</param>
    /// <param name="password">As typed.</param>
    /// <param name="code">Six digits of the authenticator app.</param>
    /// <param name="cancel">Stops waiting; the try counts.</param>
    /// <returns>Who, and the stamp of their session; or <c>null</c>.</returns>
    internal async Task<(Caller.Staff Staff, string Stamp)?> TryAsync(string email, string password, string code, CancellationToken cancel)
    {
        var key = StaffDirectory.Normalize(email);
        var open = await CountTryAsync(key);
        var secrets = directory.Read(key);
        var passwordFits = Passwords.Verify(password, secrets?.PasswordDigest ?? _nobody.Value);
        var step = Totp.Match(secrets?.TotpSecret ?? new byte[Totp.SecretBytes], code, time.GetUtcNow());
        var fits = open && passwordFits && step is not null && secrets is { Member.Disabled: false };
        if (!fits || !await UseStepAsync(key, step!.Value))
        {
            Refused(log, open);
            return null;
        }

        var session = await credentials.IssueAsync(new NewCredential(CredentialKind.StaffSession, Staff: key, Life: LongestSession), cancel);
        return (secrets!.Member.ToCaller(session.Credential.Id), secrets.Member.Stamp);
    }

    private async Task<bool> CountTryAsync(string email)
    {
        var now = time.GetUtcNow();
        return await database.WriteAsync(
            """
            UPDATE staff SET
                locked_until = CASE WHEN (CASE WHEN locked_until > 0 THEN 0 ELSE failures END) + 1 >= @most THEN @until ELSE 0 END,
                failures = CASE WHEN locked_until > 0 THEN 1 ELSE failures + 1 END
            WHERE email = @email AND locked_until <= @now
            """,
            ("@email", email),
            ("@now", now.ToUnixTimeMilliseconds()),
            ("@until", (now + LockedFor).ToUnixTimeMilliseconds()),
            ("@most", MostFailures)) > 0;
    }

    private async Task<bool> UseStepAsync(string email, long step) => await database.WriteAsync(
        "UPDATE staff SET failures = 0, locked_until = 0, last_step = @step WHERE email = @email AND last_step < @step",
        ("@email", email),
        ("@step", step)) > 0;

    [LoggerMessage(LogLevel.Warning, "A staff sign-in was refused; the account was open: {Open}")]
    private static partial void Refused(ILogger log, bool open);
}
