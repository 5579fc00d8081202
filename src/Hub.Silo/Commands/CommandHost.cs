namespace Hub.Silo.Commands;

/// <summary>What a command sets that builds the hub and does not run it.</summary>
internal static class CommandHost
{
    /// <summary>It takes no mail, so it must not want the port of a hub that does.</summary>
    internal const string AnyMailPort = "--Hub:SandboxSmtpPort=0";
}
