namespace Hub.Sandbox.Phones;

/// <summary>The words that the network itself understands when they are the whole message.</summary>
/// <remarks>Source: Twilio's "Advanced Opt-Out" documentation, default keywords.</remarks>
internal static class OptOutWords
{
    private static readonly HashSet<string> Stop = new(["STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Start = new(["START", "YES", "UNSTOP"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Help = new(["HELP", "INFO"], StringComparer.OrdinalIgnoreCase);

    /// <summary>STOP, START, HELP, or <c>null</c> for an ordinary message.</summary>
    internal static string? TypeOf(string body)
    {
        var word = body.Trim();
        return Stop.Contains(word) ? "STOP" : Start.Contains(word) ? "START" : Help.Contains(word) ? "HELP" : null;
    }

    /// <summary>What the network itself answers.</summary>
    internal static string Reply(string type) => type switch
    {
        "STOP" => "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.",
        "START" => "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
        _ => "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    };
}
