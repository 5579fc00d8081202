using System.Globalization;
using Hub.Channels.Notifications;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Tests.Notifications;

/// <summary>Customer, notice, time: what the planner does with it, through the nights on which clocks change. Quiet hours are 22:00 to 07:00.</summary>
[Trait("Invariant", "17")]
public sealed class QuietLadderTests
{
    private static readonly Candidate Sms = new("sms", "adr_phone", Verified: true);
    private static readonly Candidate Email = new("email", "adr_mail", Verified: true);

    /// <summary>A notice by SMS alone, asked for at a moment; it leaves at once, or at the moment in the last column. UTC.</summary>
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28T20:59", null)] // 21:59 in winter time.
    [InlineData("Europe/Berlin", "2026-03-28T21:00", "2026-03-29T05:00")]
    [InlineData("Europe/Berlin", "2026-03-28T21:01", "2026-03-29T05:00")]
    [InlineData("Europe/Berlin", "2026-03-29T01:00", "2026-03-29T05:00")] // The very change: 02:00 became 03:00.
    [InlineData("Europe/Berlin", "2026-03-29T04:59", "2026-03-29T05:00")]
    [InlineData("Europe/Berlin", "2026-03-29T05:00", null)] // 07:00 in summer time.
    [InlineData("Europe/Berlin", "2026-03-29T05:01", null)]
    [InlineData("Europe/Berlin", "2026-10-24T19:59", null)]
    [InlineData("Europe/Berlin", "2026-10-24T20:00", "2026-10-25T06:00")]
    [InlineData("Europe/Berlin", "2026-10-25T00:30", "2026-10-25T06:00")] // The first 02:30.
    [InlineData("Europe/Berlin", "2026-10-25T01:30", "2026-10-25T06:00")] // The second 02:30.
    [InlineData("Europe/Berlin", "2026-10-25T05:59", "2026-10-25T06:00")]
    [InlineData("Europe/Berlin", "2026-10-25T06:00", null)]
    [InlineData("America/New_York", "2026-03-08T03:00", "2026-03-08T11:00")]
    [InlineData("America/New_York", "2026-11-01T02:00", "2026-11-01T12:00")]
    [InlineData("America/New_York", "2026-11-01T11:59", "2026-11-01T12:00")]
    [InlineData("America/New_York", "2026-11-01T12:00", null)]
    [InlineData("Australia/Lord_Howe", "2026-04-04T11:00", "2026-04-04T20:30")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T20:29", "2026-04-04T20:30")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T20:30", null)]
    [InlineData("Australia/Lord_Howe", "2026-10-03T11:29", null)]
    [InlineData("Australia/Lord_Howe", "2026-10-03T11:30", "2026-10-03T20:00")]
    [InlineData("Asia/Shanghai", "2026-03-28T13:59", null)]
    [InlineData("Asia/Shanghai", "2026-03-28T14:00", "2026-03-28T23:00")]
    [InlineData("Asia/Shanghai", "2026-10-24T22:59", "2026-10-24T23:00")]
    [InlineData("Asia/Shanghai", "2026-10-24T23:00", null)]
    public void A_notice_leaves_when_the_customers_night_is_over(string zone, string asked, string? leaves)
    {
        var plan = Plan(Goal.Delivery, zone, asked, Sms);

        var step = Planner.Next(plan, [], answered: false, Utc(asked));

        if (leaves is null)
        {
            Assert.Equal(new NextStep.Send(Sms), step);
            return;
        }

        Assert.Equal(new NextStep.WaitUntil(Utc(leaves)), step);
        Assert.Equal(step, Planner.Next(plan, [], answered: false, Utc(leaves).AddMinutes(-1)));
        Assert.Equal(new NextStep.Send(Sms), Planner.Next(plan, [], answered: false, Utc(leaves)));
        Assert.Equal(new NextStep.Send(Sms), Planner.Next(plan, [], answered: false, Utc(leaves).AddMinutes(1)));
    }

    [Theory]
    [InlineData("2026-03-28T22:30")]
    [InlineData("2026-03-29T01:00")]
    [InlineData("2026-10-25T00:30")]
    [InlineData("2026-10-25T01:30")]
    public void In_the_same_night_a_confirmation_and_a_letter_leave_at_once_and_nothing_passes_a_stop(string asked)
    {
        var stopped = Sms with { OptedOut = true };

        Assert.Equal(new NextStep.Send(Sms), Next(Plan(Goal.Answer, "Europe/Berlin", asked, Sms, Email)));
        Assert.Equal(new NextStep.Send(Email), Next(Plan(Goal.Delivery, "Europe/Berlin", asked, Email, Sms)));
        Assert.Equal(new NextStep.Send(Email), Next(Plan(Goal.Answer, "Europe/Berlin", asked, stopped, Email)));
        Assert.Equal(new NextStep.GiveUp(GiveUpReason.NothingUsable), Next(Plan(Goal.Answer, "Europe/Berlin", asked, stopped)));

        NextStep Next(Plan plan) => Planner.Next(plan, [], answered: false, Utc(asked));
    }

    private static Plan Plan(Goal goal, string zone, string asked, params Candidate[] candidates)
    {
        var deadline = Utc(asked).AddDays(3);
        return new Plan(
            goal, candidates.ToEquatableArray(), deadline, Pace.Notice,
            Quiet: QuietCalendar.Between(new QuietHours(22 * 60, 7 * 60, zone), Utc(asked), deadline));
    }

    private static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
