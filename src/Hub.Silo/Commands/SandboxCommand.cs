using System.Net;
using Hub.Sandbox;
using Hub.Sandbox.Clock;
using Hub.Sandbox.Mail;

namespace Hub.Silo.Commands;

/// <summary>Runs the outside parties alone: bank, phone network, mailbox, shop.</summary>
internal static class SandboxCommand
{
    internal static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
        var listen = builder.Configuration["urls"] ?? "http://localhost:5090";
        var hub = builder.Configuration["Hub:PublicUrl"] ?? "http://localhost:5080";
        if (!Uri.TryCreate(hub, UriKind.Absolute, out var hubUrl)) throw new SettingException($"Hub:PublicUrl is '{hub}': it must be the hub's address.");
        if (!Uri.TryCreate(listen, UriKind.Absolute, out var own)) throw new SettingException($"urls is '{listen}': it must be one address.");
        var reached = HubSettings.ReadSandbox(builder.Configuration) ?? own;
        builder.WebHost.UseUrls(listen);
        builder.Services.AddHealthChecks();
        builder.Services.AddSingleton<TimeProvider>(_ => new SandboxClock());
        builder.Services.AddSandbox(new SandboxOptions
        {
            HubUrl = hubUrl,
            SandboxUrl = reached,
            DataFolder = builder.Configuration["Hub:Data"] ?? "./data",
            SmtpPort = int.TryParse(builder.Configuration["Hub:SandboxSmtpPort"] ?? "2525", out var port) ? port : throw new SettingException("Hub:SandboxSmtpPort must be a port, 0 to 65535."),
            SmtpAddress = IPAddress.TryParse(own.DnsSafeHost, out var named) ? named : IPAddress.Loopback,
        });
        ListenAddress.Check(own);
        await using var app = builder.Build();
        app.MapSandbox();
        app.MapHealthChecks("/health/ready");
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"The sandbox is ready at {own} for the hub at {hubUrl}; mail on port {app.Services.GetRequiredService<SmtpListener>().Port}.");
        await app.WaitForShutdownAsync();
        return 0;
    }
}
