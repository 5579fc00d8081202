using Hub.Actors;
using Hub.Domain.Addresses;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Payments;

namespace Hub.Simulation.Bugs;

/// <summary>Actors as a hub with a planted bug would reach them.</summary>
internal sealed class BuggyActors(IActors inner, PlantedBug bug) : IActors
{
    private long _sent;

    /// <inheritdoc/>
    public async Task<TurnOutcome> SendAsync(ActorId actor, Envelope command, CancellationToken cancel)
    {
        switch (bug)
        {
            case PlantedBug.DeduplicationRemoved:
                return await inner.SendAsync(actor, command with { Id = $"{command.Id[..Math.Min(command.Id.Length, 180)]}#{++_sent}" }, cancel);
            case PlantedBug.BounceForgotten when command is { Command: NotificationCommand.Report, Id: var id } && id.StartsWith("mail:", StringComparison.Ordinal):
                var known = await inner.ReadAsync(actor, cancel);
                return new TurnOutcome.Committed(known.Version, known.State, [], Repeated: false);
            case PlantedBug.MissingStarted when command.Command is PaymentCommand.StartBankCall:
                var seen = await inner.ReadAsync(actor, cancel);
                return new TurnOutcome.Committed(seen.Version, seen.State, [], Repeated: false);
            default:
                return await inner.SendAsync(actor, command, cancel);
        }
    }

    /// <inheritdoc/>
    public async Task<ActorReading> ReadAsync(ActorId actor, long atLeast, CancellationToken cancel)
    {
        var read = await inner.ReadAsync(actor, atLeast, cancel);
        return (bug, read.State) switch
        {
            (PlantedBug.HoldOverlooked, Customer customer) =>
                read with { State = customer with { Addresses = customer.Addresses.Select(one => one with { HeldUntil = null }).ToEquatableArray() } },
            (PlantedBug.WindowOverlooked, AddressState address) => read with { State = address with { LastHeard = DateTimeOffset.MaxValue } },
            _ => read,
        };
    }
}
