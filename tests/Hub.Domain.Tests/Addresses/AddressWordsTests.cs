using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;

namespace Hub.Domain.Tests.Addresses;

/// <summary>What is written at an address, how often it is answered, and whose the address is.</summary>
public sealed class AddressWordsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly AddressIdentity Who = new(Channel.Sms, "+15550100", new Sealed("x"), "adr:1");
    private static readonly AddressCommand.GrantSend Send = new(Who, "dlv_1_1");
    private static readonly AddressCommand.GrantSend Farewell = new(Who, "dlv_9_1", Farewell: true);
    private static readonly Holder Ada = new("mer_1", "cus_1", "adr_1");

    private static AddressCommand.Receive Receive(Inbound kind, bool answered = false) => new(Who, "SM1", kind, null, Answered: answered);

    private static AddressRun Named() => AddressRun.Given().Do(Send, Noon.AddDays(-1));

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void Ten_things_an_hour_are_answered_and_then_the_hub_is_silent(long ticks, bool silent)
    {
        var run = Named();
        for (var i = 0; i < AddressDecider.MaxRepliesPerHour; i++) run = run.Do(Receive(Inbound.Status), Noon);
        var at = Noon.AddHours(1).AddTicks(ticks);

        run.When(Receive(Inbound.Help), at).Then(new AddressEvent.Received("SM1", Inbound.Help, at, silent));
        run.When(Receive(Inbound.Stop), at).Then(new AddressEvent.OptedOut("SM1", at, Owed: !silent));
    }

    [Fact]
    public void What_is_for_a_person_or_was_not_answered_uses_nothing_up()
    {
        var run = Named();
        for (var i = 0; i < 3 * AddressDecider.MaxRepliesPerHour; i++) run = run.Do(Receive(Inbound.Other), Noon);

        Assert.Empty(run.State.Replies);
        Assert.Equal(Noon, run.State.LastHeard);
    }

    [Fact]
    public void The_named_order_goes_along() =>
        Named().When(new AddressCommand.Receive(Who, "SM1", Inbound.Status, null, "R-7"), Noon).Then(new AddressEvent.Received("SM1", Inbound.Status, Noon, Reference: "R-7"));

    [Fact]
    public void Our_own_word_for_stop_is_answered_once_and_the_carriers_word_by_the_carrier()
    {
        var ours = Named().Do(Receive(Inbound.Stop), Noon);
        ours.When(Send, Noon).ThenRejected(RejectionCode.OptedOut);
        var said = ours.When(Farewell, Noon).Then(new AddressEvent.SendGranted("dlv_9_1", Noon));
        said.When(Farewell with { Delivery = "dlv_9_2" }, Noon).ThenRejected(RejectionCode.OptedOut);
        said.When(Receive(Inbound.Stop), Noon).Then(new AddressEvent.Received("SM1", Inbound.Stop, Noon, Silent: true));
        said.When(Receive(Inbound.Help), Noon).Then(new AddressEvent.Received("SM1", Inbound.Help, Noon, Silent: true));

        Named().Do(Receive(Inbound.Stop, answered: true), Noon).When(Farewell, Noon).ThenRejected(RejectionCode.OptedOut);
    }

    [Fact]
    public void A_start_that_changes_nothing_is_not_answered()
    {
        Named().When(Receive(Inbound.Start), Noon).Then(new AddressEvent.Received("SM1", Inbound.Start, Noon));
        Named().Do(Receive(Inbound.Stop), Noon).When(Receive(Inbound.Start), Noon).Then(new AddressEvent.OptedIn("SM1", Noon, Owed: true)).When(Send, Noon).ThenTypes(typeof(AddressEvent.SendGranted));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void A_start_after_a_month_of_silence_may_be_a_strangers(long ticks, bool strange)
    {
        var at = Noon.AddDays(AddressDecider.StrangeDays).AddTicks(ticks);

        Named().Do(Receive(Inbound.Stop), Noon).When(Receive(Inbound.Start), at).Then(new AddressEvent.OptedIn("SM1", at, Owed: true, Strange: strange));
    }

    /// <summary>21610 without a STOP that came here; and the race of both, where the refusal is faster.</summary>
    [Fact]
    public void A_stop_that_nobody_here_heard_makes_the_next_start_a_strangers_until_it_is_heard_after_all()
    {
        var told = Named().Do(new AddressCommand.ReportOptOut(), Noon);
        told.When(Receive(Inbound.Start), Noon).Then(new AddressEvent.OptedIn("SM1", Noon, Owed: true, Strange: true));

        var heard = told.When(Receive(Inbound.Stop), Noon).Then(new AddressEvent.OptedOut("SM1", Noon));
        heard.When(Receive(Inbound.Start), Noon).Then(new AddressEvent.OptedIn("SM1", Noon, Owed: true));
    }

    [Theory]
    [InlineData(2, 5, 0, false)]
    [InlineData(3, 3, -1, false)]
    [InlineData(3, 3, 0, true)]
    [InlineData(3, 3, 1, true)]
    public void A_phone_that_is_off_has_changed_hands_only_after_three_messages_and_three_days(int times, int days, long ticks, bool lost)
    {
        var run = Named();
        for (var i = 1; i < times; i++) run = run.Do(new AddressCommand.ReportUnreachable(), Noon);

        run.When(new AddressCommand.ReportUnreachable(), Noon.AddDays(days).AddTicks(ticks)).Then(new AddressEvent.NotReached(times, Noon, lost));
    }

    [Fact]
    public void A_message_that_arrives_ends_the_count()
    {
        var run = Named().Do(new AddressCommand.ReportUnreachable(), Noon).When(new AddressCommand.ReportUnreachable(Reached: true), Noon).Then(new AddressEvent.ReachedAgain());

        run.When(new AddressCommand.ReportUnreachable(Reached: true), Noon).ThenNothing();
        run.When(new AddressCommand.ReportUnreachable(), Noon.AddDays(9)).Then(new AddressEvent.NotReached(1, Noon.AddDays(9), false));
    }

    [Fact]
    public void Whoever_writes_from_a_number_that_was_taken_for_dead_is_alive() =>
        Named().Do(new AddressCommand.ReportDead("30005"), Noon).Do(Receive(Inbound.Other), Noon).When(Send, Noon).ThenTypes(typeof(AddressEvent.SendGranted));

    [Fact]
    [Trait("Invariant", "22")]
    public void An_address_knows_its_one_holder_and_none_where_two_hold_it()
    {
        var one = Named().When(new AddressCommand.Join(Who, Ada), Noon).Then(new AddressEvent.Joined(Ada));
        Assert.Equal(Ada, one.State.OnlyHolder);
        one.When(new AddressCommand.Join(Who, Ada), Noon).ThenNothing();
        var moved = one.Do(new AddressCommand.Join(Who, Ada with { AddressId = "adr_7" }), Noon);
        Assert.Equal("adr_7", moved.State.OnlyHolder!.AddressId);

        var two = one.Do(new AddressCommand.Join(Who, new Holder("mer_1", "cus_2", "adr_2")), Noon);
        Assert.Null(two.State.OnlyHolder);
        var left = two.When(new AddressCommand.Leave("cus_2"), Noon).Then(new AddressEvent.Left("cus_2"));
        Assert.Equal(Ada, left.State.OnlyHolder);
        left.When(new AddressCommand.Leave("cus_2"), Noon).ThenNothing();
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void An_objection_reaches_who_held_the_address_a_short_while_ago_and_nothing_else_does(long ticks, bool reaches)
    {
        var until = Noon.AddHours(48);
        var left = Named().Do(new AddressCommand.Join(Who, Ada), Noon).When(new AddressCommand.Leave(Ada.Customer, until), Noon).Then(new AddressEvent.Left(Ada.Customer, until));

        Assert.Equal(reaches ? [Ada] : [], left.State.Objecting(until.AddTicks(ticks)));
        Assert.Empty(left.State.Holders);
        Assert.Empty(left.Do(new AddressCommand.Join(Who, Ada with { AddressId = "adr_7" }), Noon).State.Former);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, RejectionCode.TooManyAddresses)]
    public void Fifty_customers_hold_one_address_at_most(int more, RejectionCode? rejection)
    {
        var run = Named();
        for (var i = 0; i < AddressDecider.MaxHolders + more; i++) run = run.Do(new AddressCommand.Join(Who, new Holder("mer_1", $"cus_{i}", "adr_1")), Noon);
        var turn = run.When(new AddressCommand.Join(Who, new Holder("mer_1", "cus_x", "adr_1")), Noon);

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(AddressEvent.Joined));
    }
}
