using System.Collections.Concurrent;
using System.Data.Common;
using Hub.Actors.Ports;
using Hub.Api.Access.Storage;
using Hub.Domain.Kernel;
using Microsoft.AspNetCore.DataProtection;

namespace Hub.Api.Access.Staff;

/// <summary>Who is on the staff. The secrets of the second factor lie in the database sealed.</summary>
/// <remarks>
/// Read with every request of staff, so remembered for a few seconds; a change made here is seen at once, and so is one that another
/// node told of. One that was not told, such as <c>admin create</c> beside a hub, is seen when the memory fades.
/// </remarks>
public sealed class StaffDirectory
{
    /// <summary>How long somebody who was read is believed without being told otherwise.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    private const int MostRemembered = 10_000;

    private readonly AccessDatabase _database;
    private readonly ICredentials _credentials;
    private readonly IRandomSource _random;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, (StaffMember? Member, long ReadAt)> _known = new(StringComparer.Ordinal);
    private readonly Lock _remembering = new();
    private readonly IDataProtector _protector;
    private readonly Passwords _passwords;
    private long _forgotten;

    /// <summary>Serves from a database, and hears of what other nodes change.</summary>
    public StaffDirectory(
        AccessDatabase database, ICredentials credentials, IRandomSource random, TimeProvider time, IDataProtectionProvider protection, AccessOptions options)
    {
        (_database, _credentials, _random, _time) = (database, credentials, random, time);
        _protector = protection.CreateProtector("Hub.Api.Staff.Totp");
        _passwords = new Passwords(random, options.PasswordIterations);
        database.WhenTold(Forget);
    }

    /// <summary>Adds somebody, or gives them a new password, second factor, roles and merchants; their sessions end.</summary>
    /// <returns>What their authenticator app has to scan, <c>otpauth://…</c>; shown once.</returns>
    /// <exception cref="ArgumentException">No e-mail address, no role, or a password of a wrong length: a caller's bug.</exception>
    public async Task<string> CreateAsync(NewStaff staff, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(staff);
        var email = Normalize(staff.Email);
        if (!email.Contains('@', StringComparison.Ordinal) || email.Length > 254) throw new ArgumentException("An e-mail address is needed.", nameof(staff));
        if (staff.Password.Length is < Passwords.MinLength or > Passwords.MaxLength) throw new ArgumentException($"A password has {Passwords.MinLength} to {Passwords.MaxLength} characters.", nameof(staff));
        if (staff.Roles.Count == 0) throw new ArgumentException("A role is needed.", nameof(staff));

        var secret = staff.TotpSecret ?? Noise(Totp.SecretBytes);
        await ChangeAsync(
            email,
            """
            INSERT INTO staff (email, password, totp, roles, merchants, stamp) VALUES (@email, @password, @totp, @roles, @merchants, @stamp)
            ON CONFLICT (email) DO UPDATE SET password = @password, totp = @totp, roles = @roles, merchants = @merchants, stamp = @stamp,
                disabled = 0, failures = 0, locked_until = 0, last_step = 0
            """,
            cancel,
            ("@password", _passwords.Digest(staff.Password)),
            ("@totp", _protector.Protect(secret)),
            ("@roles", string.Join(' ', staff.Roles)),
            ("@merchants", string.Join(' ', staff.Merchants)));
        return Totp.Uri(email, secret);
    }

    /// <summary>Gives somebody other roles and merchants; takes effect at once.</summary>
    /// <returns>Whether there is such a person.</returns>
    public Task<bool> AssignAsync(string email, EquatableArray<StaffRole> roles, EquatableArray<string> merchants, CancellationToken cancel) => ChangeAsync(
        Normalize(email),
        "UPDATE staff SET roles = @roles, merchants = @merchants, stamp = @stamp WHERE email = @email",
        cancel,
        ("@roles", string.Join(' ', roles)),
        ("@merchants", string.Join(' ', merchants)));

    /// <summary>Shuts somebody out; takes effect at once.</summary>
    /// <returns>Whether there is such a person.</returns>
    public Task<bool> DisableAsync(string email, CancellationToken cancel) =>
        ChangeAsync(Normalize(email), "UPDATE staff SET disabled = 1, stamp = @stamp WHERE email = @email", cancel);

    /// <summary>Somebody by their e-mail address, or <c>null</c>.</summary>
    public StaffMember? Find(string email)
    {
        var key = Normalize(email);
        if (_known.TryGetValue(key, out var known) && _time.GetElapsedTime(known.ReadAt) < Memory) return known.Member;

        // Counted and timed before it is read: what is changed meanwhile, here or on another node, is not remembered.
        var (before, readAt) = (Interlocked.Read(ref _forgotten), _time.GetTimestamp());
        var member = Read(key)?.Member;
        lock (_remembering)
        {
            if (before != _forgotten) return member;
            if (_known.Count >= MostRemembered) _known.Clear();
            _known[key] = (member, readAt);
        }

        return member;
    }

    /// <summary>Everybody who serves a merchant and is not shut out, by e-mail address.</summary>
    /// <remarks>Read anew each time, from rows without their secrets: it is asked for by hand, when somebody hands a conversation over.</remarks>
    /// <param name="merchant">Such as <c>mer_…</c>.</param>
    internal IReadOnlyList<StaffMember> Serving(string merchant) => _database.Read(
        "SELECT email, roles, merchants, stamp, disabled FROM staff WHERE disabled = 0 ORDER BY email",
        rows =>
        {
            var found = new List<StaffMember>();
            while (rows.Read())
            {
                var member = MemberOf(rows.GetString(0), rows, from: 1);
                if (member.Merchants.Contains(merchant, StringComparer.Ordinal)) found.Add(member);
            }

            return found;
        });

    internal static string Normalize(string email)
    {
        ArgumentNullException.ThrowIfNull(email);
        return email.Trim().ToLowerInvariant();
    }

    internal StaffSecrets? Read(string email) => _database.Read(
        "SELECT roles, merchants, stamp, disabled, password, totp FROM staff WHERE email = @email",
        rows => rows.Read() ? ReadRow(email, rows) : null,
        ("@email", email));

    private StaffSecrets ReadRow(string email, DbDataReader row) =>
        new(MemberOf(email, row, from: 0), row.GetString(4), _protector.Unprotect(row.GetFieldValue<byte[]>(5)));

    private static StaffMember MemberOf(string email, DbDataReader row, int from) => new(
        email,
        Words(row.GetString(from)).Select(Enum.Parse<StaffRole>).ToEquatableArray(),
        Words(row.GetString(from + 1)).ToEquatableArray(),
        row.GetString(from + 2),
        row.GetInt64(from + 3) != 0);

    private async Task<bool> ChangeAsync(string email, string sql, CancellationToken cancel, params (string Name, object? Value)[] parameters)
    {
        (string Name, object? Value)[] all = [("@email", email), ("@stamp", Convert.ToHexStringLower(Noise(16))), .. parameters];
        var changed = await _database.WriteAsync(writer =>
        {
            var rows = writer.Execute(sql, all);
            writer.TellOthers();
            return rows;
        });
        Forget();
        await _credentials.RevokeStaffAsync(email, cancel);
        return changed > 0;
    }

    private void Forget()
    {
        lock (_remembering)
        {
            _forgotten++;
            _known.Clear();
        }
    }

    private byte[] Noise(int count)
    {
        var noise = new byte[count];
        _random.Fill(noise);
        return noise;
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>What a sign-in is compared with.</summary>
internal sealed record StaffSecrets(StaffMember Member, string PasswordDigest, byte[] TotpSecret)
{
    public override string ToString() => Member.Email;
}
