using System.Net;

namespace Hub.Sandbox;

/// <summary>How the sandbox runs. The addresses may be set until the first request needs them.</summary>
public sealed class SandboxOptions
{
    /// <summary>Where webhooks and callbacks go and where the demo shop calls the API; without a trailing slash.</summary>
    /// <remarks>Signatures are made over this address, so it must be the one the hub checks against.</remarks>
    public Uri HubUrl { get; set; } = new("http://localhost:5080");

    /// <summary>Where the sandbox itself is reached; <c>null</c> when it runs in the hub's process.</summary>
    public Uri? SandboxUrl { get; set; }

    /// <summary>The folder of <c>sandbox.db</c>; made when it is not there.</summary>
    public string DataFolder { get; set; } = "./data";

    /// <summary>The port of the mail server; 0 takes any free one.</summary>
    public int SmtpPort { get; set; } = 2525;

    /// <summary>The address the mail server listens on; only a sandbox for hubs on other machines needs another than this one's own.</summary>
    public IPAddress SmtpAddress { get; set; } = IPAddress.Loopback;

    /// <summary>Fixes the order of status callbacks; <c>null</c> for another order every time.</summary>
    public int? Seed { get; set; }

    /// <summary>How long the bank holds a connection that it will not answer, in real time.</summary>
    public TimeSpan BankHold { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a late decline or a late refund failure takes, by the sandbox's clock.</summary>
    public TimeSpan BankLate { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>A banking day, by the sandbox's clock: how long disputes, clearing and returns take.</summary>
    public TimeSpan BankDay { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Whether the bank also sends a webhook for what it has already answered, as most banks do.</summary>
    public bool BankConfirmsAnswers { get; set; } = true;

    internal Uri OwnUrl => SandboxUrl ?? HubUrl;
}
