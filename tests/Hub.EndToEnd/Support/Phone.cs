using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hub.EndToEnd.Support;

/// <summary>A phone of the sandbox: reads each message once, in order, and types answers.</summary>
/// <param name="http">The line to the sandbox.</param>
/// <param name="number">Its number.</param>
/// <param name="way"><c>sms</c> or <c>whatsapp</c>.</param>
internal sealed partial class Phone(HttpClient http, string number, string way = "sms")
{
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(2);

    private readonly Api _api = new(http);
    private readonly HashSet<string> _read = [];

    internal string Number => number;

    internal async Task<IReadOnlyList<JsonElement>> MessagesAsync() =>
        [.. (await _api.GetAsync($"/sandbox/api/phones/{Uri.EscapeDataString(number)}/messages")).EnumerateArray().Where(m => m.Text("channel") == way)];

    /// <summary>Everything that came to this phone.</summary>
    internal async Task<IReadOnlyList<string>> ReceivedAsync() => [.. (await MessagesAsync()).Where(m => m.Text("direction") == "in").Select(m => m.Text("body")!)];

    /// <summary>The next unread message that holds this, waiting for it.</summary>
    /// <param name="part">What it holds.</param>
    /// <param name="askAgain">What an impatient person does every now and then while nothing comes; waits for minutes then.</param>
    internal async Task<string> NextAsync(string part, Func<Task>? askAgain = null)
    {
        var looks = 0;
        var found = await Eventually.FindAsync(LookAsync, $"an SMS with '{part}' at {number}", async () => "There are: " + string.Join(" | ", await ReceivedAsync()), askAgain is null ? null : LongWait);
        _read.Add(found.Item1);
        return found.Item2;

        async Task<Tuple<string, string>?> LookAsync()
        {
            if (askAgain is not null && ++looks % 25 == 0) await askAgain();
            return (await MessagesAsync()).Where(m => m.Text("direction") == "in" && !_read.Contains(m.Text("sid")!))
                .Select(m => (Found: m.Text("body")!.Contains(part, StringComparison.OrdinalIgnoreCase), Sid: m.Text("sid")!, Body: m.Text("body")!))
                .FirstOrDefault(m => m.Found) is { Body: { } body, Sid: var sid } ? Tuple.Create(sid, body) : null;
        }
    }

    /// <summary>The code of the message that proves a phone.</summary>
    internal async Task<string> VerificationCodeAsync(Func<Task>? askAgain = null) => SixDigits().Match(await NextAsync("code", askAgain)).Value;

    /// <summary>The four digits of the next request to confirm.</summary>
    internal async Task<string> ConfirmationNumberAsync(Func<Task>? askAgain = null) => NumberIn(await NextAsync("Reply PAY", askAgain));

    internal static string NumberIn(string text) => PayNumber().Match(text).Groups[1].Value;

    internal async Task TypeAsync(string body) => (await _api.PostAsync($"/sandbox/api/phones/{Uri.EscapeDataString(number)}/messages", new { body, channel = way })).Expect(201);

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();

    [GeneratedRegex(@"PAY (\d{4})")]
    private static partial Regex PayNumber();
}
