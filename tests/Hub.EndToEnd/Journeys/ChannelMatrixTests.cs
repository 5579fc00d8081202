using Hub.EndToEnd.Support;

namespace Hub.EndToEnd.Journeys;

/// <summary>One journey, whichever channel it is on: begun anywhere, confirmed anywhere, with another channel for every step between.</summary>
public sealed class ChannelMatrixTests(RunningHub hub) : AtRest(hub)
{
    private static readonly string[] Ways = ["web", "mobile", "sms", "whatsapp", "chat", "email"];

    public static TheoryData<string, string> Pairs => [.. Ways.SelectMany(begins => Ways.Select(confirms => (begins, confirms)))];

    [Theory]
    [MemberData(nameof(Pairs))]
    [Trait("Invariant", "14")]
    [Trait("Invariant", "19")]
    public async Task A_journey_begun_on_one_channel_goes_on_on_others_and_stands_alike_on_all_of_them(string begins, string confirms)
    {
        await using var traveller = await Traveller.ArriveAsync(Hub, begins, confirms);
        await traveller.PreferAsync(confirms is "web" or "mobile" ? "sms" : confirms);
        var order = await Hub.Merchant.PlaceOrderAsync(traveller.Id);
        var (id, reference) = (order.Text("id")!, order.Text("reference")!);
        var payment = (await Hub.Merchant.OpenPaymentAsync(id)).Text("id")!;
        await using var watcher = await SignalRJsonClient.ConnectAsync(Hub.Address, await Hub.Merchant.OpenSessionAsync(traveller.Id, payment));
        await watcher.WatchAsync($"payment:{payment}");

        var (first, second) = begins == "mobile" ? ("mobile", "web") : ("web", "mobile");
        if (begins is "sms" or "whatsapp" or "chat") Assert.Contains("awaiting payment", await traveller.AskAsync(begins, reference), StringComparison.Ordinal);
        await traveller.AcceptAsync(first, id);
        await traveller.SubmitAsync(second, payment);
        await watcher.UntilAsync("payment.confirmation_sent");
        Assert.Contains("awaiting confirmation", await traveller.AskAsync(confirms == "sms" ? "chat" : "sms", reference), StringComparison.Ordinal);
        await traveller.ConfirmAsync(confirms, payment);
        await watcher.UntilAsync("order.paid");
        await traveller.Mailbox.NextAsync("Receipt");
        await Hub.SettledAsync();

        var answered = confirms == "email" ? "web" : confirms;
        Assert.Equal(("succeeded", answered), (await traveller.SeeAsync(payment) is var seen ? (seen.Text("status"), seen.Text("confirmation.answered_by")) : default));
        Assert.Equal("succeeded", (await Hub.Merchant.PaymentAsync(payment)).Text("status"));
        foreach (var way in Ways.Where(way => way is "sms" or "chat" || (way == "whatsapp" && way == begins)))
        {
            Assert.EndsWith("paid.", await traveller.AskAsync(way, reference), StringComparison.Ordinal);
        }

        var told = (await traveller.TimelineAsync()).Select(line => (line.Text("type"), line.Text("channel"))).ToList();
        Assert.Contains(("order.accepted", first), told);
        Assert.Contains(("payment.submitted", second), told);
        Assert.Single(told, line => line.Item1 == "payment.confirmation_matched" && line.Item2 == answered);
    }
}
