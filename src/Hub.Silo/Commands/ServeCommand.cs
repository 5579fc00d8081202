using Hub.Sandbox;
using Spectre.Console;

namespace Hub.Silo.Commands;

/// <summary>Runs the hub.</summary>
internal static class ServeCommand
{
    // Characters; the longest line of the greeting has about 110.
    private const int RedirectedWidth = 160;

    internal static async Task<int> RunAsync(string[] args)
    {
        await using var app = HubHost.Build(args);
        ListenAddress.Check(app.Services.GetRequiredService<HubSettings>().Listen);
        await app.StartAsync();
        Greet(app.Services.GetRequiredService<HubSettings>());
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static void Greet(HubSettings settings)
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
        {
            // Whoever reads a file or a pipe wants neither escape codes nor links broken at a window's edge.
            console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
            console.Profile.Width = RedirectedWidth;
        }

        var at = settings.PublicUrl.ToString().TrimEnd('/');
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]OmniHub[/] is ready at [link]{at}/[/]{(settings.Sandbox ? "  (sandbox: no real money, no real messages)" : "")}");
        if (!settings.Sandbox) return;
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "");
        table.AddRow("Walk through it", $"{at}/");
        table.AddRow("Shop", $"{at}/shop");
        table.AddRow("Phone", $"{at}/sandbox/phone");
        table.AddRow("Mailbox", $"{at}/sandbox/mail");
        table.AddRow("Bank", $"{at}/sandbox/bank");
        table.AddRow("Clock", $"{at}/sandbox/clock");
        table.AddRow("Support", $"{at}/support");
        table.AddRow("  sign in as", $"{SandboxKeys.StaffEmail} / {SandboxKeys.StaffPassword}");
        table.AddRow("  second factor", $"{at}/sandbox/api/authenticator, or in an app: {SandboxKeys.StaffTotpSecret}");
        table.AddRow("API", $"{at}/openapi/v1.json, to try out at {at}/swagger");
        table.AddRow("  secret key", $"{SandboxKeys.DemoMerchantApiKey} ({SandboxKeys.DemoMerchantName})");
        table.AddRow("Data", settings.Data);
        console.Write(table);
        console.WriteLine();
    }
}
