using Hub.Domain.Customers;
using Hub.Domain.Notifications;
using Hub.Simulation.Core;

namespace Hub.Simulation.People;

/// <summary>What somebody wants to hear of, when, and in how many messages; and how they get rid of it.</summary>
internal sealed class Subscriptions(Scene scene, Person person)
{
    private const string Here = "Europe/Berlin";

    private readonly World _world = scene.World;
    private readonly int _wishes = scene.World.Choices.Chance(Strand.Reach, scene.Around.Mix.Reach) ? 1 + scene.World.Choices.Next(Strand.Reach, 3) : 0;

    /// <summary>One mail a day of what can wait; <c>null</c>: as it comes.</summary>
    public DigestChoice? Digest => (_wishes & 1) == 0 ? null : new DigestChoice((9 * 60) + person.Number, Here, [NoticeTopic.Receipts, NoticeTopic.Refunds, NoticeTopic.Shipping]);

    /// <summary>Quiet nights; <c>null</c>: none. The world begins on the evening before the clocks go forward.</summary>
    public QuietHours? Quiet => (_wishes & 2) == 0 ? null : new QuietHours(22 * 60, 7 * 60, Here);

    /// <summary>They read a mail that has a link to unsubscribe.</summary>
    public void Read(string delivery, string link)
    {
        if (!_world.Faulty || !_world.Choices.Chance(Strand.Reach, scene.Around.Mix.Reach / 8))
        {
            return;
        }

        _world.Counters.Add("people: unsubscribe");
        _world.After(_world.Choices.Pick(Strand.Reach, TimeSpan.FromSeconds(30), TimeSpan.Zero, TimeSpan.FromHours(7)), () =>
        {
            scene.OnUnsubscribed.Begins(delivery);
            _ = _world.Home.Start(async () =>
            {
                if ((await scene.Cluster.InsistAsync(front => front.UnsubscribeAsync(link))).Ok)
                {
                    scene.OnUnsubscribed.Done(delivery);
                }
            });
        });
    }
}
