using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hub.EndToEnd.Support;

/// <summary>A mailbox of the sandbox: reads each mail once.</summary>
internal sealed partial class Mailbox(HttpClient http, string address)
{
    private readonly Api _api = new(http);
    private readonly HashSet<string> _read = [];

    internal string Address => address;

    internal async Task<IReadOnlyList<JsonElement>> ListAsync() => [.. (await _api.GetAsync($"/sandbox/api/mail?to={Uri.EscapeDataString(address)}")).EnumerateArray()];

    /// <summary>The next mail whose subject holds this, with its text, waiting for it.</summary>
    internal async Task<JsonElement> NextAsync(string subject)
    {
        var id = await Eventually.FindAsync(
            async () => (await ListAsync()).Where(m => !_read.Contains(m.Text("id")!) && m.Text("subject")!.Contains(subject, StringComparison.OrdinalIgnoreCase))
                .Select(m => m.Text("id")).LastOrDefault(),
            $"a mail about '{subject}' to {address}",
            async () => "There are: " + string.Join(" | ", (await ListAsync()).Select(m => m.Text("subject"))));
        _read.Add(id);
        return await _api.GetAsync($"/sandbox/api/mail/{id}");
    }

    /// <summary>The six digits in a mail.</summary>
    internal static string CodeIn(JsonElement mail) => SixDigits().Match(mail.Text("text")!).Value;

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();
}
