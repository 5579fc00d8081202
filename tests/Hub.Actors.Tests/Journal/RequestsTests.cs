using Hub.Actors.Journal;

namespace Hub.Actors.Tests.Journal;

/// <summary>Invariant 4: a request that was given back may be sent again, also where giving it back could not be stored.</summary>
[Trait("Invariant", "4")]
public sealed class RequestsTests
{
    private static readonly RequestKey Key = new("merchant:mer_a", "k1");

    [Fact]
    public async Task A_request_that_was_given_back_on_a_full_disk_is_not_in_flight_once_there_is_space()
    {
        await using var bench = new Workbench(wrap: store => new FaultyStore(store));
        var (faulty, requests) = ((FaultyStore)bench.Store, bench.Engine.Requests);
        Assert.IsType<Reservation.Mine>(await requests.ReserveAsync(Key, "print", "pay_1", Workbench.Cancel));

        faulty.Before = _ => throw new JournalUnavailableException("full");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => requests.ReleaseAsync(Key, Workbench.Cancel));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => requests.ReserveAsync(Key, "print", "pay_2", Workbench.Cancel));
        faulty.Before = _ => { };

        Assert.Equal(new Reservation.Mine("pay_1"), await requests.ReserveAsync(Key, "print", "pay_3", Workbench.Cancel));
        Assert.IsType<Reservation.InFlight>(await requests.ReserveAsync(Key, "print", "pay_4", Workbench.Cancel));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_of_which_nobody_knows_whether_it_was_reserved_may_be_sent_again(bool stored)
    {
        await using var bench = new Workbench(wrap: store => new FaultyStore(store));
        var (faulty, requests) = ((FaultyStore)bench.Store, bench.Engine.Requests);
        Action<IReadOnlyList<JournalWrite>> lose = _ => throw new CommitUnknownException("lost");
        (faulty.Before, faulty.After) = stored ? (faulty.Before, lose) : (lose, faulty.After);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => requests.ReserveAsync(Key, "print", "pay_1", Workbench.Cancel));
        (faulty.Before, faulty.After) = (_ => { }, _ => { });

        Assert.Equal(new Reservation.Mine(stored ? "pay_1" : "pay_2"), await requests.ReserveAsync(Key, "print", "pay_2", Workbench.Cancel));
        Assert.IsType<Reservation.InFlight>(await requests.ReserveAsync(Key, "print", "pay_3", Workbench.Cancel));
    }
}
