using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using static Hub.Domain.Tests.Customers.CustomerWorld;

namespace Hub.Domain.Tests.Customers;

/// <summary>A customer leaves one topic on one channel.</summary>
public sealed class MuteTests
{
    private static readonly CustomerCommand.Mute NoShipping = new(NoticeTopic.Shipping, Channel.Email, "dlv_1", MutedBy.Unsubscribe);

    public static TheoryData<Channel[]?, Channel[]> Choices => new()
    {
        // Nobody chose the phone: it only stood in for the mailbox.
        { null, [] },
        { [Channel.Email], [] },
        { [Channel.Email, Channel.Sms], [Channel.Sms] },
        { [Channel.Sms, Channel.Email], [Channel.Sms] },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void Exactly_that_topic_leaves_exactly_that_channel(Channel[]? chosen, Channel[] left)
    {
        var before = new Preferences(Channel.Sms, [Channel.Email], "de") { Topics = chosen is null ? null : [new(NoticeTopic.Shipping, [.. chosen]), new(NoticeTopic.Refunds, [])] };

        var after = before.Without(NoticeTopic.Shipping, Channel.Email);

        Assert.Equal(left, after.ChannelsFor(NoticeTopic.Shipping));
        foreach (var other in Enum.GetValues<NoticeTopic>().Where(t => t != NoticeTopic.Shipping)) Assert.Equal(before.ChannelsFor(other), after.ChannelsFor(other));
        Assert.Equal(before with { Topics = null }, after with { Topics = null });
    }

    [Fact]
    public void It_is_said_once_and_may_be_undone_and_said_again()
    {
        var muted = new CustomerEvent.TopicMuted(NoticeTopic.Shipping, Channel.Email, "dlv_1", MutedBy.Unsubscribe, Noon);
        var usual = Registered().Customer().Preferences;

        Registered()
            .When(NoShipping, Noon).Then(muted)
            .When(NoShipping, Noon).Then()
            .When(new CustomerCommand.Change(null, usual), Noon).Then(new CustomerEvent.Changed(null, usual))
            .When(NoShipping, Noon).Then(muted);
    }

    [Fact]
    public void Whoever_was_forgotten_chooses_nothing() =>
        Registered().When(new CustomerCommand.Erase("mer_1"), Noon).Then(new CustomerEvent.Erased("mer_1", Noon)).When(NoShipping, Noon).ThenRejected(RejectionCode.CustomerErased);
}
