global using AddressRun = Hub.Domain.Tests.Testing.Run<Hub.Domain.Addresses.AddressDecider, Hub.Domain.Addresses.AddressCommand, Hub.Domain.Addresses.AddressEvent, Hub.Domain.Addresses.AddressState>;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;

namespace Hub.Domain.Tests.Addresses;

/// <summary>One phone: what is open there, whether it opted out, how much was sent.</summary>
public sealed class AddressTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Ends = Noon.AddMinutes(5L);
    private static readonly AddressIdentity Who = new(Channel.Sms, "+15550100", new Sealed("x"), "adr:1");

    private static OpenCode Code(string digest, int number = 1, DateTimeOffset? ends = null) => new($"con_{number}_1", $"pay_{number}", "adr_1", digest, ends ?? Ends);

    private static AddressCommand.Open Open(OpenCode code) => new(Who, code);

    private static AddressCommand.Receive Receive(Inbound kind, string? digest = null, string message = "SM1") => new(Who, message, kind, digest);

    private static AddressRun Opened() => AddressRun.Given().Do(Open(Code("a")), Noon);

    [Theory]
    [InlineData(-1, RejectionCode.CodeTaken)]
    [InlineData(0, null)]
    [InlineData(1, null)]
    public void No_two_requests_at_one_phone_share_a_number_until_the_first_has_expired(long ticks, RejectionCode? rejection)
    {
        foreach (var run in (AddressRun[])[Opened(), Opened().Do(new AddressCommand.Close("con_1_1"), Noon)])
        {
            var turn = run.When(Open(Code("a", 2, Ends.AddMinutes(5L))), Ends.AddTicks(ticks));
            if (rejection is { } code) turn.ThenRejected(code);
            else turn.ThenTypes(typeof(AddressEvent.CodeOpened));
        }
    }

    [Fact]
    public void What_is_written_for_a_person_is_kept_only_where_somebody_holds_the_address()
    {
        var text = Receive(Inbound.Other) with { Text = new Sealed("words") };

        Assert.Null(((AddressEvent.Received)Opened().When(text, Noon).Decision.Events[^1]).Text);
        var held = Opened().Do(new AddressCommand.Join(Who, new Holder("mer_1", "cus_1", "adr_1")), Noon);
        Assert.Equal(new Sealed("words"), ((AddressEvent.Received)held.When(text, Noon).Decision.Events[^1]).Text);
    }

    [Fact]
    public void The_same_request_once_more_changes_nothing_and_its_next_number_replaces_the_last()
    {
        Opened().When(Open(Code("a")), Noon).ThenNothing();
        var run = Opened().When(Open(Code("b")), Noon).Then(new AddressEvent.CodeOpened(Code("b")));
        Assert.Equal([Code("b")], run.State.Codes);
        run.When(Open(Code("a", 2)), Noon).ThenTypes(typeof(AddressEvent.CodeOpened));
    }

    [Fact]
    public void A_phone_takes_part_in_twenty_requests_at_once()
    {
        var run = AddressRun.Given();
        for (var i = 1; i <= AddressDecider.MaxOpenCodes; i++) run = run.Do(Open(Code($"d{i}", i)), Noon);

        run.When(Open(Code("x", 99)), Noon).ThenRejected(RejectionCode.SendingCapped);
        run.Do(new AddressCommand.Close("con_1_1"), Noon).When(Open(Code("x", 99)), Noon).ThenTypes(typeof(AddressEvent.CodeOpened));
    }

    [Fact]
    [Trait("Invariant", "22")]
    public void A_number_finds_its_own_request_and_a_late_one_is_known_for_what_it_is()
    {
        var run = Opened().Do(Open(Code("b", 2)), Noon);
        run.When(Receive(Inbound.Approve, "b"), Noon).Then(new AddressEvent.Answered("SM1", Code("b", 2), true, false, Noon));
        run.When(Receive(Inbound.Reject, "a"), Noon).Then(new AddressEvent.Answered("SM1", Code("a"), false, false, Noon));
        run.Do(new AddressCommand.Close("con_1_1"), Noon).When(Receive(Inbound.Approve, "a"), Ends.AddMinutes(1L)).Then(new AddressEvent.Answered("SM1", Code("a"), true, false, Ends.AddMinutes(1L)));
    }

    [Fact]
    public void An_address_whose_name_was_forgotten_takes_the_next_one_it_is_mentioned_by()
    {
        var next = Who with { Value = new Sealed("y"), Owner = "adr:1:1" };

        var run = Opened().When(new AddressCommand.Receive(next, "SM2", Inbound.Help, null), Noon)
            .Then(new AddressEvent.Named(next), new AddressEvent.Received("SM2", Inbound.Help, Noon));

        Assert.Equal(next, run.State.Who);
    }

    [Fact]
    public void A_number_that_was_given_out_again_means_the_newest_request()
    {
        var again = Code("a", 2, Ends.AddMinutes(5L));

        Opened().Do(Open(again), Ends).When(Receive(Inbound.Approve, "a"), Ends).Then(new AddressEvent.Answered("SM1", again, true, false, Ends));
    }

    [Fact]
    public void A_number_that_is_not_open_counts_against_everything_that_is()
    {
        var run = Opened().Do(Open(Code("b", 2)), Noon).Do(new AddressCommand.Close("con_1_1"), Noon);
        run.When(Receive(Inbound.Approve, "x"), Noon).Then(new AddressEvent.AnswerUnmatched("SM1", true, "x", [Code("b", 2)], Noon));
        run.When(Receive(Inbound.Approve, "x"), Ends).Then(new AddressEvent.AnswerUnmatched("SM1", true, "x", [], Ends));
        run.When(Receive(Inbound.Approve), Noon).Then(new AddressEvent.Received("SM1", Inbound.Approve, Noon));
    }

    [Fact]
    public void Nothing_is_sent_past_a_stop()
    {
        var grant = new AddressCommand.GrantSend(Who, "dlv_1_1");
        var stopped = Opened().When(Receive(Inbound.Stop), Noon).Then(new AddressEvent.OptedOut("SM1", Noon, Owed: true));
        stopped.When(grant, Noon).ThenRejected(RejectionCode.OptedOut);
        stopped.When(Receive(Inbound.Stop), Noon).ThenTypes(typeof(AddressEvent.Received));
        stopped.When(new AddressCommand.ReportOptOut(), Noon).ThenNothing();
        stopped.When(Receive(Inbound.Start), Noon).Then(new AddressEvent.OptedIn("SM1", Noon, Owed: true)).When(grant, Noon).Then(new AddressEvent.SendGranted("dlv_1_1", Noon));
        Opened().When(Receive(Inbound.Start), Noon).ThenTypes(typeof(AddressEvent.Received));
        Opened().Do(new AddressCommand.ReportDead("30005"), Noon).When(grant, Noon).ThenRejected(RejectionCode.AddressDead);
    }

    /// <summary>Else a mailbox that a server once denied would be denied for ever, and to every merchant's customers.</summary>
    [Fact]
    public void A_code_that_was_asked_for_goes_to_what_was_taken_for_dead_and_proving_it_brings_it_back()
    {
        var notice = new AddressCommand.GrantSend(Who, "dlv_1_1");
        var code = notice with { Delivery = "dlv_2_1", Proof = true };
        var dead = Opened().Do(new AddressCommand.ReportDead("550"), Noon);

        var asked = dead.When(code, Noon).Then(new AddressEvent.SendGranted("dlv_2_1", Noon));
        asked.When(notice, Noon).ThenRejected(RejectionCode.AddressDead);
        var proved = asked.When(new AddressCommand.ReportUnreachable(Reached: true), Noon).Then(new AddressEvent.ReachedAgain());
        proved.When(notice, Noon).Then(new AddressEvent.SendGranted("dlv_1_1", Noon));
        proved.When(new AddressCommand.ReportUnreachable(Reached: true), Noon).ThenNothing();
        dead.Do(Receive(Inbound.Stop), Noon).When(code, Noon).ThenRejected(RejectionCode.OptedOut);
    }

    [Theory]
    [InlineData(-1, RejectionCode.SendingCapped)]
    [InlineData(0, null)]
    [InlineData(1, null)]
    public void Thirty_messages_an_hour_go_to_one_phone(long ticks, RejectionCode? rejection)
    {
        var run = AddressRun.Given();
        for (var i = 0; i < AddressDecider.MaxSendsPerHour; i++) run = run.Do(new AddressCommand.GrantSend(Who, $"dlv_{i}"), Noon.AddSeconds((long)i));
        var turn = run.When(new AddressCommand.GrantSend(Who, "dlv_x"), Noon.AddHours(1).AddTicks(ticks));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(AddressEvent.SendGranted));
    }

    [Theory]
    [InlineData(-1, RejectionCode.GuessesCapped)]
    [InlineData(0, null)]
    [InlineData(1, null)]
    public void Twenty_codes_an_hour_are_tried_for_one_phone_whichever_of_a_merchants_customers_asked_for_them(long ticks, RejectionCode? rejection)
    {
        var run = AddressRun.Given();
        for (var i = 0; i < AddressDecider.MaxGuessesPerHour; i++) run = run.Do(new AddressCommand.GrantGuess($"ver_{i}", "mer_1"), Noon.AddSeconds((long)i));
        var turn = run.When(new AddressCommand.GrantGuess("ver_x", "mer_1"), Noon.AddHours(1).AddTicks(ticks));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(AddressEvent.GuessGranted));
    }

    [Fact]
    public void One_merchants_customers_use_up_nobody_elses_guesses_and_all_of_them_together_have_sixty()
    {
        var run = AddressRun.Given();
        for (var i = 0; i < AddressDecider.MaxGuessesPerHourInAll; i++)
        {
            var merchant = $"mer_{i / AddressDecider.MaxGuessesPerHour}";
            run = run.When(new AddressCommand.GrantGuess($"ver_{i}", merchant), Noon).Then(new AddressEvent.GuessGranted($"ver_{i}", Noon, merchant));
            if (i == AddressDecider.MaxGuessesPerHour) run.When(new AddressCommand.GrantGuess("ver_x", "mer_0"), Noon).ThenRejected(RejectionCode.GuessesCapped);
        }

        run.When(new AddressCommand.GrantGuess("ver_x", "mer_9"), Noon).ThenRejected(RejectionCode.GuessesCapped);
        run.When(new AddressCommand.GrantGuess("ver_x", "mer_9"), Noon.AddHours(1)).ThenTypes(typeof(AddressEvent.GuessGranted));
    }

    [Fact]
    public void A_phone_is_named_once_by_whatever_comes_first()
    {
        var run = AddressRun.Given().When(Receive(Inbound.Help), Noon).Then(new AddressEvent.Named(Who), new AddressEvent.Received("SM1", Inbound.Help, Noon));
        run.When(Receive(Inbound.Help, message: "SM2"), Noon).Then(new AddressEvent.Received("SM2", Inbound.Help, Noon));
        Assert.Equal(Subjects.Nobody, run.State.Subjects);
    }
}
