using System.Text;
using System.Text.Json;
using Hub.Actors;
using Hub.Domain.Kernel;

namespace Hub.Domain.Tests.Contract;

/// <summary>Every command, event and state comes back from its JSON equal by value, under the name it was given for good.</summary>
public sealed class SerializationTests
{
    public static TheoryData<string> Kinds => [.. HubKinds.All.Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_command_round_trips(string name)
    {
        var kind = Kind(name);
        RoundTrip(Families.CommandBase(kind), x => kind.WriteCommand((Command)x), x => kind.ReadCommand(x));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_event_round_trips(string name)
    {
        var kind = Kind(name);
        RoundTrip(Families.EventBase(kind), x => kind.WriteEvent((Event)x), x => kind.ReadEvent(x));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_state_round_trips(string name)
    {
        var kind = Kind(name);
        RoundTrip(Families.StateBase(kind), x => kind.WriteState((State)x), x => kind.ReadState(x));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_state_before_the_first_event_round_trips(string name)
    {
        var kind = Kind(name);
        Assert.Equal(kind.Initial, kind.ReadState(kind.WriteState(kind.Initial)));
    }

    [Fact]
    public void Every_concrete_member_of_a_family_has_a_name_and_no_two_share_one()
    {
        var families = Families.Polymorphic.Concat(HubKinds.All.SelectMany(k => new[] { Families.CommandBase(k), Families.EventBase(k), Families.StateBase(k) }))
            .Where(f => f.IsAbstract).Distinct();
        foreach (var family in families)
        {
            var names = Families.Discriminators(family);
            Assert.Equal(Families.Members(family).Select(m => m.FullName), names.Keys.Select(m => m.FullName).Order(StringComparer.Ordinal));
            Assert.All(names.Values, n => Assert.False(string.IsNullOrEmpty(n), $"{family} has a member without a name"));
            Assert.Equal(names.Count, names.Values.Distinct().Count());
        }
    }

    [Fact]
    public void An_events_name_begins_with_its_kind()
    {
        var names = HubKinds.All.SelectMany(k => Families.Discriminators(Families.EventBase(k)).Values.Select(n => (k.Name, Event: n!))).ToList();

        Assert.All(names, n => Assert.StartsWith(n.Name + ".", n.Event, StringComparison.Ordinal));
        Assert.Equal(names.Count, names.Select(n => n.Event).Distinct().Count());
    }

    [Fact]
    public void Every_family_of_messages_belongs_to_a_kind()
    {
        var known = HubKinds.All.SelectMany(k => new[] { Families.CommandBase(k), Families.EventBase(k), Families.StateBase(k) }).ToList();
        var concrete = Families.DomainTypes.Where(t => !t.IsAbstract && (t.IsSubclassOf(typeof(Command)) || t.IsSubclassOf(typeof(Event)) || t.IsSubclassOf(typeof(State))));

        Assert.All(concrete, t => Assert.Contains(known, f => f.IsAssignableFrom(t)));
    }

    private static ActorKind Kind(string name) => HubKinds.All.Single(k => k.Name == name);

    private static void RoundTrip(Type family, Func<object, byte[]> write, Func<byte[], object> read)
    {
        foreach (var member in Families.Members(family))
        {
            foreach (var full in (bool[])[true, false])
            {
                var sample = new Samples(full).Make(member);
                var json = write(sample);
                Assert.Equal(sample, read(json));
                AssertNames(family, member, full, json);
            }
        }
    }

    private static void AssertNames(Type family, Type member, bool full, byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var names = document.RootElement.EnumerateObject().Select(p => p.Name).ToList();
        if (family.IsAbstract)
        {
            Assert.Equal("$type", names[0]);
            Assert.Equal(Families.Discriminators(family)[member], document.RootElement.GetProperty("$type").GetString());
            names.RemoveAt(0);
        }

        // What is written is exactly what the contract lists: nothing derived, nothing lost.
        if (full) Assert.Equal(Families.Written(member).Select(EventContract.JsonName).Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("subjects", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
    }
}
