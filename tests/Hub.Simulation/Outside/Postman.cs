using Hub.Simulation.Core;

namespace Hub.Simulation.Outside;

/// <summary>Brings a bank's webhooks to the hub: late, twice, in any order, again until they are taken; and, beside them, what somebody else made up.</summary>
/// <param name="world">The world.</param>
/// <param name="mix">How often what goes wrong.</param>
/// <param name="party">Whose, as the figures name it.</param>
internal sealed class Postman(World world, Mix mix, string party)
{
    private static readonly TimeSpan[] ArrivesAfter =
        [TimeSpan.FromMilliseconds(50), TimeSpan.Zero, TimeSpan.FromSeconds(4), TimeSpan.FromMinutes(9), TimeSpan.FromHours(30), TimeSpan.FromDays(3)];

    private static readonly TimeSpan[] AgainAfter =
        [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(8), TimeSpan.FromDays(1)];

    /// <summary>Takes one along.</summary>
    /// <param name="bring">Brings it, signed at that moment; hears whether it was taken.</param>
    /// <param name="forge">Brings one that says better things and that somebody else signed; hears whether it was taken.</param>
    /// <param name="after">When; <c>null</c> for as the mail goes.</param>
    public void Take(Func<Task<bool>> bring, Func<Task<bool>> forge, TimeSpan? after = null)
    {
        var odd = world.Faulty && world.Choices.Chance(Strand.Parties, mix.Bank);
        var delay = after ?? (odd ? world.Choices.Pick(Strand.Parties, ArrivesAfter) : ArrivesAfter[0]);
        if (delay > TimeSpan.FromMinutes(1))
        {
            world.Counters.Add($"{party}: a webhook late");
        }

        world.After(delay, () => Bring(bring, 0));
        if (odd && world.Choices.Next(Strand.Parties, 3) == 2)
        {
            world.Counters.Add($"{party}: a webhook doubled");
            world.After(delay + TimeSpan.FromMilliseconds(world.Choices.Next(Strand.Parties, 5_000)), () => Bring(bring, 0));
        }

        if (odd && world.Choices.Next(Strand.Parties, 4) == 3)
        {
            world.Counters.Add($"{party}: a webhook forged");
            world.After(delay, () => Forge(forge));
        }
    }

    private void Bring(Func<Task<bool>> bring, int tries) => _ = world.Home.Start(async () =>
    {
        if (!await bring() && tries < AgainAfter.Length)
        {
            world.After(AgainAfter[tries], () => Bring(bring, tries + 1));
        }
    });

    private void Forge(Func<Task<bool>> forge) => _ = world.Home.Start(async () =>
    {
        if (await forge())
        {
            world.Break(11, $"the hub took a forged webhook for one of {party}'s");
        }
    });
}
