using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Payments;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Refunds;
using Hub.Simulation.Core;
using Hub.Simulation.Node;

namespace Hub.Simulation.People;

// What is asked for months afterwards: a refund that takes two persons, and a request whose key the hub has forgotten meanwhile.
internal sealed partial class Journey
{
    // Past the three months within which one person can refund; short of the thirteen after which nobody can; and past those.
    private static readonly TimeSpan Late = TimeSpan.FromDays(100);
    private static readonly TimeSpan Latest = TimeSpan.FromDays(390);
    private static readonly TimeSpan TooLate = TimeSpan.FromDays(12);

    private static readonly Caller First = Staff("first@hub.example");
    private static readonly Caller Second = Staff("second@hub.example");

    private (string Key, RefundRequest Asked)? _refunded;

    private async Task MonthsLaterAsync()
    {
        var what = _world.Choices.Next(Strand.People, 16);
        if (what < 12)
        {
            return;
        }

        await _cluster.Pause(what == 15 ? Latest : Late);
        await AskUnderAnOldKeyAsync();
        _world.Counters.Add("late refunds: asked for");
        await PostAsync("payment", Person.NewKey("late"), (front, key) => front.RefundAsync(First, key, Payment!, new RefundRequest(50)));
        if ((await SeeAsync())?.Refunds.FirstOrDefault(one => one.Status is RefundStatus.RequiresReview) is not { } waits)
        {
            return;
        }

        await AgreeAsync(First, waits, "late refunds: agreed to by who asked", mustFail: true);
        switch (what)
        {
            case 14:
                _world.Counters.Add("late refunds: declined");
                await PostAsync("payment", Person.NewKey("decline"), (front, key) => front.DeclineRefundAsync(Second, key, Payment!, waits.Id));
                break;
            case 15:
                await _cluster.Pause(TooLate);
                await AgreeAsync(Second, waits, "late refunds: agreed to after thirteen months", mustFail: true);
                break;
            default:
                await AgreeAsync(Second, waits, "late refunds: agreed to by another", mustFail: false);
                break;
        }
    }

    private async Task AgreeAsync(Caller who, Refund refund, string what, bool mustFail)
    {
        _world.Counters.Add(what);
        var answer = await PostAsync("payment", Person.NewKey("agree"), (front, key) => front.ApproveRefundAsync(who, key, Payment!, refund.Id));
        if (mustFail && answer.Ok)
        {
            _world.Break(6, $"{refund.Id} may be paid: {what}");
        }
    }

    // Thirty days later the hub has forgotten the request, but the payment has not forgotten the command (invariant 4).
    private async Task AskUnderAnOldKeyAsync()
    {
        if (_refunded is not { } old || await SeeAsync() is not { } before)
        {
            return;
        }

        _world.Counters.Add("merchant: sends a request again after months");
        await _cluster.InsistAsync(front => front.RefundAsync(_scene.Merchant, old.Key, Payment!, old.Asked));
        if (await SeeAsync() is { } after && after.Refunds.Count != before.Refunds.Count)
        {
            _world.Break(4, $"{Payment} was refunded once more under key {old.Key}, months later");
        }
    }

    private static Caller.Staff Staff(string email) => new(email, [StaffRole.Supervisor], [Scene.MerchantId]) { CredentialId = email };
}
