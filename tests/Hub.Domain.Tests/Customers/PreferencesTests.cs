using System.Text;
using Hub.Actors;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;

namespace Hub.Domain.Tests.Customers;

/// <summary>On which channels a customer wants what.</summary>
public sealed class PreferencesTests
{
    private static readonly Preferences Usual = new(Channel.Sms, [], "en");

    [Fact]
    public void A_topic_goes_by_mail_and_then_by_phone_unless_the_customer_chose_otherwise()
    {
        var chosen = Usual with { Topics = [new(NoticeTopic.Shipping, [Channel.Sms]), new(NoticeTopic.Refunds, [])] };

        Assert.All(Enum.GetValues<NoticeTopic>(), topic => Assert.Equal([Channel.Email, Channel.Sms], Usual.ChannelsFor(topic)));
        Assert.Equal([Channel.Sms], chosen.ChannelsFor(NoticeTopic.Shipping));
        Assert.Empty(chosen.ChannelsFor(NoticeTopic.Refunds));
        Assert.Equal([Channel.Email, Channel.Sms], chosen.ChannelsFor(NoticeTopic.Receipts));
    }

    [Fact]
    public void The_usual_time_before_the_fallback_lies_within_what_may_be_chosen() =>
        Assert.InRange(Preferences.DefaultFallbackSeconds, Preferences.MinFallbackSeconds, Preferences.MaxFallbackSeconds);

    [Fact]
    public void A_change_replaces_what_was_preferred()
    {
        var wish = Usual with { FallbackAfterSeconds = 90, Topics = [new(NoticeTopic.Receipts, [])], Quiet = new QuietHours(22 * 60, 7 * 60, "Europe/Berlin") };
        var run = CustomerWorld.Registered().When(new CustomerCommand.Change(null, wish), CustomerWorld.Noon).Then(new CustomerEvent.Changed(null, wish));

        Assert.Equal(wish, run.Customer().Preferences);
    }

    /// <summary>What journals held before there were topics and quiet hours.</summary>
    [Fact]
    [Trait("Invariant", "2")]
    public void A_customer_of_an_older_journal_has_no_choices_of_that_kind()
    {
        var stored = """{"$type":"customer.changed","preferences":{"method":"sms","fallback":["email"],"locale":"de"}}""";

        var read = HubKinds.Customer.ReadEvent(Encoding.UTF8.GetBytes(stored));

        Assert.Equal(new CustomerEvent.Changed(null, new Preferences(Channel.Sms, [Channel.Email], "de")), read);
        Assert.Equal(stored, Encoding.UTF8.GetString(HubKinds.Customer.WriteEvent(read)));
    }
}
