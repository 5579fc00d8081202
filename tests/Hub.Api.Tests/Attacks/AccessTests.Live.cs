using System.Reflection;
using Hub.Api.Live;
using Hub.Api.Tests.Journey.Support;
using Hub.Api.Tests.Live;

namespace Hub.Api.Tests.Attacks;

/// <summary>The methods of the live hub, called by those they do not concern.</summary>
public sealed partial class AccessTests
{
    [Fact]
    public void The_hub_has_four_methods_and_all_are_attacked_here() => Assert.Equal(
        ["Attach", "Typing", "Unwatch", "Watch"],
        typeof(LiveHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsVirtual).Select(m => m.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_guessed_topic_is_not_found_whoever_asks_and_whether_it_exists_or_not()
    {
        var sale = await (await hub.Acme.SellAsync(await hub.AdaAsync())).AcceptedAsync();
        var other = await hub.Acme.SellAsync(sale.Payer);
        string[] theirs = [$"payment:{sale.Payment}", $"order:{sale.OrderId}", $"customer:{sale.Payer.Id}", $"queue:{hub.Acme.Id}", $"conversation:{Hub.Domain.Conversations.Conversation.IdOf(sale.Payer.Id)}"];
        string[] nobodys = ["payment:pay_00000000000000000000nobody", "queue:mer_nobody", "merchant:" + hub.Acme.Id, "notification:ntf_x", "", "payment:", "payment:../x", "payment:" + new string('a', 500)];
        string[] tokens =
        [
            hub.Rival.Secret,
            await (await hub.Acme.NewPayerAsync("Bob")).TokenAsync(),
            await (await hub.Rival.NewPayerAsync("Mallory")).TokenAsync(),
        ];

        foreach (var token in tokens) await NotFoundAsync(token, [.. theirs, .. nobodys]);
        foreach (var token in tokens) await NothingWithoutArgumentsAsync(token);
        await NotFoundAsync(await sale.Payer.TokenAsync(other.Payment), [theirs[0], theirs[1], theirs[3]]);
        await NotFoundAsync(await sale.Payer.TokenAsync(), [theirs[3]]);
    }

    /// <summary>Calls of the wrong shape are refused and leave the connection as it was.</summary>
    private async Task NothingWithoutArgumentsAsync(string token)
    {
        await using var live = await SignalRJsonClient.ConnectAsync(hub.Address, token);
        foreach (var (method, arguments) in new (string, object?[])[] { ("Watch", []), ("Watch", [null, 0]), ("Watch", ["queue:x", -1]), ("Watch", ["queue:x", "0"]), ("Watch", [7, 0]), ("Update", ["x"]), ("Attach", []), ("Attach", [null]), ("Attach", ["0123456789012345678901234567890123456789abc"]), ("Typing", []), ("Typing", [null]), ("Typing", ["queue:x"]), ("Typing", [7]), ("OnConnectedAsync", []), ("Dispose", []), ("watch2", []) })
        {
            AttackFigures.Tried(AttackRow.Access);
            await Assert.ThrowsAsync<InvalidOperationException>(() => live.InvokeAsync(method, arguments));
        }

        await live.InvokeAsync("Unwatch", "queue:x");
        Assert.False(live.HasMore);
    }

    private async Task NotFoundAsync(string token, IReadOnlyList<string> topics)
    {
        await using var live = await SignalRJsonClient.ConnectAsync(hub.Address, token);
        foreach (var topic in topics)
        {
            AttackFigures.Tried(AttackRow.Access);
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => live.InvokeAsync("Watch", topic, 0));
            Assert.EndsWith("not_found", refused.Message, StringComparison.Ordinal);
            await live.InvokeAsync("Unwatch", topic);
            await Assert.ThrowsAsync<InvalidOperationException>(() => live.InvokeAsync("Typing", topic));
        }

        Assert.False(live.HasMore);
    }
}
