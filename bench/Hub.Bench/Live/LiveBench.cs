using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Hub.Actors;
using Hub.Actors.Reactions;
using Hub.Bench.Http;
using Hub.Bench.Journeys;
using Hub.Bench.Load;
using Hub.Channels.Confirmations;
using Hub.Channels.Sms;
using Hub.Domain.Confirmations;
using Hub.Domain.Payments;
using Hub.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Bench.Live;

/// <summary>How soon a page shows what was answered by text message, and what an open page costs.</summary>
internal static class LiveBench
{
    private const int Watchers = 10_000;

    // The hub sends one phone at most 30 messages an hour.
    private const int PerPhone = 10;
    // The last is the goal's. What two cores cannot carry, they show seconds late; the others tell how soon it is while they can.
    private static readonly int[] Rates = [25, 50, 200];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<Line>> RunAsync(Settings settings, IProgress<string> progress)
    {
        await using var hub = await HubUnderTest.StartAsync();
        using var caller = await HubCaller.ConnectAsync(hub.Address);
        using var changes = Changes.Of(hub.Engine.Views);
        using var shop = await ShopServer.OpenAsync(hub.Address);
        var shoppers = new Shoppers(hub.Address, changes, (await caller.GetAsync("/v1/keys/encryption", null)).GetProperty("keys")[0]);
        using var bed = new Bed(hub, shoppers, shop, changes);
        var lines = new List<Line>();
        await RoundAsync(bed, 10, Rates[^1]);
        foreach (var rate in Rates)
        {
            lines.Add(await ShownAsync(bed, rate, settings, progress));
        }

        lines.Add(await ConnectionsAsync(bed, progress));
        return lines;
    }

    // The goal speaks of journeys; what is in flight here is the half of each that begins with the answer: capture, receipt, webhooks and notices.
    private static async Task<Line> ShownAsync(Bed bed, int rate, Settings settings, IProgress<string> progress)
    {
        var all = new Latencies();
        var p99 = new List<double>();
        var customers = Math.Max(1, (int)(settings.Span.TotalSeconds * rate / PerPhone));
        for (var round = 1; round <= settings.Rounds; round++)
        {
            progress.Report($"answers shown, {rate}/s: round {round} of {settings.Rounds}");
            var latencies = await RoundAsync(bed, customers, rate);
            all.Add(latencies);
            p99.Add(latencies.Percentile(0.99).TotalMilliseconds);
        }

        var middle = p99.Order().ElementAt(p99.Count / 2);
        return new Line(
            $"from a text that confirms to the open page that shows it, {rate} a second, {customers * PerPhone} a round",
            $"p50 {all.Percentile(0.5).TotalMilliseconds:N1} ms, p99 {middle:N1} ms (median of the rounds)", "50 ms at p99", middle, 50, AtMost: true);
    }

    private static async Task<Latencies> RoundAsync(Bed bed, int customers, int rate)
    {
        var asked = (await Task.WhenAll(Enumerable.Range(0, customers).Select(_ => bed.AskAsync(PerPhone)))).SelectMany(one => one).ToArray();
        await bed.Hub.Engine.SettledAsync(CancellationToken.None);
        var (answered, latencies) = (new ConcurrentDictionary<string, long>(StringComparer.Ordinal), new Latencies());
        using var all = new CountdownEvent(asked.Length);
        var pages = await Task.WhenAll(asked.GroupBy(one => one.Token).Select(async mine =>
        {
            var page = new Watcher();
            await page.OpenAsync(bed.Hub.Address, mine.Key, [.. mine.Select(one => $"payment:{one.Payment}")], Seen);
            return page;
        }));
        var start = Stopwatch.GetTimestamp();
        var answers = new List<Task>();
        for (var i = 0; i < asked.Length; i++)
        {
            // Open loop: what is late does not make the next one late.
            var due = TimeSpan.FromSeconds((double)i / rate) - Stopwatch.GetElapsedTime(start);
            if (due > TimeSpan.Zero) await Task.Delay(due);
            answered[asked[i].Payment] = Stopwatch.GetTimestamp();
            answers.Add(bed.AnswerAsync(asked[i]));
        }

        await Task.WhenAll(answers);
        if (!all.Wait(Patience)) throw new TimeoutException($"{all.CurrentCount} of {asked.Length} answers were not shown in {Patience.TotalSeconds:N0} s.");
        await bed.Hub.Engine.SettledAsync(CancellationToken.None);
        Array.ForEach(pages, page => page.Dispose());
        return latencies;

        void Seen(JsonElement update)
        {
            if (!update.GetProperty("type").ValueEquals("payment.confirmation_matched")) return;
            if (!answered.TryRemove(update.GetProperty("topic").GetString()!["payment:".Length..], out var since)) return;
            lock (latencies) latencies.Add(Stopwatch.GetElapsedTime(since));
            all.Signal();
        }
    }

    private static async Task<Line> ConnectionsAsync(Bed bed, IProgress<string> progress)
    {
        progress.Report($"{Watchers:N0} live connections");
        var one = (await bed.AskAsync(1))[0];
        (await Audience.GatherAsync(bed.Hub.Address, one.Token, $"payment:{one.Payment}", 100)).StandardInput.Close();
        var (managed, resident) = (Managed(), Resident());
        using var audience = await Audience.GatherAsync(bed.Hub.Address, one.Token, $"payment:{one.Payment}", Watchers);
        var each = (double)(Managed() - managed) / Watchers;
        var held = (double)(Resident() - resident) / Watchers;
        audience.StandardInput.Close();
        await audience.WaitForExitAsync();
        return new Line($"memory of a live connection that watches one payment, {Watchers:N0} open", $"{each / 1_000:N1} kB managed, {held / 1_000:N1} kB of the process");
    }

    private static long Managed()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    /// <summary>A payment that waits for its customer's answer.</summary>
    private sealed record Asked(string Payment, string Token, string Phone, string Number);

    /// <summary>What a round needs.</summary>
    private sealed class Bed(HubUnderTest hub, Shoppers shoppers, ShopServer shop, Changes changes) : IDisposable
    {
        private readonly HttpClient _twilio = new();
        private readonly TwilioSignature _signature = hub.Services.GetRequiredService<TwilioSignature>();
        private readonly Codes _codes = hub.Services.GetRequiredService<Codes>();

        public HubUnderTest Hub => hub;

        /// <summary>Has a new customer pay several times, and waits until each payment has asked.</summary>
        public async Task<IReadOnlyList<Asked>> AskAsync(int payments)
        {
            using var customer = await Returning.SettleAsync(shoppers);
            var asked = new List<Asked>();
            for (var i = 0; i < payments; i++)
            {
                var payment = await customer.SubmitAsync(shop);
                var open = await changes.WaitAsync($"payment:{payment}", async () => await SentAsync(payment));
                asked.Add(new Asked(payment, customer.Token, customer.Phone, _codes.ForPhone(open.Id, open.Challenge.Generation)));
            }

            return asked;
        }

        private async Task<Confirmation?> SentAsync(string payment) =>
            await hub.Engine.Actors.FindAsync<Payment>(HubKinds.Payment[payment], CancellationToken.None) is { OpenConfirmation: { Status: ConfirmationStatus.Sent } open } ? open : null;

        public void Dispose() => _twilio.Dispose();

        /// <summary>The text arrives, as Twilio forwards it.</summary>
        public async Task AnswerAsync(Asked asked)
        {
            Dictionary<string, string> form = new(StringComparer.Ordinal)
            {
                ["MessageSid"] = "SM" + RandomNumberGenerator.GetHexString(32, lowercase: true), ["AccountSid"] = SandboxKeys.TwilioAccountSid,
                ["From"] = asked.Phone, ["To"] = SandboxKeys.TwilioSender, ["Body"] = $"PAY {asked.Number}", ["NumMedia"] = "0",
            };
            var url = new Uri(hub.Address, "/channels/twilio/inbound");
            using var content = new FormUrlEncodedContent(form);
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content, Headers = { { "X-Twilio-Signature", _signature.Sign(url.AbsoluteUri, form) } } };
            using var answer = await _twilio.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }
    }
}
