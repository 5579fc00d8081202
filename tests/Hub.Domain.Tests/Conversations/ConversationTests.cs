using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Tests.Testing;

namespace Hub.Domain.Tests.Conversations;

/// <summary>One thread per customer: who waits, who has it, what was read, and when the customer is told elsewhere.</summary>
public sealed class ConversationTests
{
    private const string Ada = "ada@acme.example";
    private const string Bob = "bob@acme.example";

    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Parties Parties = new("cnv_1", "mer_1", "cus_1");
    private static readonly ConversationEvent.Begun Begun = new("cnv_1", "mer_1", "cus_1", Noon);

    [Fact]
    public void The_first_message_begins_the_conversation_and_waits_for_staff() =>
        Given().When(Write("msg_1"), Noon).Then(Begun, Said("msg_1", Noon), new ConversationEvent.Queued(null, Noon));

    [Fact]
    public void What_the_hub_answers_by_itself_waits_for_nobody()
    {
        var run = Given().When(Write("msg_1", forStaff: false), Noon).Then(Begun, Said("msg_1", Noon));

        Assert.Equal(ConversationStatus.Resolved, State(run).Status);
    }

    [Fact]
    public void A_second_message_while_it_waits_does_not_queue_it_again() =>
        Given().Do(Write("msg_1"), Noon).When(Write("msg_2"), Noon.AddMinutes(1)).Then(Said("msg_2", Noon.AddMinutes(1)));

    [Fact]
    [Trait("Invariant", "4")]
    public void The_same_message_under_another_command_changes_nothing() =>
        Given().Do(Write("msg_1"), Noon).When(Write("msg_1"), Noon.AddMinutes(1)).ThenNothing();

    [Theory]
    [InlineData(ConversationDecider.MaxPerHour - 1, null)]
    [InlineData(ConversationDecider.MaxPerHour, RejectionCode.MessagesCapped)]
    [InlineData(ConversationDecider.MaxPerHour + 1, RejectionCode.MessagesCapped)]
    public void A_customer_writes_so_many_messages_an_hour_and_no_more(int before, RejectionCode? rejection)
    {
        var run = Given();
        for (var i = 0; i < Math.Min(before, ConversationDecider.MaxPerHour); i++) run = run.Do(Write($"msg_{i}"), Noon);

        var turn = run.When(Write("msg_next"), Noon.AddMinutes(59));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenAccepted();
        run.When(Write("msg_later"), Noon.AddHours(1)).ThenAccepted();
    }

    [Theory]
    [InlineData(ConversationDecider.MaxMailsPerHour - 1, null)]
    [InlineData(ConversationDecider.MaxMailsPerHour, RejectionCode.MessagesCapped)]
    public void A_mailbox_that_writes_without_end_keeps_nobody_from_writing_elsewhere(int before, RejectionCode? rejection)
    {
        var run = Given();
        for (var i = 0; i < before; i++) run = run.Do(Mail($"msg_{i}"), Noon);

        var turn = run.When(Mail("msg_next"), Noon.AddMinutes(59));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenAccepted();
        run.When(Write("msg_chat"), Noon.AddMinutes(59)).ThenAccepted();
        run.When(Mail("msg_later"), Noon.AddHours(1)).ThenAccepted();
    }

    [Theory]
    [InlineData(ConversationDecider.MaxAnswersBeyond - 1, null)]
    [InlineData(ConversationDecider.MaxAnswersBeyond, RejectionCode.MessagesCapped)]
    public void An_answer_to_a_confirmation_passes_the_cap_so_many_times(int answers, RejectionCode? rejection)
    {
        var run = Given();
        for (var i = 0; i < ConversationDecider.MaxPerHour; i++) run = run.Do(Write($"msg_{i}"), Noon);
        for (var i = 0; i < answers; i++) run = run.Do(Answer($"msg_a{i}"), Noon);

        var turn = run.When(Answer("msg_next"), Noon);

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenAccepted();
        run.When(Write("msg_word"), Noon).ThenRejected(RejectionCode.MessagesCapped);
    }

    [Fact]
    public void Whoever_answers_where_nobody_has_it_takes_it() =>
        Given().Do(Write("msg_1"), Noon).When(Reply("msg_2", Ada), Noon).Then(
            new ConversationEvent.Assigned(Ada, Ada, Noon),
            new ConversationEvent.MessageWritten("msg_2", Author.Staff, Ada, Channel.Chat, new Sealed("words"), Noon, Noon.AddSeconds(60)));

    [Fact]
    public void Of_two_who_take_it_at_once_one_has_it_and_the_other_is_refused()
    {
        var taken = Given().Do(Write("msg_1"), Noon).Do(new ConversationCommand.Assign(Ada, Ada), Noon);

        taken.When(new ConversationCommand.Assign(Bob, Bob), Noon).ThenRejected(RejectionCode.ConversationTaken);
        taken.When(Reply("msg_2", Bob), Noon).ThenRejected(RejectionCode.ConversationTaken);
        taken.When(new ConversationCommand.Resolve(Bob), Noon).ThenRejected(RejectionCode.ConversationTaken);
        taken.When(new ConversationCommand.Release(Bob), Noon).ThenRejected(RejectionCode.ConversationTaken);
        taken.When(new ConversationCommand.Assign(Ada, Ada), Noon).ThenNothing();
        Assert.Equal(Ada, State(taken).Assignee);
    }

    [Fact]
    public void It_is_handed_over_by_who_has_it_and_taken_over_by_who_may()
    {
        var taken = Given().Do(Write("msg_1"), Noon).Do(new ConversationCommand.Assign(Ada, Ada), Noon);

        taken.When(new ConversationCommand.Assign(Ada, Bob), Noon).Then(new ConversationEvent.Assigned(Bob, Ada, Noon));
        taken.When(new ConversationCommand.Assign(Bob, Bob, Overrules: true), Noon).Then(new ConversationEvent.Assigned(Bob, Bob, Noon));
        taken.When(new ConversationCommand.Release(Ada), Noon).Then(new ConversationEvent.Queued(Ada, Noon));
        taken.When(new ConversationCommand.Resolve(Bob, Overrules: true), Noon).Then(new ConversationEvent.Resolved(Bob, Noon));
    }

    [Fact]
    public void A_note_is_written_whoever_has_it_and_tells_the_customer_of_nothing()
    {
        var run = Given().Do(Write("msg_1"), Noon).Do(new ConversationCommand.Assign(Ada, Ada), Noon)
            .When(new ConversationCommand.TakeNote(Parties, Draft("msg_2"), Bob), Noon)
            .Then(new ConversationEvent.NoteWritten("msg_2", Bob, new Sealed("words"), Noon));

        Assert.Equal(0, State(run).UnreadByCustomer);
        Assert.Empty(run.Timers);
        Assert.False(State(run).Messages[^1].IsForCustomer);
    }

    [Fact]
    public void A_resolved_conversation_waits_again_once_the_customer_writes()
    {
        var resolved = Given().Do(Write("msg_1"), Noon).Do(new ConversationCommand.Resolve(Ada), Noon);

        resolved.When(new ConversationCommand.Resolve(Bob), Noon).ThenNothing();
        resolved.When(new ConversationCommand.Release(Bob), Noon).ThenNothing();
        resolved.When(Write("msg_2"), Noon.AddDays(9)).Then(Said("msg_2", Noon.AddDays(9)), new ConversationEvent.Queued(null, Noon.AddDays(9)));
    }

    [Fact]
    public void What_the_customer_writes_stays_with_who_has_it()
    {
        var run = Given().Do(Write("msg_1"), Noon).Do(new ConversationCommand.Assign(Ada, Ada), Noon).When(Write("msg_2"), Noon).Then(Said("msg_2", Noon));

        Assert.Equal((ConversationStatus.Assigned, Ada), (State(run).Status, State(run).Assignee));
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(3, 3L)]
    [InlineData(4, 4L)]
    [InlineData(5, 4L)]
    public void Reading_only_moves_forward_and_never_beyond_the_last_event(long sequence, long? expected)
    {
        // Begun, a message, queued, read up to 2: four events.
        var before = Given().Do(Write("msg_1"), Noon).Do(new ConversationCommand.MarkRead(Author.Staff, 2), Noon);

        var turn = before.When(new ConversationCommand.MarkRead(Author.Staff, sequence), Noon);

        if (expected is { } read) turn.Then(new ConversationEvent.Read(Author.Staff, read, Noon));
        else turn.ThenNothing();
    }

    [Fact]
    public void A_journal_in_which_reading_moves_back_or_someone_gets_what_they_have_is_not_folded()
    {
        var run = Given().Do(Write("msg_1"), Noon).Do(new ConversationCommand.MarkRead(Author.Staff, 3), Noon).Do(new ConversationCommand.Assign(Ada, Ada), Noon);

        Assert.Throws<CorruptJournalException>(() => ConversationDecider.Evolve(run.State, new ConversationEvent.Read(Author.Staff, 2, Noon)));
        Assert.Throws<CorruptJournalException>(() => ConversationDecider.Evolve(run.State, new ConversationEvent.Read(Author.Staff, 99, Noon)));
        Assert.Throws<CorruptJournalException>(() => ConversationDecider.Evolve(run.State, new ConversationEvent.Assigned(Ada, Bob, Noon)));
        Assert.Throws<CorruptJournalException>(() => ConversationDecider.Evolve(run.State, Begun));
    }

    [Fact]
    public void Unread_counts_what_the_other_side_wrote()
    {
        var run = Given().Do(Write("msg_1"), Noon).Do(Reply("msg_2", Ada), Noon).Do(new ConversationCommand.Say(Parties, Draft("msg_3")), Noon);

        Assert.Equal((2, 1), (State(run).UnreadByCustomer, State(run).UnreadByStaff));
        run = run.Do(new ConversationCommand.MarkRead(Author.Customer, State(run).Sequence), Noon);
        Assert.Equal((0, 1), (State(run).UnreadByCustomer, State(run).UnreadByStaff));
    }

    [Fact]
    public void An_answer_that_is_not_read_is_told_elsewhere_once_on_the_channel_the_customer_last_wrote_on()
    {
        var run = Given().Do(Write("msg_1", channel: Channel.Sms), Noon).Do(Reply("msg_2", Ada), Noon);
        Assert.Equal(Noon.AddSeconds(60), Assert.Single(run.Timers).Value);

        var told = run.When(new ConversationCommand.TimerDue("reply"), Noon.AddSeconds(60)).Then(new ConversationEvent.ReplyDue(5, 5, Channel.Sms, Noon.AddSeconds(60)));

        told.When(new ConversationCommand.TimerDue("reply"), Noon.AddSeconds(61)).ThenNothing();
    }

    [Fact]
    public void An_answer_that_was_read_is_not_told_elsewhere()
    {
        var run = Given().Do(Write("msg_1"), Noon).Do(Reply("msg_2", Ada), Noon);

        run.Do(new ConversationCommand.MarkRead(Author.Customer, State(run).Sequence), Noon).When(new ConversationCommand.TimerDue("reply"), Noon.AddSeconds(60)).ThenNothing();
        run.Do(new ConversationCommand.MarkRead(Author.Customer, State(run).Sequence - 1), Noon).When(new ConversationCommand.TimerDue("reply"), Noon.AddSeconds(60)).ThenAccepted();
    }

    [Theory]
    [InlineData(59, 60)]
    [InlineData(60, 120)]
    [InlineData(61, 121)]
    public void A_second_answer_does_not_put_off_what_is_due(int second, int due)
    {
        var run = Given().Do(Reply("msg_1", Ada), Noon).Do(Reply("msg_2", Ada), Noon.AddSeconds(second));

        Assert.Equal(Noon.AddSeconds(due), Assert.Single(run.Timers).Value);
    }

    [Theory]
    [InlineData(Conversation.KeptMessages - 1, 0)]
    [InlineData(Conversation.KeptMessages, 0)]
    [InlineData(Conversation.KeptMessages + 1, 1)]
    public void The_state_keeps_the_last_messages(int count, int gone)
    {
        var run = Given();
        for (var i = 0; i < count; i++) run = run.Do(new ConversationCommand.Say(Parties, Draft($"msg_{i}")), Noon);

        Assert.Equal(count - gone, State(run).Messages.Count);
        Assert.Equal($"msg_{gone}", State(run).Messages[0].Id);
        Assert.Equal(count + 1, State(run).Sequence);
        Assert.Equal(count + 1, State(run).Messages[^1].Sequence);
    }

    [Fact]
    public void A_confirmation_is_offered_once_and_ends_once()
    {
        var offer = new Offer("pay_1", "ord_1", "con_1_1", 0, "key", new Amount(49_90, Currency.Eur), "Acme", "en", Noon.AddMinutes(5));
        var run = Given().When(new ConversationCommand.OfferConfirmation(Parties, "msg_1", offer), Noon).Then(Begun, new ConversationEvent.ConfirmationOffered("msg_1", offer, Noon));
        run.When(new ConversationCommand.OfferConfirmation(Parties, "msg_1", offer), Noon).ThenNothing();
        Given().When(new ConversationCommand.EndConfirmation("con_1_1", ConfirmationStatus.Matched), Noon).ThenNothing();

        var ended = run.When(new ConversationCommand.EndConfirmation("con_1_1", ConfirmationStatus.Matched), Noon)
            .Then(new ConversationEvent.ConfirmationEnded("con_1_1", ConfirmationStatus.Matched, Noon));

        Assert.Equal(ConfirmationStatus.Matched, State(ended).FindOffer("con_1_1")?.Ended);
        ended.When(new ConversationCommand.EndConfirmation("con_1_1", ConfirmationStatus.Expired), Noon).ThenNothing();
    }

    [Fact]
    public void Nothing_is_assigned_read_or_resolved_that_has_not_begun()
    {
        foreach (var command in (ConversationCommand[])[new ConversationCommand.Assign(Ada, Ada), new ConversationCommand.Release(Ada), new ConversationCommand.Resolve(Ada), new ConversationCommand.MarkRead(Author.Staff, 1), new ConversationCommand.TimerDue("reply")])
        {
            Given().When(command, Noon).ThenRejected(RejectionCode.NotFound);
        }
    }

    [Theory]
    [InlineData("Hello {name}, your order {order} is on its way.", null)]
    [InlineData("{name}{order}", null)]
    [InlineData("No braces", null)]
    [InlineData("{NAME}", "{NAME}")]
    [InlineData("{name", "{name")]
    [InlineData("{name} {0}", "{0}")]
    public void A_canned_answer_holds_no_other_placeholders(string text, string? unknown) => Assert.Equal(unknown, CannedAnswers.Unknown(text));

    private static Conversation State(Run<ConversationDecider, ConversationCommand, ConversationEvent, ConversationState> run) => (Conversation)run.State;

    private static Draft Draft(string id, Channel channel = Channel.Chat) => new(id, channel, new Sealed("words"));

    private static ConversationCommand.Write Write(string id, bool forStaff = true, Channel channel = Channel.Chat) => new(Parties, Draft(id, channel), forStaff);

    private static ConversationCommand.Write Mail(string id) => Write(id, channel: Channel.Email);

    private static ConversationCommand.Write Answer(string id) => Write(id, forStaff: false) with { Answers = true };

    private static ConversationCommand.Reply Reply(string id, string by) => new(Parties, Draft(id), by);

    private static ConversationEvent.MessageWritten Said(string id, DateTimeOffset at) => new(id, Author.Customer, null, Channel.Chat, new Sealed("words"), at);

    private static Run<ConversationDecider, ConversationCommand, ConversationEvent, ConversationState> Given(params IReadOnlyList<ConversationEvent> happened) =>
        Run<ConversationDecider, ConversationCommand, ConversationEvent, ConversationState>.Given(happened);
}
