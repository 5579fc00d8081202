using System.Net.WebSockets;
using System.Reflection;
using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.Api.Live;
using Hub.Api.Tests.Journey.Support;
using Hub.Api.Tests.Live;

namespace Hub.Api.Tests.Journey;

/// <summary>Live updates, asked for by those they do not concern (invariant 22).</summary>
[Collection("journey")]
[Trait("Invariant", "22")]
public sealed class LiveAttackTests(JourneyHub hub)
{
    [Fact]
    public void The_hub_has_two_methods_and_both_are_attacked_here() => Assert.Equal(
        ["Unwatch", "Watch"],
        typeof(LiveHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsVirtual).Select(m => m.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_guessed_topic_is_not_found_whoever_asks_and_whether_it_exists_or_not()
    {
        var sale = await (await hub.Acme.SellAsync(await hub.AdaAsync())).AcceptedAsync();
        var other = await hub.Acme.SellAsync(sale.Payer);
        string[] theirs = [$"payment:{sale.Payment}", $"order:{sale.OrderId}", $"customer:{sale.Payer.Id}", $"queue:{hub.Acme.Id}"];
        string[] nobodys = ["payment:pay_00000000000000000000nobody", "queue:mer_nobody", "merchant:" + hub.Acme.Id, "notification:ntf_x", "", "payment:", "payment:../x", "payment:" + new string('a', 500)];
        string[] tokens =
        [
            hub.Rival.Secret,
            await (await hub.Acme.NewPayerAsync("Bob")).TokenAsync(),
            await (await hub.Rival.NewPayerAsync("Mallory")).TokenAsync(),
        ];

        foreach (var token in tokens) await NotFoundAsync(token, [.. theirs, .. nobodys]);
        await NotFoundAsync(await sale.Payer.TokenAsync(other.Payment), [theirs[0], theirs[1], theirs[3]]);
        await NotFoundAsync(await sale.Payer.TokenAsync(), [theirs[3]]);
    }

    [Fact]
    public async Task Nobody_connects_without_a_credential()
    {
        await Assert.ThrowsAsync<WebSocketException>(() => SignalRJsonClient.ConnectAsync(hub.Address, null));
        await Assert.ThrowsAsync<WebSocketException>(() => SignalRJsonClient.ConnectAsync(hub.Address, "cst_made_up"));
    }

    [Fact]
    public async Task A_foreign_page_does_not_connect_with_the_cookie_of_staff()
    {
        var cookie = (await hub.StaffAsync(StaffRole.Support)).DefaultRequestHeaders.GetValues("Cookie").Single();

        await Assert.ThrowsAsync<WebSocketException>(() => SignalRJsonClient.ConnectAsync(hub.Address, null, ("Cookie", cookie), ("Origin", "https://evil.example")));
        await using var own = await SignalRJsonClient.ConnectAsync(hub.Address, null, ("Cookie", cookie), ("Origin", hub.Address.GetLeftPart(UriPartial.Authority)));
        await own.InvokeAsync("Watch", $"queue:{hub.Acme.Id}", 0);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => own.InvokeAsync("Watch", $"queue:{hub.Rival.Id}", 0));
        Assert.Contains("not_found", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_is_taken_away_ends_the_connection()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var staff = await hub.SignInAsync("leaver@acme.example", [StaffRole.Supervisor], hub.Acme.Id);
        var cookie = staff.DefaultRequestHeaders.GetValues("Cookie").Single();
        await using var live = await SignalRJsonClient.ConnectAsync(hub.Address, null, ("Cookie", cookie), ("Origin", hub.Address.GetLeftPart(UriPartial.Authority)));
        await live.InvokeAsync("Watch", $"queue:{hub.Acme.Id}", 0);

        await hub.Get<StaffDirectory>().AssignAsync("leaver@acme.example", [StaffRole.Support], [hub.Acme.Id], cancel);

        await live.Closed;
    }

    private async Task NotFoundAsync(string token, IReadOnlyList<string> topics)
    {
        await using var live = await SignalRJsonClient.ConnectAsync(hub.Address, token);
        foreach (var topic in topics)
        {
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => live.InvokeAsync("Watch", topic, 0));
            Assert.EndsWith("not_found", refused.Message, StringComparison.Ordinal);
            await live.InvokeAsync("Unwatch", topic);
        }

        Assert.False(live.HasMore);
    }
}
