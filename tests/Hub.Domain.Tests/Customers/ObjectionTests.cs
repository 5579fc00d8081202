using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using static Hub.Domain.Tests.Customers.CustomerWorld;

namespace Hub.Domain.Tests.Customers;

/// <summary>Who is told of an address that joins or leaves, and who may say NOT ME to it (decision 0022).</summary>
[Trait("Invariant", "14")]
public sealed class ObjectionTests
{
    /// <summary>A thief cannot park a number among the removed ones until the owner has objected.</summary>
    [Fact]
    public void An_objection_reaches_a_held_number_that_was_taken_away_and_the_devices_it_proved()
    {
        var run = Changed()
            .Do(new CustomerCommand.AddAddress(new NewAddress("adr_d1", Channel.Chat, "key_d1", new Sealed("d"), "key_9")), Noon)
            .Do(new CustomerCommand.RequestVerification("adr_d1", "ver_d1", "right"), Noon)
            .Do(new CustomerCommand.CheckVerification("adr_d1", "right", Hours), Noon)
            .Do(new CustomerCommand.RemoveAddress("adr_9", "customer", Hours), Noon)
            .When(new CustomerCommand.ObjectToAddresses("adr_1"), Noon)
            .Then(new CustomerEvent.AddressLost("adr_d1", "key_d1", "not_me", Noon), new CustomerEvent.AddressLost("adr_9", "key_9", "not_me", Noon))
            .Do(new CustomerCommand.RestoreAddress("adr_9", "customer", Hours), Noon);

        Assert.Null(run.Customer().FindAddress("adr_9")!.VerifiedAt);
        run.When(new CustomerCommand.ObjectToAddresses("adr_1"), Noon).ThenNothing();
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void An_objection_from_an_older_address_stops_the_new_one_while_it_is_held(long ticks, bool counts)
    {
        var at = Noon.AddHours(Hours).AddTicks(ticks);
        var turn = Changed().When(new CustomerCommand.ObjectToAddresses("adr_1"), at);

        if (counts) turn.Then(new CustomerEvent.AddressLost("adr_9", "key_9", "not_me", at));
        else turn.ThenNothing();
    }

    [Fact]
    public void Whoever_has_the_new_number_alone_cannot_object_to_the_old_one()
    {
        Changed().When(new CustomerCommand.ObjectToAddresses("adr_9"), Noon).ThenNothing();
        Changed().When(new CustomerCommand.ObjectToAddresses("adr_none"), Noon).ThenNothing();
    }

    [Theory]
    [InlineData(-1, -1, true)]
    [InlineData(-1, 0, false)]
    [InlineData(0, -1, false)]
    [InlineData(1, -1, false)]
    public void An_address_that_was_taken_away_is_told_of_what_is_proved_within_the_hold_and_may_object_while_that_is_held(long proved, long objected, bool counts)
    {
        var at = Noon.AddHours(Hours).AddTicks(proved);
        var run = Proved().When(new CustomerCommand.RemoveAddress("adr_1", "customer", Hours), Noon)
                .Then(new CustomerEvent.AddressRemoved("adr_1", "key_1", "customer", Noon, Noon.AddHours(Hours)))
                .Do(new CustomerCommand.AddAddress(Second), Noon).Prove("adr_9",
            at: at);
        var then = at.AddHours(Hours).AddTicks(objected);
        var turn = run.When(new CustomerCommand.ObjectToAddresses("adr_1"), then);

        Assert.Equal(proved < 0 ? ["adr_1"] : [], AddressRules.Warned(run.Customer(), run.Customer().FindAddress("adr_9")!, at).Select(a => a.Id));
        if (counts) turn.Then(new CustomerEvent.AddressLost("adr_9", "key_9", "not_me", then));
        else turn.ThenNothing();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public void One_that_is_taken_away_is_told_and_so_are_those_that_may_confirm(long held)
    {
        var at = Noon.AddHours(Hours).AddTicks(held);
        var run = Proved().Do(new CustomerCommand.AddAddress(Second), Noon).Prove("adr_9").Do(new CustomerCommand.RemoveAddress("adr_1", "customer", Hours), at);

        Assert.Equal(held < 0 ? ["adr_1"] : ["adr_9", "adr_1"], AddressRules.Told(run.Customer(), run.Customer().Removed.Single()).Select(a => a.Id));
    }

    /// <summary>Whoever takes the addresses away one by one is heard of by each of them.</summary>
    [Fact]
    public void One_that_was_taken_away_a_moment_before_is_told_of_the_next()
    {
        var at = Noon.AddHours(Hours);
        var run = Proved().Do(new CustomerCommand.AddAddress(Second), Noon).Prove("adr_9")
            .Do(new CustomerCommand.RemoveAddress("adr_1", "customer", Hours), at)
            .Do(new CustomerCommand.RemoveAddress("adr_9", "customer", Hours), at);

        Assert.Equal(["adr_1", "adr_9"], AddressRules.Told(run.Customer(), run.Customer().Removed.Single(r => r.Address.Id == "adr_9")).Select(a => a.Id));
    }

    [Fact]
    public void Of_one_that_was_never_proved_and_of_a_browser_nobody_is_told()
    {
        var run = Proved().Do(new CustomerCommand.AddAddress(Second), Noon).Do(new CustomerCommand.RemoveAddress("adr_9", "customer", Hours), Noon);
        Assert.Empty(AddressRules.Told(run.Customer(), run.Customer().Removed.Single()));

        var device = Proved().Ask(1, Noon).Do(new CustomerCommand.CheckVerification("adr_d1", "right", Hours), Noon).Do(new CustomerCommand.RemoveAddress("adr_d1", "customer", Hours), Noon);
        Assert.Empty(AddressRules.Told(device.Customer(), device.Customer().Removed.Single()));
    }

    [Fact]
    public void Taking_the_old_number_away_once_it_was_warned_does_not_silence_it()
    {
        var run = Changed().Do(new CustomerCommand.RemoveAddress("adr_1", "customer", Hours), Noon);

        run.When(new CustomerCommand.ObjectToAddresses("adr_1"), Noon).Then(new CustomerEvent.AddressLost("adr_9", "key_9", "not_me", Noon));
    }

    [Fact]
    public void A_held_or_unproved_number_that_was_taken_away_is_told_nothing_and_objects_to_nothing()
    {
        Changed().When(new CustomerCommand.RemoveAddress("adr_9", "customer", Hours), Noon).Then(new CustomerEvent.AddressRemoved("adr_9", "key_9", "customer", Noon));
        Registered().When(new CustomerCommand.RemoveAddress("adr_1", "customer", Hours), Noon).Then(new CustomerEvent.AddressRemoved("adr_1", "key_1", "customer", Noon));
        Changed().Do(new CustomerCommand.RemoveAddress("adr_1", "customer"), Noon).When(new CustomerCommand.ObjectToAddresses("adr_1"), Noon).ThenNothing();
    }

    /// <summary>A thief would take the owner's number away and give it back: it waits itself then, and was heard of nothing.</summary>
    [Fact]
    public void One_that_was_given_back_is_told_and_objects_until_it_may_confirm_again()
    {
        var run = Changed().Do(new CustomerCommand.RemoveAddress("adr_1", "customer", Hours), Noon.AddHours(1)).Do(new CustomerCommand.RestoreAddress("adr_1", "customer", Hours), Noon.AddHours(2));
        var back = run.Customer().FindAddress("adr_1")!;

        Assert.Equal((Noon.AddHours(26), Noon.AddHours(26)), (back.HeldUntil!.Value, back.WarnedUntil!.Value));
        Assert.Equal(["adr_1"], AddressRules.Warned(run.Customer(), run.Customer().FindAddress("adr_9")!, Noon.AddHours(26).AddTicks(-1)).Select(a => a.Id));
        run.When(new CustomerCommand.ObjectToAddresses("adr_1"), Noon.AddHours(3)).Then(new CustomerEvent.AddressLost("adr_9", "key_9", "not_me", Noon.AddHours(3)));

        // Taken away once more, it is told of for as long again.
        var again = run.When(new CustomerCommand.RemoveAddress("adr_1", "customer", Hours), Noon.AddHours(25)).Then(new CustomerEvent.AddressRemoved("adr_1", "key_1", "customer", Noon.AddHours(25), Noon.AddHours(25 + Hours)));
        Assert.Equal(["adr_1"], AddressRules.Warned(again.Customer(), again.Customer().FindAddress("adr_9")!, Noon.AddHours(48)).Select(a => a.Id));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void One_that_was_given_back_when_it_was_told_nothing_any_more_waits_in_silence(long ticks, bool told)
    {
        var run = Changed().Do(new CustomerCommand.RemoveAddress("adr_1", "customer", Hours), Noon).Do(new CustomerCommand.RestoreAddress("adr_1", "customer", Hours), Noon.AddHours(Hours).AddTicks(ticks));

        Assert.Equal(told, run.Customer().FindAddress("adr_1")!.IsWarned(Noon.AddHours(Hours)));
    }

    [Fact]
    public void A_number_that_was_added_anew_under_another_name_is_told_what_it_was_told_before()
    {
        var anew = new NewAddress("adr_7", Channel.Sms, "key_1", new Sealed("p"));
        var run = Changed().Do(new CustomerCommand.RemoveAddress("adr_1", "customer", Hours), Noon).Do(new CustomerCommand.AddAddress(anew), Noon).Prove("adr_7", at: Noon.AddHours(1));

        run.When(new CustomerCommand.ObjectToAddresses("adr_7"), Noon.AddHours(2)).Then(new CustomerEvent.AddressLost("adr_9", "key_9", "not_me", Noon.AddHours(2)));
    }

    [Fact]
    public void An_objection_passes_over_what_waits_only_since_it_was_taken_away_and_given_back()
    {
        var mail = new NewAddress("adr_2", Channel.Email, "key_2", new Sealed("m"));
        var run = Proved().Do(new CustomerCommand.AddAddress(mail), Noon).Prove("adr_2", hours: 0).Do(new CustomerCommand.AddAddress(Second), Noon).Prove("adr_9")
            .Do(new CustomerCommand.RemoveAddress("adr_2", "customer", Hours), Noon).Do(new CustomerCommand.RestoreAddress("adr_2", "customer", Hours), Noon);
        Assert.Equal(["adr_9", "adr_2"], run.Customer().Addresses.Where(a => a.HeldUntil is not null).Select(a => a.Id));

        run.When(new CustomerCommand.ObjectToAddresses("adr_1"), Noon).Then(new CustomerEvent.AddressLost("adr_9", "key_9", "not_me", Noon));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void What_was_said_in_time_counts_however_late_the_hub_comes_to_it(long ticks, bool counts)
    {
        var days = Noon.AddDays(3);
        var turn = Changed().When(new CustomerCommand.ObjectToAddresses("adr_1", Noon.AddHours(Hours).AddTicks(ticks)), days);

        if (counts) turn.Then(new CustomerEvent.AddressLost("adr_9", "key_9", "not_me", days));
        else turn.ThenNothing();
    }

    [Fact]
    public void Whoever_objects_keeps_the_number_they_write_from_on_every_channel()
    {
        var twin = new NewAddress("adr_8", Channel.Whatsapp, "key_9w", new Sealed("q"), "key_9");
        var run = Changed(0).Do(new CustomerCommand.AddAddress(twin), Noon).Prove("adr_8").Do(new CustomerCommand.LoseAddress("adr_8", "gone"), Noon).Prove("adr_8", at: Noon.AddHours(1));
        Assert.Equal(["adr_8"], run.Customer().Addresses.Where(a => a.HeldUntil is not null).Select(a => a.Id));

        run.When(new CustomerCommand.ObjectToAddresses("adr_9"), Noon.AddHours(2)).ThenNothing();
        run.When(new CustomerCommand.ObjectToAddresses("adr_1"), Noon.AddHours(2)).Then(new CustomerEvent.AddressLost("adr_8", "key_9w", "not_me", Noon.AddHours(2)));
    }

    [Fact]
    public void An_objection_to_a_number_is_one_to_it_on_every_channel()
    {
        var twin = new NewAddress("adr_8", Channel.Whatsapp, "key_9w", new Sealed("q"), "key_9");
        var late = Noon.AddHours(Hours);
        var run = Changed().Do(new CustomerCommand.AddAddress(twin), late).Prove("adr_8", at: late);
        Assert.Null(run.Customer().FindAddress("adr_8")!.HeldUntil);

        run.When(new CustomerCommand.ObjectToAddresses("adr_1", late.AddTicks(-1)), late)
            .Then(new CustomerEvent.AddressLost("adr_9", "key_9", "not_me", late), new CustomerEvent.AddressLost("adr_8", "key_9w", "not_me", late));
    }
}
