using Hub.EndToEnd.Support;

namespace Hub.EndToEnd.Journeys;

/// <summary>A customer who asks to be forgotten.</summary>
public sealed class ErasureTests(RunningHub hub) : AtRest(hub)
{
    [Fact]
    public async Task An_erased_customer_has_no_name_or_number_anywhere_and_the_payment_stays()
    {
        var journey = await Journey.BeginAsync(Hub, new() { VerifyMailbox = true });
        await journey.PayAndApproveAsync();
        await journey.Mailbox.NextAsync("Receipt");
        await Hub.SettledAsync();

        (await Hub.Merchant.Api.PostAsync($"/v1/customers/{journey.Customer.Id}/erase")).Expect(200);
        await Hub.SettledAsync();

        var staff = await Hub.StaffAsync();
        string[] pages =
        [
            $"/v1/customers/{journey.Customer.Id}", $"/v1/customers/{journey.Customer.Id}/timeline", $"/v1/orders/{journey.OrderId}",
            $"/v1/payments/{journey.Payment}", $"/v1/payments/{journey.Payment}/timeline", "/v1/customers", "/v1/orders", "/v1/payments",
        ];
        foreach (var page in pages)
        {
            Nameless(journey, (await Hub.Merchant.Api.GetAsync(page)).GetRawText());
            Nameless(journey, (await staff.Api.GetAsync(page)).GetRawText());
        }

        var forgotten = await Hub.Merchant.Api.GetAsync($"/v1/customers/{journey.Customer.Id}");
        Assert.True(forgotten.IsTrue("erased"));
        Assert.Null(forgotten.Text("name"));
        Assert.Empty(forgotten.List("instruments"));
        Assert.Equal(("succeeded", 4470), ((await journey.SeeAsync()).Text("status"), (await journey.SeeAsync()).Number("amount_captured")));
        Assert.Equal(401, (await journey.Customer.Api.SendAsync(HttpMethod.Get, $"/v1/payments/{journey.Payment}", null)).Status);
    }

    [Fact]
    public async Task An_erased_customer_is_told_nothing_more_and_can_still_be_given_the_money_back()
    {
        var journey = await Journey.BeginAsync(Hub);
        await journey.PayAndApproveAsync();
        await journey.Mailbox.NextAsync("Receipt");
        (await Hub.Merchant.Api.PostAsync($"/v1/customers/{journey.Customer.Id}/erase")).Expect(200);
        await Hub.SettledAsync();
        var (mails, messages) = ((await journey.Mailbox.ListAsync()).Count, (await journey.Phone.MessagesAsync()).Count);

        (await Hub.Merchant.Api.PostAsync($"/v1/payments/{journey.Payment}/refunds")).Expect(200);
        await journey.UntilAsync(p => p.Number("amount_refunded") == 4470, "refunded");
        (await Hub.Merchant.Api.PostAsync($"/v1/orders/{journey.OrderId}/shipments", new { carrier = "Royal Mail", tracking = "RM1" })).Expect(200);
        await Hub.SettledAsync();

        Assert.Equal((mails, messages), ((await journey.Mailbox.ListAsync()).Count, (await journey.Phone.MessagesAsync()).Count));
    }

    private static void Nameless(Journey journey, string page)
    {
        Assert.DoesNotContain("Ada", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Lovelace", page, StringComparison.Ordinal);
        Assert.DoesNotContain("St James", page, StringComparison.Ordinal);
        Assert.DoesNotContain(journey.Phone.Number, page, StringComparison.Ordinal);
        Assert.DoesNotContain(journey.Mailbox.Address, page, StringComparison.Ordinal);
    }
}
