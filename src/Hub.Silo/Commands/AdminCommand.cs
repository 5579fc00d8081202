using Hub.Api.Access.Staff;
using Hub.Api.Access;
using Microsoft.Extensions.Configuration;

namespace Hub.Silo.Commands;

/// <summary>Adds a member of staff, or gives one a new password and second factor. Where the stores are files the hub must be stopped: the keys that seal the second factor are in its vault.</summary>
internal static class AdminCommand
{
    private const int ShortestPassword = 12;

    internal static async Task<int> RunAsync(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        var email = configuration["email"] ?? throw new CommandException("Name the person: admin create --email=ada@example.com --roles=support --merchants=mer_…");
        var roles = (configuration["roles"] ?? "support").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => Enum.TryParse<StaffRole>(name, ignoreCase: true, out var role) && Enum.IsDefined(role) ? role : throw new CommandException($"'{name}' is no role. Roles are support, supervisor, finance, admin."))
            .ToList();
        var merchants = (configuration["merchants"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        await using var app = HubHost.Build([.. args, CommandHost.AnyMailPort], withJournal: false);
        var uri = await app.Services.GetRequiredService<StaffDirectory>().CreateAsync(new NewStaff(email, ReadPassword(), [.. roles], [.. merchants]), CancellationToken.None);
        await Console.Out.WriteLineAsync($"{email} may sign in. Put this into their authenticator app; it is shown once:");
        await Console.Out.WriteLineAsync(uri);
        return 0;
    }

    // From standard input, so that it stands in no shell's history and no process list.
    private static string ReadPassword()
    {
        if (!Console.IsInputRedirected) Console.Write($"Password, at least {ShortestPassword} characters: ");
        var password = Console.In.ReadLine() ?? "";
        return password.Length >= ShortestPassword ? password : throw new CommandException($"The password has {password.Length} characters; it needs at least {ShortestPassword}.");
    }
}
