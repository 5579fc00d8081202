using System.Runtime.CompilerServices;
using Hub.Actors;
using Hub.Actors.Journal;
using Hub.Domain.Kernel;
using Hub.Domain.Tests.Contract;
using Hub.Grains.Hosting;
using Hub.Grains.Wire;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Hub.Grains.Tests.Wire;

/// <summary>Everything that crosses between silos comes back from Orleans' own serializer equal by value, and is not copied within one.</summary>
public sealed class WireTests : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly Serializer _serializer;
    private readonly DeepCopier _copier;

    public WireTests()
    {
        var services = new ServiceCollection();
        services.AddSingleton(new KindCatalog(HubKinds.All));
        services.AddGrainActors(HubGrains.Ways);
        _services = services.BuildServiceProvider();
        _serializer = _services.GetRequiredService<Serializer>();
        _copier = _services.GetRequiredService<DeepCopier>();
    }

    public static TheoryData<string> Kinds => [.. HubKinds.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_command_of_a_kind_crosses(string kind)
    {
        foreach (var command in Each<Command>(Of(kind).CommandFamily))
        {
            var call = new Envelope("c1", command, new TimerFired("tea", 3), 7);
            Assert.Equal(call, Crossed(TurnCall.From(call)).ToEnvelope());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_event_of_a_kind_crosses(string kind)
    {
        var events = Each<Event>(Of(kind).EventFamily).ToEquatableArray();
        var done = new TurnOutcome.Committed(events.Count, Of(kind).Initial, events, Repeated: true);

        Assert.Equal(done, Crossed(TurnAnswer.From(done)).ToOutcome());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_state_of_a_kind_crosses(string kind)
    {
        foreach (var state in Each<State>(Of(kind).StateFamily).Append(Of(kind).Initial))
        {
            Assert.Equal(new ReadAnswer(5, state), Crossed(new ReadAnswer(5, state)));
            var refused = new TurnOutcome.Rejected(RejectionCode.NothingToDo, 5, state);
            Assert.Equal(refused, Crossed(TurnAnswer.From(refused)).ToOutcome());
        }
    }

    [Fact]
    public void Every_refusal_crosses() => Assert.All(Enum.GetValues<RejectionCode>(), code =>
    {
        var refused = new TurnOutcome.Rejected(code, 0, HubKinds.Payment.Initial);
        Assert.Equal(refused, Crossed(TurnAnswer.From(refused)).ToOutcome());
    });

    [Fact]
    public void Every_outcome_there_is_has_a_form_between_silos()
    {
        var outcomes = typeof(TurnOutcome).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TurnOutcome)) && !type.IsAbstract);

        // An empty one of each will do: what is asked is whether the form is known.
        Assert.All(outcomes, type => Assert.NotNull(TurnAnswer.From((TurnOutcome)(
            type == typeof(TurnOutcome.Rejected) ? new TurnOutcome.Rejected(RejectionCode.NothingToDo, 0, HubKinds.Payment.Initial) : RuntimeHelpers.GetUninitializedObject(type)))));
    }

    [Fact]
    public void A_call_without_timer_and_version_crosses()
    {
        var call = new Envelope("c1", Each<Command>(HubKinds.Customer.CommandFamily).First());
        Assert.Equal(call, Crossed(TurnCall.From(call)).ToEnvelope());
    }

    [Fact]
    public void Within_a_silo_nothing_is_copied()
    {
        var call = TurnCall.From(new Envelope("c1", Each<Command>(HubKinds.Payment.CommandFamily).First()));
        var answer = TurnAnswer.From(new TurnOutcome.Committed(1, HubKinds.Payment.Initial, Each<Event>(HubKinds.Payment.EventFamily).ToEquatableArray(), Repeated: false));

        Assert.Same(call, _copier.Copy(call));
        Assert.Same(answer, _copier.Copy(answer));
    }

    [Fact]
    public void Failures_of_a_turn_cross_with_their_cause()
    {
        var actor = HubKinds.Payment["pay_1"];
        var parked = (ActorParkedException)Crossed<Exception>(new ActorParkedException(actor, new CorruptJournalException(HubKinds.Payment.Initial, Each<Event>(HubKinds.Payment.EventFamily).First())));
        var unavailable = (JournalUnavailableException)Crossed<Exception>(new JournalUnavailableException("full", new Npgsql.NpgsqlException("lost")));

        Assert.IsType<CorruptJournalException>(parked.InnerException);
        Assert.StartsWith($"{actor} is parked", parked.Message, StringComparison.Ordinal);
        Assert.Equal(("full", "lost"), (unavailable.Message, unavailable.InnerException?.Message));
    }

    public void Dispose() => _services.Dispose();

    private static ActorKind Of(string name) => HubKinds.All.Single(kind => kind.Name == name);

    private static IEnumerable<T> Each<T>(Type family)
    {
        var members = Families.Members(family).ToList();
        Assert.NotEmpty(members);
        return members.SelectMany(member => new[] { (T)new Samples(full: true).Make(member), (T)new Samples(full: false).Make(member) });
    }

    private T Crossed<T>(T value) => _serializer.Deserialize<T>(_serializer.SerializeToArray(value));
}
