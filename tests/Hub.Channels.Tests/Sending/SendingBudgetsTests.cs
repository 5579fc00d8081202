using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Ports;
using Hub.Channels.Sending;
using Hub.Channels.Sms;
using Hub.Domain.Addresses;
using Hub.Domain.Kernel;
using Hub.Domain.Sending;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Channels.Tests.Sending;

/// <summary>Parts of text messages, taken out of the budgets they fall under.</summary>
public sealed class SendingBudgetsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly SetTime _time = new(Noon);
    private readonly Budgets _actors;
    private int _event;

    public SendingBudgetsTests() => _actors = new Budgets(_time);

    [Theory]
    [InlineData(1)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(100)]
    [InlineData(1_000)]
    public async Task Exactly_as_many_go_out_in_an_hour_as_are_allowed(int most)
    {
        var budgets = New(new SendingCaps { MerchantPerHour = most });

        for (var sent = 0; sent < most; sent++) Assert.Null(await TakeAsync(budgets));

        Assert.Equal("merchant", await TakeAsync(budgets));
        Assert.Null(await TakeAsync(budgets, merchant: "mer_other"));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await TakeAsync(budgets));
    }

    [Fact]
    public async Task A_large_bound_costs_few_turns()
    {
        var budgets = New(new SendingCaps { MerchantPerHour = 1_000 });

        for (var sent = 0; sent < 1_000; sent++) await TakeAsync(budgets);

        Assert.Equal(50, _actors.Draws);
    }

    [Fact]
    public async Task Two_nodes_share_one_bound()
    {
        var (one, other) = (New(new SendingCaps { CountryPerHour = 10 }), New(new SendingCaps { CountryPerHour = 10 }));
        var went = 0;

        for (var round = 0; round < 10; round++)
        {
            if (await TakeAsync(one) is null) went++;
            if (await TakeAsync(other) is null) went++;
        }

        Assert.Equal(10, went);
    }

    [Fact]
    public async Task Many_at_once_take_no_more_than_one_after_the_other()
    {
        var budgets = New(new SendingCaps { MerchantPerHour = 500 });

        var taken = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => TakeAsync(budgets)));

        Assert.InRange(taken.Count(scope => scope is null), 1, 500);
    }

    [Theory]
    [InlineData("+4915112345999", "block")]
    [InlineData("+4915112346000", null)]
    public async Task A_block_is_a_thousand_numbers_in_a_row(string other, string? met)
    {
        var budgets = New(new SendingCaps { BlockPerHour = 1 });
        Assert.Null(await TakeAsync(budgets, to: "+4915112345000"));

        Assert.Equal(met, await TakeAsync(budgets, to: other));
        Assert.All(_actors.Names, name => Assert.DoesNotContain("15112", name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_message_counts_its_parts()
    {
        var budgets = New(new SendingCaps { MerchantPerHour = 5 });

        Assert.Null(await TakeAsync(budgets, parts: 3));
        Assert.Equal("merchant", await TakeAsync(budgets, parts: 3));
        Assert.Null(await TakeAsync(budgets, parts: 2));
    }

    [Fact]
    public async Task What_was_drawn_before_a_crash_is_not_drawn_again()
    {
        var cause = Cause();
        Assert.Null(await TakeAsync(New(new SendingCaps { MerchantPerHour = 1 }), cause: cause));

        Assert.Null(await TakeAsync(New(new SendingCaps { MerchantPerHour = 1 }), cause: cause));
        Assert.Equal("merchant", await TakeAsync(New(new SendingCaps { MerchantPerHour = 1 })));
    }

    [Fact]
    public void In_live_mode_there_are_bounds_without_any_setting_and_in_the_sandbox_none()
    {
        var (live, sandbox) = (new SendingCaps { BlockPerHour = 7 }, new SendingCaps());
        live.Complete(sandbox: false);
        sandbox.Complete(sandbox: true);

        Assert.Equal((SendingCaps.DefaultMerchantPerHour, SendingCaps.DefaultCountryPerHour, 7), (live.MerchantPerHour, live.CountryPerHour, live.BlockPerHour));
        Assert.Equal((0, 0, 0), (sandbox.MerchantPerHour, sandbox.CountryPerHour, sandbox.BlockPerHour));
        Assert.Equal(["Sending:CountryPerHour must be 0 (no bound) or more."], new SendingCaps { CountryPerHour = -1 }.Problems());
    }

    private SendingBudgets New(SendingCaps caps)
    {
        caps.Complete(sandbox: true);
        return new SendingBudgets(_actors, new Keys(), caps, _time, NullLogger<SendingBudgets>.Instance);
    }

    private Task<string?> TakeAsync(SendingBudgets budgets, string? merchant = "mer_a", string to = "+4915112345678", int parts = 1, FeedEvent? cause = null)
    {
        Assert.True(E164.TryParse(to, out var number));
        return budgets.TakeAsync(new Reaction(), cause ?? Cause(), "dlv_1", merchant, number, parts, TestContext.Current.CancellationToken);
    }

    private FeedEvent Cause()
    {
        var number = Interlocked.Increment(ref _event);
        return new(number, HubKinds.Address["a"], number, Noon, new AddressEvent.CodeClosed("x"));
    }

    private sealed class SetTime(DateTimeOffset now) : TimeProvider
    {
        private DateTimeOffset _now = now;

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan by) => _now += by;
    }

    private sealed class Reaction : IReaction
    {
        public string Name => "test";

        public bool Follows(string kind) => false;

        public Task HandleAsync(FeedEvent happened, CancellationToken cancel) => Task.CompletedTask;
    }

    private sealed class Keys : IKeyring
    {
        public byte[] Mac(string purpose, ReadOnlySpan<byte> data) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(purpose), data);
    }

    /// <summary>Budgets that take their turns one after the other and know a command that comes again.</summary>
    private sealed class Budgets(TimeProvider time) : IActors
    {
        private readonly Lock _turn = new();
        private readonly Dictionary<ActorId, BudgetState> _states = [];
        private readonly Dictionary<string, TurnOutcome.Committed> _done = new(StringComparer.Ordinal);

        public int Draws => _done.Count;

        public IEnumerable<string> Names => _states.Keys.Select(actor => actor.Key);

        public Task<TurnOutcome> SendAsync(ActorId actor, Envelope command, CancellationToken cancel)
        {
            lock (_turn)
            {
                if (_done.TryGetValue(command.Id, out var before)) return Task.FromResult<TurnOutcome>(before with { Repeated = true });
                var state = _states.GetValueOrDefault(actor) ?? BudgetDecider.Initial;
                var decision = BudgetDecider.Decide((BudgetCommand)command.Command, time.GetUtcNow(), state);
                if (decision.Rejection is { } code) return Task.FromResult<TurnOutcome>(new TurnOutcome.Rejected(code, 0, state));
                var next = _states[actor] = decision.Events.Aggregate(state, BudgetDecider.Evolve);
                var done = _done[command.Id] = new TurnOutcome.Committed(1, next, [.. decision.Events], Repeated: false);
                return Task.FromResult<TurnOutcome>(done);
            }
        }

        public Task<ActorReading> ReadAsync(ActorId actor, long atLeast, CancellationToken cancel) => throw new NotSupportedException();
    }
}
