using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using static Hub.Domain.Tests.Customers.CustomerWorld;

namespace Hub.Domain.Tests.Customers;

/// <summary>How addresses join a customer and leave it; a number that comes after another one waits (decision 0022).</summary>
[Trait("Invariant", "14")]
public sealed class CustomerAddressTests
{
    private static readonly NewAddress Mail = new("adr_2", Channel.Email, "key_2", new Sealed("m"));
    private static readonly NewAddress Chatty = new("adr_8", Channel.Whatsapp, "key_1w", new Sealed("p"), "key_1");

    private static CustomerRun Junk(CustomerRun run, int count, DateTimeOffset? at = null) => Enumerable.Range(0, count).Aggregate(run, (r, i) => r
        .Do(new CustomerCommand.AddAddress(new NewAddress($"adr_x{i}", Channel.Sms, $"key_x{i}", new Sealed("x"))), at ?? Noon)
        .Do(new CustomerCommand.RemoveAddress($"adr_x{i}", "customer"), at ?? Noon));

    private static string[] Routes(CustomerRun run, DateTimeOffset at) => [.. run.Customer().ConfirmationRoutes(at).Select(r => r.AddressId)];

    [Fact]
    public void The_first_numbers_confirm_at_once_in_whichever_order_they_are_proved()
    {
        var both = CustomerRun.Given().Do(
            new CustomerCommand.Register("cus_1", "mer_1", new Sealed("n"), [new NewAddress("adr_1", Channel.Sms, "key_1", new Sealed("p")), Mail], new Preferences(Channel.Sms, [Channel.Email], "en")), Noon);

        Assert.Equal(["adr_1", "adr_2"], Routes(both.Prove("adr_1").Prove("adr_2"), Noon));
        Assert.Equal(["adr_1", "adr_2"], Routes(both.Prove("adr_2").Prove("adr_1"), Noon));
        Assert.Equal(["adr_9"], Routes(Registered().Do(new CustomerCommand.AddAddress(Second), Noon).Prove("adr_9"), Noon));
    }

    /// <summary>Whoever makes devices without end sends no more codes to the phone that proves them, and none sooner.</summary>
    [Fact]
    public void Codes_for_devices_are_counted_at_the_phone_they_go_to()
    {
        var run = Proved();
        for (var i = 1; run.Customer().Addresses[0].CodesSent < CustomerDecider.MaxCodesSent; i++)
        {
            run = run.Ask(i, Noon.AddHours(i)).Do(new CustomerCommand.RemoveAddress($"adr_d{i}", "customer"), Noon.AddHours(i));
        }

        run = run.Do(new CustomerCommand.AddAddress(new NewAddress("adr_d0", Channel.Chat, "key_d0", new Sealed("d"), "key_1")), Noon.AddDays(1));
        run.When(new CustomerCommand.RequestVerification("adr_d0", "ver_x", "d"), Noon.AddDays(1)).ThenRejected(RejectionCode.TooManyResends);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void The_next_device_waits_as_long_as_the_next_code_for_the_same_one(int ticks, bool tooSoon)
    {
        var run = Proved().Ask(1, Noon).Do(new CustomerCommand.AddAddress(new NewAddress("adr_d2", Channel.Chat, "key_d2", new Sealed("d"), "key_1")), Noon);
        var turn = run.When(new CustomerCommand.RequestVerification("adr_d2", "ver_x", "d"), Noon.AddSeconds(PaymentLimits.ResendSeconds).AddTicks(ticks));

        if (tooSoon) turn.ThenRejected(RejectionCode.ResendTooSoon);
        else turn.ThenTypes(typeof(CustomerEvent.VerificationRequested));
    }

    [Fact]
    public void A_device_that_was_proved_shows_that_its_codes_were_asked_for()
    {
        var run = Proved().Ask(1, Noon).Do(new CustomerCommand.CheckVerification("adr_d1", "right", Hours), Noon);

        Assert.Equal(0, run.Customer().Addresses[0].CodesSent);
        Assert.Null(run.Customer().Addresses[0].NextCodeAt);
        Assert.NotNull(run.Customer().FindAddress("adr_d1")!.VerifiedAt);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void A_number_that_comes_after_a_proved_one_confirms_once_its_hold_has_passed(long ticks, bool confirms)
    {
        var run = Changed();

        Assert.Equal(confirms ? ["adr_1", "adr_9"] : ["adr_1"], Routes(run, Noon.AddHours(Hours).AddTicks(ticks)));
        Assert.Equal(Noon.AddHours(Hours), run.Customer().FindAddress("adr_9")!.HeldUntil);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, 1)]
    [InlineData(168, 168)]
    [InlineData(169, 168)]
    public void The_hold_is_as_long_as_configured_and_a_week_at_most(int asked, int? held) =>
        Assert.Equal(held is { } hours ? Noon.AddHours(hours) : null, Changed(asked).Customer().FindAddress("adr_9")!.HeldUntil);

    [Fact]
    public void Taking_the_old_number_away_first_lets_no_new_one_in_at_once()
    {
        var run = Proved().Do(new CustomerCommand.RemoveAddress("adr_1", "customer"), Noon).Do(new CustomerCommand.AddAddress(Second), Noon);

        Assert.Empty(Routes(run.Prove("adr_9"), Noon.AddHours(Hours).AddTicks(-1)));
    }

    [Theory]
    [InlineData(AddressRules.MaxRemoved - 1)]
    [InlineData(AddressRules.MaxRemoved)]
    [InlineData(AddressRules.MaxRemoved + 1)]
    public void However_many_are_added_and_removed_meanwhile_the_proved_one_can_come_back_and_a_new_one_waits(int junk)
    {
        var run = Junk(Proved().Do(new CustomerCommand.RemoveAddress("adr_1", "customer"), Noon), junk);

        run.When(new CustomerCommand.RestoreAddress("adr_1", "customer"), Noon).Then(new CustomerEvent.AddressRestored("adr_1", "customer", Noon));
        Assert.Equal(Noon.AddHours(Hours), run.Do(new CustomerCommand.AddAddress(Second), Noon).Prove("adr_9").Customer().FindAddress("adr_9")!.HeldUntil);
    }

    [Fact]
    public void A_new_one_waits_even_when_the_days_of_the_proved_one_have_passed()
    {
        var later = Noon.AddDays(AddressRules.RestoreDays).AddTicks(1);
        var run = Junk(Proved().Do(new CustomerCommand.RemoveAddress("adr_1", "customer"), Noon), 1, later);

        Assert.DoesNotContain(run.Customer().Removed, r => r.Address.Id == "adr_1");
        Assert.NotNull(run.Do(new CustomerCommand.AddAddress(Second), later).Prove("adr_9", at: later).Customer().FindAddress("adr_9")!.HeldUntil);
    }

    [Fact]
    public void A_state_that_was_kept_before_this_was_noted_tells_by_its_addresses_whether_one_was_proved()
    {
        Assert.False(Registered().Customer().HasProved);
        foreach (var run in new[] { Proved(), Proved().Do(new CustomerCommand.RemoveAddress("adr_1", "customer"), Noon) })
        {
            var kept = JsonNode.Parse(JsonSerializer.Serialize(run.State, CustomerJson.Default.CustomerState))!.AsObject();
            Assert.True(kept.Remove("has_proved"));

            Assert.True(Assert.IsType<Customer>(kept.Deserialize(CustomerJson.Default.CustomerState)).HasProved);
        }
    }

    [Fact]
    public void The_same_number_on_WhatsApp_is_no_new_number()
    {
        Assert.Null(Proved().Do(new CustomerCommand.AddAddress(Chatty), Noon).Prove("adr_8").Customer().FindAddress("adr_8")!.HeldUntil);
        var other = Chatty with { AddressKey = "key_5w", Twin = "key_5" };
        Assert.NotNull(Proved().Do(new CustomerCommand.AddAddress(other), Noon).Prove("adr_8").Customer().FindAddress("adr_8")!.HeldUntil);
    }

    [Fact]
    public void A_removal_is_undone_for_thirty_days_and_the_address_is_as_it_was()
    {
        var removed = Proved().When(new CustomerCommand.RemoveAddress("adr_1", "eve@shop.example"), Noon).Then(new CustomerEvent.AddressRemoved("adr_1", "key_1", "eve@shop.example", Noon));
        Assert.Empty(removed.Customer().Addresses);
        removed.When(new CustomerCommand.RemoveAddress("adr_1", "customer"), Noon).ThenRejected(RejectionCode.NoSuchAddress);

        var back = removed.When(new CustomerCommand.RestoreAddress("adr_1", "customer", Hours), Noon).Then(new CustomerEvent.AddressRestored("adr_1", "customer", Noon));
        Assert.Equal(["adr_1"], Routes(back, Noon));
        Assert.Empty(back.Customer().Removed);
        back.When(new CustomerCommand.RestoreAddress("adr_1", "customer", Hours), Noon).ThenNothing();
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, RejectionCode.NoSuchAddress)]
    [InlineData(1, RejectionCode.NoSuchAddress)]
    public void After_thirty_days_an_address_has_to_be_added_anew(long ticks, RejectionCode? rejection)
    {
        var turn = Proved().Do(new CustomerCommand.RemoveAddress("adr_1", "customer"), Noon)
            .When(new CustomerCommand.RestoreAddress("adr_1", "customer"), Noon.AddDays(AddressRules.RestoreDays).AddTicks(ticks));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(CustomerEvent.AddressRestored));
    }

    [Fact]
    public void What_comes_back_beside_a_proved_address_waits_like_a_new_one()
    {
        var run = Changed(hours: 0).Do(new CustomerCommand.RemoveAddress("adr_1", "customer"), Noon);

        run.When(new CustomerCommand.RestoreAddress("adr_1", "customer", Hours), Noon).Then(new CustomerEvent.AddressRestored("adr_1", "customer", Noon, Noon.AddHours(Hours)));
        run.Do(new CustomerCommand.AddAddress(new NewAddress("adr_5", Channel.Sms, "key_1", new Sealed("p"))), Noon)
            .When(new CustomerCommand.RestoreAddress("adr_1", "customer"), Noon).ThenRejected(RejectionCode.AlreadyExists);
    }

    [Fact]
    public void The_last_twenty_removed_addresses_are_kept_of_those_that_nobody_proved()
    {
        var run = Junk(Proved(), AddressRules.MaxRemoved + 1);

        Assert.Equal(AddressRules.MaxRemoved, run.Customer().Removed.Count);
        run.When(new CustomerCommand.RestoreAddress("adr_x0", "customer"), Noon).ThenRejected(RejectionCode.NoSuchAddress);
    }

    [Fact]
    public void Taking_an_address_away_and_adding_it_anew_buys_no_more_codes()
    {
        var run = Registered();
        for (var i = 0; i < CustomerDecider.MaxCodesSent; i++) run = run.Do(new CustomerCommand.RequestVerification("adr_1", $"ver_{i}", "d"), Noon.AddHours(i));
        run = run.Do(new CustomerCommand.RemoveAddress("adr_1", "customer"), Noon.AddDays(1))
            .Do(new CustomerCommand.AddAddress(new NewAddress("adr_7", Channel.Sms, "key_1", new Sealed("p"))), Noon.AddDays(1));

        run.When(new CustomerCommand.RequestVerification("adr_7", "ver_x", "d"), Noon.AddDays(1)).ThenRejected(RejectionCode.TooManyResends);
    }

    [Fact]
    public void Nor_does_adding_others_and_taking_them_away_meanwhile()
    {
        var run = Registered();
        for (var i = 0; i < CustomerDecider.MaxCodesSent; i++) run = run.Do(new CustomerCommand.RequestVerification("adr_1", $"ver_{i}", "d"), Noon.AddHours(i));
        run = Junk(run.Do(new CustomerCommand.RemoveAddress("adr_1", "customer"), Noon.AddDays(1)), AddressRules.MaxRemoved, Noon.AddDays(1))
            .Do(new CustomerCommand.AddAddress(new NewAddress("adr_7", Channel.Sms, "key_1", new Sealed("p"))), Noon.AddDays(1));

        run.When(new CustomerCommand.RequestVerification("adr_7", "ver_x", "d"), Noon.AddDays(1)).ThenRejected(RejectionCode.TooManyResends);
    }

    /// <summary>Whoever was given the number since could have proved a browser with it.</summary>
    [Fact]
    public void A_device_that_was_proved_by_a_number_is_lost_with_it()
    {
        var run = Proved().Ask(1, Noon).Do(new CustomerCommand.CheckVerification("adr_d1", "right", Hours), Noon);

        run.When(new CustomerCommand.LoseAddress("adr_1", "not_me"), Noon)
            .Then(new CustomerEvent.AddressLost("adr_1", "key_1", "not_me", Noon), new CustomerEvent.AddressLost("adr_d1", "key_d1", "not_me", Noon));
    }

    /// <summary>The code may have been read by whoever was given the number since.</summary>
    [Fact]
    public void A_code_for_a_device_counts_no_more_once_the_number_it_went_to_is_lost()
    {
        var lost = Proved().Ask(1, Noon).Do(new CustomerCommand.LoseAddress("adr_1", "gone"), Noon);
        lost.When(new CustomerCommand.CheckVerification("adr_d1", "right", Hours), Noon).ThenRejected(RejectionCode.AddressNotVerified);

        lost.Prove("adr_1", at: Noon.AddMinutes(5L)).When(new CustomerCommand.CheckVerification("adr_d1", "right", Hours), Noon.AddMinutes(6L)).ThenRejected(RejectionCode.VerificationExpired);
    }

    [Fact]
    public void Nor_does_it_once_that_number_was_taken_away()
    {
        Proved().Ask(1, Noon).Do(new CustomerCommand.RemoveAddress("adr_1", "customer"), Noon)
            .When(new CustomerCommand.CheckVerification("adr_d1", "right", Hours), Noon).ThenRejected(RejectionCode.AddressNotVerified);
    }

    /// <summary>Taking a device away before its number is lost saves nothing: what comes back is proved anew.</summary>
    [Fact]
    public void A_device_that_was_taken_away_is_lost_with_the_number_that_proved_it()
    {
        var run = Proved().Ask(1, Noon).Do(new CustomerCommand.CheckVerification("adr_d1", "right", Hours), Noon).Do(new CustomerCommand.RemoveAddress("adr_d1", "customer", Hours), Noon)
            .When(new CustomerCommand.LoseAddress("adr_1", "not_me"), Noon)
            .Then(new CustomerEvent.AddressLost("adr_1", "key_1", "not_me", Noon), new CustomerEvent.AddressLost("adr_d1", "key_d1", "not_me", Noon))
            .Do(new CustomerCommand.RestoreAddress("adr_d1", "customer", Hours), Noon);

        Assert.Equal((null, "not_me"), (run.Customer().FindAddress("adr_d1")!.VerifiedAt, run.Customer().FindAddress("adr_d1")!.LostReason));
    }

    [Fact]
    public void A_device_that_was_proved_by_another_number_stays()
    {
        var run = Proved().Ask(1, Noon).Do(new CustomerCommand.CheckVerification("adr_d1", "right", Hours), Noon).Do(new CustomerCommand.AddAddress(Second), Noon).Prove("adr_9");

        run.When(new CustomerCommand.LoseAddress("adr_9", "gone"), Noon).Then(new CustomerEvent.AddressLost("adr_9", "key_9", "gone", Noon));
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("unreachable")]
    [InlineData("not_me")]
    public void A_number_that_changed_hands_confirms_nothing_until_it_is_proved_anew_and_waits_then(string reason)
    {
        var lost = Proved().When(new CustomerCommand.LoseAddress("adr_1", reason), Noon).Then(new CustomerEvent.AddressLost("adr_1", "key_1", reason, Noon));
        lost.When(new CustomerCommand.LoseAddress("adr_1", reason), Noon).ThenNothing();
        Assert.Empty(Routes(lost, Noon));
        Assert.Equal(reason, lost.Customer().FindAddress("adr_1")!.LostReason);

        var again = lost.Prove("adr_1", at: Noon.AddMinutes(5L));
        Assert.Equal((null, Noon.AddMinutes(5L).AddHours(Hours)), (again.Customer().FindAddress("adr_1")!.LostReason, again.Customer().FindAddress("adr_1")!.HeldUntil!.Value));
    }

    private static CustomerRun TakenAwayAndBack(CustomerRun run, int times, string by = "customer") => Enumerable.Range(0, times).Aggregate(run, (r, i) => r
        .Do(new CustomerCommand.RemoveAddress("adr_1", by, Hours), Noon.AddMinutes((long)i))
        .Do(new CustomerCommand.RestoreAddress("adr_1", by, Hours), Noon.AddMinutes((long)i)));

    /// <summary>Else the owner's phone is sent all it may be sent in an hour, and hears neither of a payment nor of a thief.</summary>
    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void No_more_than_six_changes_are_told_in_an_hour_and_the_next_waits(long ticks, bool taken)
    {
        var run = TakenAwayAndBack(Proved(), AddressChanges.MaxPerHour);
        var at = Noon.AddHours(1).AddTicks(ticks);
        var turn = run.When(new CustomerCommand.RemoveAddress("adr_1", "customer", Hours), at);

        Assert.Equal(taken ? null : Noon.AddHours(1), AddressChanges.NextAt(run.Customer(), at));
        if (taken) turn.ThenTypes(typeof(CustomerEvent.AddressRemoved));
        else turn.ThenRejected(RejectionCode.TooManyAddressChanges);
    }

    /// <summary>One that comes back beside another is held, and that one is told of it: both count.</summary>
    [Fact]
    public void What_comes_back_and_waits_counts_and_so_does_what_is_proved_and_waits()
    {
        var both = Proved().Do(new CustomerCommand.AddAddress(Second), Noon).Prove("adr_9");
        Assert.Single(both.Customer().Told);

        var run = TakenAwayAndBack(Proved().Do(new CustomerCommand.AddAddress(Second), Noon.AddDays(-1)).Prove("adr_9", hours: 0, at: Noon.AddDays(-1)), AddressChanges.MaxPerHour / 2);
        Assert.Equal(AddressChanges.MaxPerHour, run.Customer().Told.Count);
        run.When(new CustomerCommand.RemoveAddress("adr_9", "customer", Hours), Noon.AddMinutes(10L)).ThenRejected(RejectionCode.TooManyAddressChanges);

        var asked = run.Do(new CustomerCommand.AddAddress(new NewAddress("adr_7", Channel.Sms, "key_7", new Sealed("p"))), Noon.AddMinutes(10L))
            .Do(new CustomerCommand.RequestVerification("adr_7", "ver_7", "right"), Noon.AddMinutes(55L));
        asked.When(new CustomerCommand.CheckVerification("adr_7", "right", Hours), Noon.AddMinutes(59L)).ThenRejected(RejectionCode.TooManyAddressChanges);
        asked.When(new CustomerCommand.CheckVerification("adr_7", "right", Hours), Noon.AddMinutes(60L)).ThenTypes(typeof(CustomerEvent.AddressVerified));
    }

    [Fact]
    public void Staff_undo_what_somebody_used_the_hour_up_with_and_what_nobody_is_told_of_is_not_counted()
    {
        var run = TakenAwayAndBack(Proved(), AddressChanges.MaxPerHour);
        run.When(new CustomerCommand.RemoveAddress("adr_1", "eve@shop.example", Hours), Noon.AddMinutes(10L)).ThenTypes(typeof(CustomerEvent.AddressRemoved));
        Junk(run, 1, Noon.AddMinutes(10L));

        Assert.Empty(Junk(Registered(), AddressRules.MaxRemoved).Customer().Told);
    }

    [Fact]
    public void A_stop_shows_at_the_address_until_a_start()
    {
        var stopped = Proved().When(new CustomerCommand.Say("adr_1", Inbound.Stop), Noon).Then(new CustomerEvent.AddressSaid("adr_1", Channel.Sms, Inbound.Stop, Noon));
        Assert.Equal(Noon, stopped.Customer().FindAddress("adr_1")!.OptedOutAt);
        Assert.Equal(Noon, stopped.Do(new CustomerCommand.Say("adr_1", Inbound.Help), Noon.AddHours(1)).Customer().FindAddress("adr_1")!.OptedOutAt);
        Assert.Null(stopped.Do(new CustomerCommand.Say("adr_1", Inbound.Start), Noon).Customer().FindAddress("adr_1")!.OptedOutAt);
        Proved().When(new CustomerCommand.Say("adr_none", Inbound.Stop), Noon).ThenNothing();
    }

    [Fact]
    public void A_code_says_whether_it_is_for_the_wallet()
    {
        Registered().When(new CustomerCommand.RequestVerification("adr_1", "ver_1", "d"), Noon).Then(new CustomerEvent.VerificationRequested("adr_1", "ver_1", "d", Noon.AddMinutes(10L), Noon));
        Proved().When(new CustomerCommand.RequestWalletCode("adr_1", "ver_2", "d"), Noon.AddHours(1))
            .Then(new CustomerEvent.VerificationRequested("adr_1", "ver_2", "d", Noon.AddHours(1).AddMinutes(10L), Noon.AddHours(1), ForWallet: true));
    }
}
