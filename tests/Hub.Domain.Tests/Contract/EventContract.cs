using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Actors;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Tests.Testing;

namespace Hub.Domain.Tests.Contract;

/// <summary>The shapes of all events as lines of text, one line for each fact that a stored event relies on.</summary>
internal static class EventContract
{
    private static readonly NullabilityInfoContext Nullability = new();

    internal static string JsonName(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    internal static IReadOnlyList<string> Lines()
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        var parts = new Queue<Type>();
        var seen = new HashSet<Type>();
        foreach (var family in HubKinds.All.Select(Families.EventBase))
        {
            foreach (var (member, name) in Families.Discriminators(family)) Describe($"event {name}", member);
        }

        while (parts.TryDequeue(out var part)) DescribePart(part);
        return [.. lines];

        void Describe(string owner, Type type)
        {
            lines.Add(owner);
            foreach (var property in Families.Written(type)) lines.Add($"{owner} .{JsonName(property)}: {Shape(property)}");
        }

        void DescribePart(Type part)
        {
            if (part.IsEnum)
            {
                var numbers = part.GetCustomAttribute<JsonConverterAttribute>() is null;
                foreach (var value in Enum.GetValues(part)) lines.Add($"enum {part.Name} {(numbers ? $"{Convert.ToInt32(value, null)}" : JsonNamingPolicy.SnakeCaseLower.ConvertName($"{value}"))}");
            }
            else if (part.IsAbstract)
            {
                foreach (var (member, name) in Families.Discriminators(part)) Describe($"type {part.Name} {name}", member);
            }
            else
            {
                Describe($"type {part.Name}", part);
            }
        }

        string Shape(PropertyInfo property) => NameOf(property.PropertyType) + (Samples.IsNullable(Nullability.Create(property), property.PropertyType) ? "?" : "");

        string NameOf(Type type)
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>)) return $"[{NameOf(type.GetGenericArguments()[0])}]";
            if (type == typeof(string) || type == typeof(int) || type == typeof(long) || type == typeof(bool)) return JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name);
            if (type == typeof(DateTimeOffset)) return "time";
            if (type == typeof(Currency)) return "currency";
            if (type == typeof(Sealed)) return "sealed";
            if (seen.Add(type)) parts.Enqueue(type);
            return type.Name;
        }
    }
}

/// <summary>Event shapes, once released, never change.</summary>
public sealed class EventContractTests
{
    [Fact]
    public void No_line_of_the_contract_is_edited_or_removed_and_new_ones_are_accepted_on_purpose()
    {
        var path = Repository.PathOf("events.contract.txt");
        var written = File.Exists(path) ? File.ReadAllLines(path).Where(l => l.Length > 0 && l[0] != '#').ToList() : [];
        var now = EventContract.Lines();

        var gone = written.Except(now).ToList();
        Assert.True(gone.Count == 0, $"A stored event may rely on these, so they stay; a new shape is a new type with an upcaster:\n{string.Join('\n', gone)}");

        var added = now.Except(written).ToList();
        if (added.Count > 0 && Repository.Accepts) File.WriteAllText(path, $"{Head}\n{string.Join('\n', now)}\n");
        else Assert.True(added.Count == 0, $"New in the contract; run with HUB_ACCEPT=1 to accept:\n{string.Join('\n', added)}");
    }

    private const string Head = "# Every event that a journal may hold: names, fields, types; '?' may be missing. Lines are added, never edited or removed.";
}
