using Hub.Gateways.Vault;
using Spectre.Console;

namespace Hub.Silo.Commands;

/// <summary>Gives the vault new keys and encrypts everything in it anew. Where it is a file the hub must be stopped.</summary>
internal static class KeysCommand
{
    internal static async Task<int> RunAsync(string[] args)
    {
        await using var app = HubHost.Build([.. args, CommandHost.AnyMailPort], withJournal: false);
        var vault = app.Services.GetRequiredService<HubVault>();
        await AnsiConsole.Status().StartAsync("Encrypting the vault under a new key", _ => vault.RotateAsync(CancellationToken.None));
        AnsiConsole.MarkupLine("The vault is encrypted under a new key, cards are encrypted to a new public key, and receipts are signed with a new key from now on.");
        return 0;
    }
}
