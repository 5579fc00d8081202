using Hub.Actors;
using Hub.Actors.Views;
using Hub.Domain.Cases;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Captures;
using Hub.Domain.Payments.Refunds;
using Hub.Domain.Webhooks;
using Hub.Simulation.Core;
using Hub.Simulation.Disk;
using Hub.Simulation.Node;
using Hub.Simulation.Outside;
using Hub.Simulation.People;

namespace Hub.Simulation.Checks;

/// <summary>Liveness: the faults stop, and within a bounded time everything must have come to its end (invariant 26).</summary>
internal sealed class Peace(World world, Cluster cluster, Scene scene, SimBanks bank, SimDisk disk, Audited audited, ECashBooks purses, AddressBooks addresses, ChatBooks chats, NoticeBooks notices, MailBooks mails, Talked talked)
{
    private const int Rounds = 6;

    private readonly Operator _operator = new(world, cluster, bank);

    /// <summary>Lets the world come to rest and looks at what is left.</summary>
    public void Make(long steps)
    {
        world.Faulty = false;
        cluster.Calm();
        world.Story?.Tell(world.Now, "world", "from now on nothing goes wrong");
        if (!world.Run(() => false, steps))
        {
            world.Break(26, $"after {steps} steps without a fault it is not at rest");
        }

        for (var round = 0; world.Broken is null && round < Rounds && OpenCases().ToList() is { Count: > 0 } open; round++)
        {
            Settle(open, steps);
        }

        if (world.Broken is null)
        {
            Look();
        }
    }

    // Somebody looks at every case. One may lead to another: the hold that was found is given back, and that fails.
    private void Settle(List<CaseMatter> open, long steps)
    {
        var settling = Task.WhenAll(open.Select(_operator.SettleAsync));
        if (!world.Run(() => false, steps) || !settling.IsCompleted)
        {
            world.Break(26, "cases are settled for ever");
        }
    }

    private IEnumerable<CaseMatter> OpenCases() =>
        Streams("case/").Select(Fold).OfType<CaseState>().Where(one => one is { Matter: not null, SettledAt: null }).Select(one => one.Matter!);

    private IEnumerable<string> Streams(string prefix) => disk.Tables.Feed.Where(stored => stored.Version == 1)
        .Select(stored => stored.Stream).Where(stream => stream.StartsWith(prefix, StringComparison.Ordinal));

    private void Look()
    {
        if (!scene.IsOver)
        {
            world.Break(26, "somebody waits for an answer for ever");
            return;
        }

        foreach (var node in cluster.Up)
        {
            foreach (var reaction in node.Engine.Reactions.Where(reaction => reaction.Lag > 0))
            {
                world.Break(26, $"reaction {reaction.Name} on {node.Name} lags by {reaction.Lag}");
            }
        }

        foreach (var parked in disk.Tables.AllParked)
        {
            world.Break(26, $"reaction {parked.Reaction} gave {parked.Stream} up: {parked.Error}");
        }

        audited.AtRest(world.Time);
        addresses.AtRest();
        chats.AtRest();
        notices.AtRest();
        mails.AtRest();
        foreach (var stream in Streams("payment/").Concat(Streams("notification/")).Concat(Streams("webhook/")))
        {
            Look(ActorId.Parse(stream), Fold(stream));
        }

        foreach (var person in scene.People)
        {
            purses.AtRest(disk, (Customer)Fold($"customer/{person.Id}"));
            purses.CompareTopUps(person.Id, person.TopUps.Asked, person.TopUps.Acknowledged);
            talked.AtRest(person);
            talked.RepliesAtRest(person, (Customer)Fold($"customer/{person.Id}"));
            LookForForgotten(person);
        }

        foreach (var node in cluster.Up.Where(node => node.Engine.KeepsViews))
        {
            CompareViews(node);
        }

        foreach (var sum in disk.Tables.Balances().GroupBy(balance => balance.Amount.Currency).Where(group => group.Sum(b => b.Amount.Minor) != 0))
        {
            world.Break(7, $"the books do not balance in {sum.Key}");
        }
    }

    private void LookForForgotten(Person person)
    {
        if (Fold($"customer/{person.Id}") is Customer { Erased: true } && scene.Around.Vault is var vault && (!vault.IsErased(person.Id) || vault.HasAnyOf(person.Id)))
        {
            world.Break(23, $"{person.Id} was erased, and the vault still knows them");
        }
    }

    private void Look(ActorId actor, State state)
    {
        switch (state)
        {
            case Payment payment: LookAt(payment); break;
            case Notification { HasEnded: false }: world.Break(17, $"{actor} has not ended"); break;
            case WebhookState { Message: not null, Status: WebhookStatus.Pending }: world.Break(26, $"{actor} was neither delivered nor given up"); break;
        }
    }

    // Invariant 10: at rest, hub and bank agree, or there is a case.
    private void LookAt(Payment payment)
    {
        if (payment.Cases.FirstOrDefault(one => one.Open) is { } open)
        {
            world.Break(26, $"nobody can settle case {open.Id} of {payment.Id}: {open.Reason}");
            return;
        }

        if (payment.Ended is null && payment.Status is not (PaymentStatus.Succeeded or PaymentStatus.RequiresReview))
        {
            world.Break(26, $"{payment.Id} rests at {payment.Status} without a case");
            return;
        }

        world.Counters.Add($"at rest: a payment {payment.Status}");
        var own = bank.Entries.Where(entry => entry.Payment == payment.Id).ToList();
        Agree(payment, "captured", payment.Captures.Where(one => one.Taken).Sum(one => one.Amount.Minor), own.Where(entry => entry.HasMoved || entry.WentBack).Sum(entry => entry.Amount));
        Agree(payment, "returned", payment.Captures.Where(one => one.Status is CaptureStatus.Returned).Sum(one => one.Amount.Minor), own.Where(entry => entry.WentBack).Sum(entry => entry.Amount));
        Agree(payment, "refunded", payment.Refunds.Where(one => one.Status is RefundStatus.Succeeded).Sum(one => one.Amount.Minor), own.Where(entry => entry is { Kind: "refund", Status: "succeeded" }).Sum(entry => entry.Amount));
        foreach (var dispute in own.Where(entry => entry.Kind == "dispute"))
        {
            var known = payment.Disputes.FirstOrDefault(one => one.BankId == dispute.Id)?.Status.ToString();

            // Stripe knows no difference between what was given up and what was lost.
            var same = string.Equals(known, dispute.Status, StringComparison.OrdinalIgnoreCase) || (dispute is { Gateway: SimStripe.Gateway, Status: "accepted" } && known == "Lost");
            if (!same) world.Break(10, $"{payment.Id}: dispute {dispute.Id} is {known} by the hub's books, {dispute.Status} by the bank's");
        }

        Agree(payment, "held", 0, own.Where(new BankBooks(world, bank, scene).IsHeld).Sum(entry => entry.Amount - entry.Taken));
    }

    private void Agree(Payment payment, string what, long hub, long atBank)
    {
        if (hub != atBank)
        {
            world.Break(10, $"{payment.Id} ({payment.Status}): {what} {hub} by the hub's books, {atBank} by the bank's, and no case is left");
        }
    }

    // Invariant 20: a projection equals its rebuild from zero.
    private void CompareViews(SimNode node)
    {
        foreach (var kind in HubKinds.All)
        {
            for (string? last = null; ;)
            {
                var page = node.Engine.Views.List(new ViewQuery(kind.Name, StartingAfter: last, Limit: 100));
                foreach (var row in page.Rows)
                {
                    world.Counters.Add("views compared with the journal");
                    if (!kind.WriteState(row.State).AsSpan().SequenceEqual(kind.WriteState(Fold(row.Actor.ToString()))))
                    {
                        world.Break(20, $"the view of {row.Actor} at version {row.Version} is not what its events fold to");
                    }
                }

                if (!page.HasMore)
                {
                    break;
                }

                last = page.Rows[^1].Actor.Key;
            }
        }
    }

    private State Fold(string stream)
    {
        var kind = HubKinds.All.Single(one => one.Name == ActorId.Parse(stream).Kind);
        return disk.Tables.ReadStream(stream, 0).Events.Aggregate(kind.Initial, (state, stored) => kind.Evolve(state, kind.ReadEvent(stored.Payload.Span)));
    }
}
