using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Hub.Actors;
using Hub.Domain.Kernel;

namespace Hub.Grains.Wire;

/// <summary>Writes commands, events and states as their kind does for the journal: one shape each, wherever it is.</summary>
internal sealed class DomainJson(IEnumerable<ActorKind> kinds) : JsonConverterFactory
{
    private readonly FrozenDictionary<Type, JsonConverter> _families = kinds
        .SelectMany(kind => new KeyValuePair<Type, JsonConverter>[]
        {
            new(kind.CommandFamily, new Family<Command>(kind.WriteCommand, kind.ReadCommand)),
            new(kind.EventFamily, new Family<Event>(kind.WriteEvent, kind.ReadEvent)),
            new(kind.StateFamily, new Family<State>(kind.WriteState, kind.ReadState)),
        })
        .DistinctBy(one => one.Key)
        .ToFrozenDictionary();

    private delegate T Reader<T>(ReadOnlySpan<byte> payload);

    /// <summary>Whether Orleans leaves a type to this: every message and every state of the domain.</summary>
    public static bool Covers(Type type) =>
        !type.IsAbstract && (typeof(Command).IsAssignableFrom(type) || typeof(Event).IsAssignableFrom(type) || typeof(State).IsAssignableFrom(type));

    /// <summary>How Orleans is to write the messages and states of these kinds.</summary>
    public static JsonSerializerOptions Options(IEnumerable<ActorKind> kinds) => new()
    {
        Converters = { new DomainJson(kinds) },

        // The families' own names are in what their kinds write; the serializer must not add another one.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { shape => shape.PolymorphismOptions = null } },
    };

    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => Covers(typeToConvert);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">A type of no kind that this process knows.</exception>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        for (var type = typeToConvert; type is not null; type = type.BaseType)
        {
            if (_families.TryGetValue(type, out var family))
            {
                return (JsonConverter)Activator.CreateInstance(typeof(Member<,>).MakeGenericType(typeToConvert, Base(typeToConvert)), family)!;
            }
        }

        throw new NotSupportedException($"{typeToConvert.FullName} belongs to no kind of actor of this process.");
    }

    private static Type Base(Type member) =>
        typeof(Command).IsAssignableFrom(member) ? typeof(Command) : typeof(Event).IsAssignableFrom(member) ? typeof(Event) : typeof(State);

    /// <summary>One family, through its base.</summary>
    private sealed class Family<T>(Func<T, byte[]> write, Reader<T> read) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var element = JsonDocument.ParseValue(ref reader);
            return read(JsonMarshal.GetRawUtf8Value(element.RootElement));
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteRawValue(write(value), skipInputValidation: true);
    }

    /// <summary>One member of a family.</summary>
    private sealed class Member<TMember, TBase>(JsonConverter<TBase> family) : JsonConverter<TMember>
        where TMember : TBase
    {
        public override TMember Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (TMember)family.Read(ref reader, typeof(TBase), options)!;

        public override void Write(Utf8JsonWriter writer, TMember value, JsonSerializerOptions options) => family.Write(writer, value, options);
    }
}
