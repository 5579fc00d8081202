using System.Text.Json;

namespace Hub.Sandbox.Phones;

/// <summary>What is different on WhatsApp: numbers have a prefix, and words of one's own reach only who wrote within a day.</summary>
/// <remarks>Source: Twilio, "WhatsApp key concepts" (the 24-hour window) and its error dictionary.</remarks>
internal static class WhatsApp
{
    internal const string Prefix = "whatsapp:";

    /// <summary>Words of one's own were sent outside the window.</summary>
    internal const int OutsideWindow = 63016;

    internal static readonly TimeSpan Window = TimeSpan.FromHours(24);

    // As WhatsApp would have approved them; what fills the places is the hub's to know.
    private static readonly Dictionary<string, string> Approved = new(StringComparer.Ordinal)
    {
        [SandboxKeys.WhatsAppTemplates["confirmation"]] = "Pay {{1}} to {{2}}? Reply PAY {{3}} or NO {{3}}, or type {{5}} on the page. Valid {{4}} min.",
        [SandboxKeys.WhatsAppTemplates["confirmation.de"]] = "{{1}} an {{2}} zahlen? Antwort: PAY {{3}} (ja) oder NO {{3}} (nein), oder {{5}} auf der Seite eingeben. {{4}} Min. gültig.",
        [SandboxKeys.WhatsAppTemplates["confirmation.zh"]] = "是否向“{{2}}”支付 {{1}}？同意请回复 PAY {{3}}，拒绝请回复 NO {{3}}，或在页面输入 {{5}}。{{4}} 分钟内有效。",
        [SandboxKeys.WhatsAppTemplates["address_verification"]] = "Your code is {{1}}, valid {{2}} min. Never share it.",
        [SandboxKeys.WhatsAppTemplates["address_verification.de"]] = "Ihr Code ist {{1}}, {{2}} Min. gültig. Nie weitergeben.",
        [SandboxKeys.WhatsAppTemplates["address_verification.zh"]] = "您的验证码是 {{1}}，{{2}} 分钟内有效，请勿告诉他人。",
        [SandboxKeys.WhatsAppTemplates["wallet_code"]] = "Code {{1}} sets the password of your wallet, valid {{2}} min. Nobody may ask you for it.",
    };

    /// <summary>Whether an address is one of WhatsApp's.</summary>
    internal static bool Is(string address) => address.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The number in an address, whichever way it goes.</summary>
    internal static string NumberOf(string address) => Is(address) ? address[Prefix.Length..] : address;

    /// <summary>Approved words with their places filled.</summary>
    /// <returns><c>null</c> when no words of this name were approved, or a place stays empty.</returns>
    internal static string? Fill(string sid, string? variables)
    {
        if (!Approved.TryGetValue(sid, out var words)) return null;
        try
        {
            var values = JsonSerializer.Deserialize<Dictionary<string, string>>(variables ?? "{}") ?? [];
            if (values.Values.Any(string.IsNullOrEmpty)) return null;
            var filled = values.Aggregate(words, (text, value) => text.Replace($"{{{{{value.Key}}}}}", value.Value, StringComparison.Ordinal));
            return filled.Contains("{{", StringComparison.Ordinal) ? null : filled;
        }
        catch (JsonException)
        {
            // Twilio answers such variables as it answers wrong ones.
            return null;
        }
    }
}
