using System.Net;
using Hub.Api.Access;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Journey;

/// <summary>Lists and timelines: everything exactly once, newest first, nothing personal in a timeline.</summary>
[Collection("journey")]
public sealed class ListTests(JourneyHub hub)
{
    [Theory]
    [InlineData("customers")]
    [InlineData("orders")]
    [InlineData("payments")]
    public async Task A_list_is_walked_with_everything_exactly_once(string kind)
    {
        for (var sale = 0; sale < 3; sale++) await hub.Acme.SellAsync(await hub.Acme.NewPayerAsync());
        await hub.QuietAsync();
        var all = (await hub.Acme.Client.WalkAsync($"/v1/{kind}?limit=100")).Select(x => x.Text("id")).ToList();

        Assert.True(all.Count >= 3);
        Assert.Equal(all.Distinct(), all);
        foreach (var limit in new[] { 1, 2, all.Count })
        {
            if (limit > 100) continue;
            Assert.Equal(all, (await hub.Acme.Client.WalkAsync($"/v1/{kind}?limit={limit}")).Select(x => x.Text("id")));
        }
    }

    [Fact]
    public async Task A_cursor_of_somebody_else_tells_nothing()
    {
        var sale = await hub.Acme.SellAsync(await hub.Acme.NewPayerAsync());
        await hub.QuietAsync();

        using var answer = await hub.Rival.Client.AskAsync($"/v1/payments?starting_after={sale.Payment}");

        Assert.DoesNotContain(sale.Payment, await answer.TextAsync(), StringComparison.Ordinal);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest);
    }

    [Fact]
    [Trait("Invariant", "22")]
    public async Task A_case_is_read_alone_as_it_stands_in_the_list_and_by_nobody_elses_people()
    {
        var id = (await Targets.SharedAsync(hub)).Names["cases"];
        await hub.QuietAsync();
        var listed = (await hub.Acme.Client.WalkAsync("/v1/cases")).Single(c => c.Text("id") == id);

        foreach (var client in (HttpClient[])[hub.Acme.Client, await hub.StaffAsync(StaffRole.Support)])
        {
            using var answer = await client.AskAsync($"/v1/cases/{id}");
            Assert.Equal(listed.GetRawText(), (await answer.MadeAsync()).GetRawText());
        }

        using var theirs = await hub.Rival.Client.AskAsync($"/v1/cases/{id}");
        using var nobodys = await hub.Acme.Client.AskAsync("/v1/cases/cas_nobody_1");
        await theirs.ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await nobodys.ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Staff_of_two_merchants_says_which_and_gets_no_third()
    {
        using var staff = await hub.SignInAsync("both@example.com", [StaffRole.Support], hub.Acme.Id, hub.Rival.Id);

        using var unsaid = await staff.AskAsync("/v1/payments");
        using var one = await staff.AskAsync($"/v1/payments?merchant={hub.Rival.Id}");
        using var third = await staff.AskAsync("/v1/payments?merchant=mer_third");

        await unsaid.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        await one.MadeAsync();
        await third.ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData("payments")]
    [InlineData("orders")]
    [Trait("Invariant", "22")]
    public async Task A_customer_lists_all_of_their_own_and_nothing_of_anybody_else(string kind)
    {
        var ada = await hub.Acme.NewPayerAsync();
        var (first, second) = (await hub.Acme.SellAsync(ada), await hub.Acme.SellAsync(ada));
        var other = await hub.Acme.SellAsync(await hub.Acme.NewPayerAsync());
        await hub.QuietAsync();
        string IdOf(Sale sale) => kind == "payments" ? sale.Payment : sale.OrderId;
        using var browser = await ada.BrowserAsync();
        using var onePayment = await ada.BrowserAsync(first.Payment);
        using var stranger = await other.Payer.BrowserAsync();

        foreach (var client in (HttpClient[])[browser, hub.Acme.Client, await hub.StaffAsync(StaffRole.Support)])
        {
            Assert.Equal([IdOf(second), IdOf(first)], (await client.WalkAsync($"/v1/customers/{ada.Id}/{kind}?limit=1")).Select(x => x.Text("id")));
        }

        Assert.Equal([IdOf(first)], (await onePayment.WalkAsync($"/v1/customers/{ada.Id}/{kind}?limit=100")).Select(x => x.Text("id")));
        foreach (var client in new[] { stranger, hub.Rival.Client })
        {
            using var answer = await client.AskAsync($"/v1/customers/{ada.Id}/{kind}");
            await answer.ProblemAsync(HttpStatusCode.NotFound, "not_found");
        }
    }

    [Fact]
    public async Task A_timeline_holds_each_step_once_and_nothing_personal()
    {
        var sale = await (await hub.Acme.SellAsync(await hub.AdaAsync())).ConfirmedAsync();
        await hub.Acme.DoAsync($"/v1/orders/{sale.OrderId}/shipments", """{"carrier":"DHL","tracking":"JD01"}""");
        await hub.Acme.DoAsync($"/v1/orders/{sale.OrderId}/deliveries");
        await hub.QuietAsync();
        using var browser = await sale.Payer.BrowserAsync(sale.Payment);

        foreach (var client in new[] { hub.Acme.Client, browser })
        {
            using var answer = await client.AskAsync($"/v1/payments/{sale.Payment}/timeline");
            var text = await answer.TextAsync();
            var types = (await answer.MadeAsync()).GetProperty("data").EnumerateArray().Select(e => e.Text("type")).ToList();
            foreach (var step in new[] { "payment.created", "payment.submitted", "payment.authorized", "payment.confirmation_requested", "payment.confirmation_sent", "payment.confirmation_matched", "payment.capture_succeeded", "order.paid", "order.shipped", "order.delivered" })
            {
                Assert.True(types.Count(t => t == step) == 1, $"{step} in {string.Join(", ", types)}");
            }

            foreach (var words in new[] { "Ada", "Lovelace", "Main St", sale.Payer.Phone, sale.Payer.Email }) Assert.DoesNotContain(words, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_timeline_is_walked_with_every_entry_exactly_once_by_whoever_may_see_fewer()
    {
        var sale = await (await hub.Acme.SellAsync(await hub.AdaAsync())).ConfirmedAsync();
        using var browser = await sale.Payer.BrowserAsync();

        foreach (var client in new[] { hub.Acme.Client, browser })
        {
            var path = $"/v1/payments/{sale.Payment}/timeline";
            using var whole = await client.AskAsync(path);
            var all = (await whole.MadeAsync()).GetProperty("data").EnumerateArray().Select(e => e.GetProperty("sequence").GetInt64()).ToList();
            var (walked, after, more) = (new List<long>(), 0L, true);
            while (more)
            {
                using var page = await client.AskAsync($"{path}?limit=2&after={after}");
                var json = await page.MadeAsync();
                var here = json.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("sequence").GetInt64()).ToList();
                Assert.NotEmpty(here);
                walked.AddRange(here);
                (after, more) = (here[^1], json.GetProperty("has_more").GetBoolean());
            }

            Assert.Equal(all, walked);
        }
    }

    [Fact]
    public async Task Who_prefers_to_wait_gets_what_it_settles_at()
    {
        var sale = await (await hub.Acme.SellAsync(await hub.AdaAsync())).AcceptedAsync();
        using var browser = await sale.Payer.BrowserAsync();

        using var answer = await browser.SendAsync($"/v1/payments/{sale.Payment}/submit", sale.SubmitBody(await hub.CardAsync(sale.Payer, "4242424242424242")), ("Prefer", "wait=20"));

        Assert.Equal("awaiting_confirmation", (await answer.MadeAsync()).Text("status"));
        Assert.Equal("wait=20", answer.Headers.GetValues("Preference-Applied").Single());
    }
}
