using Hub.Actors;
using Hub.Api.Edge.Requests;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Live;
using Hub.Domain.Kernel;

namespace Hub.Api.Tests.Edge;

public sealed class SettledReadsTests
{
    private const string Topic = "payment:pay_a";
    private static readonly ActorId Payment = new("payment", "pay_a");
    private static readonly Subjects PaymentA = new("mer_a", "cus_a", "ord_a", "pay_a");

    private readonly MemoryViews _views = new();
    private readonly ManualTime _time = new();
    private readonly TestActors _actors = new() { [Payment] = new TestState(PaymentA, "processing") };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_wait_it_reads_once()
    {
        using var reads = new SettledReads(_actors, _views, _time);

        Assert.Equal("processing", Status(await reads.ReadAsync(Payment, Settled, PreferWait.None, Cancel)));
    }

    [Fact]
    public async Task It_answers_as_soon_as_the_state_has_settled()
    {
        using var reads = new SettledReads(_actors, _views, _time);

        var one = reads.ReadAsync(Payment, Settled, new PreferWait(TimeSpan.FromSeconds(30)), Cancel);
        var other = reads.ReadAsync(Payment, Settled, new PreferWait(TimeSpan.FromSeconds(20)), Cancel);
        _views.Add(Topic, PaymentA);
        _actors[Payment] = new TestState(PaymentA, "succeeded");
        _views.Add(Topic, PaymentA);

        Assert.Equal("succeeded", Status(await one));
        Assert.Equal("succeeded", Status(await other));
    }

    [Fact]
    public async Task When_the_wait_is_over_it_answers_with_what_there_is()
    {
        using var reads = new SettledReads(_actors, _views, _time);

        var reading = reads.ReadAsync(Payment, Settled, new PreferWait(TimeSpan.FromSeconds(10)), Cancel);
        _time.Advance(TimeSpan.FromSeconds(9));
        var early = reading.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("processing", Status(await reading));
        Assert.False(early);
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_the_wait()
    {
        using var reads = new SettledReads(_actors, _views, _time);
        using var gone = new CancellationTokenSource();

        var reading = reads.ReadAsync(Payment, Settled, new PreferWait(TimeSpan.FromSeconds(10)), gone.Token);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static bool Settled(State state) => ((TestState)state).Status != "processing";

    private static string Status(ActorReading reading) => ((TestState)reading.State).Status;
}
