using System.Reflection;
using System.Text.Json.Serialization;
using Hub.Actors;
using Hub.Domain.Kernel;

namespace Hub.Domain.Tests.Contract;

/// <summary>The closed families of messages and states, found by reflection.</summary>
internal static class Families
{
    internal static IReadOnlyList<Type> DomainTypes { get; } = typeof(Event).Assembly.GetTypes();

    internal static Type CommandBase(ActorKind kind) => kind.GetType().GetGenericArguments()[1];

    internal static Type EventBase(ActorKind kind) => kind.GetType().GetGenericArguments()[2];

    internal static Type StateBase(ActorKind kind) => kind.GetType().GetGenericArguments()[3];

    /// <summary>The concrete types of a family; the base itself where it has no others.</summary>
    internal static IEnumerable<Type> Members(Type family) => DomainTypes
        .Where(t => family.IsAssignableFrom(t) && !t.IsAbstract)
        .OrderBy(t => t.FullName, StringComparer.Ordinal);

    internal static IReadOnlyDictionary<Type, string?> Discriminators(Type family) => family
        .GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
        .ToDictionary(a => a.DerivedType, a => a.TypeDiscriminator as string);

    /// <summary>Every abstract record of the domain that is written as JSON.</summary>
    internal static IEnumerable<Type> Polymorphic => DomainTypes.Where(t => t.IsAbstract && t.GetCustomAttribute<JsonPolymorphicAttribute>(inherit: false) is not null);

    /// <summary>What of a type is written: what its constructor takes and what is set beside it.</summary>
    internal static IEnumerable<PropertyInfo> Written(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.GetIndexParameters().Length == 0 && p.GetCustomAttribute<JsonIgnoreAttribute>() is null && p.GetMethod is not null && p.Name != "EqualityContract")
        .Where(p => p.SetMethod is not null || type.GetConstructors().Any(c => c.GetParameters().Any(x => x.Name == p.Name)));
}
