using Hub.Actors.Postgres;
using Hub.Actors;
using Hub.Actors.Journal;
using Hub.Actors.Journal.Postgres;
using Hub.Gateways.Vault;

namespace Hub.Silo.Commands;

/// <summary>Turns what can go wrong at the start into one clear line; everything else is a bug and keeps its stack.</summary>
internal static class StartProblems
{
    internal static string? Explain(Exception problem) => problem switch
    {
        SettingException or JournalLockedException or DatabaseRefusedException or JournalUnavailableException or VaultConfigurationException or DatabaseUnavailableException or CommandException => problem.Message,
        ArgumentException { ParamName: "options" or "staff" } wrong => wrong.Message.Replace($" (Parameter '{wrong.ParamName}')", "", StringComparison.Ordinal),
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => "The address is in use. Stop what listens there, or choose another with --urls=http://localhost:PORT.",
        Microsoft.AspNetCore.Connections.AddressInUseException => "The port for other silos, or the one for nodes that are none, is in use. Choose others with --Hub:SiloPort=PORT and --Hub:GatewayPort=PORT.",
        IOException busy when busy.Message.Contains("2525", StringComparison.Ordinal) || busy.Message.Contains("mail", StringComparison.OrdinalIgnoreCase) => busy.Message,
        _ => null,
    };
}

/// <summary>A command was given wrongly: what, and what to do.</summary>
internal sealed class CommandException(string message) : Exception(message);
