using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Hub.Domain.Kernel;

namespace Hub.Architecture.Tests;

/// <summary>What the compiler and the analyzers cannot see of Hub.Domain.</summary>
public sealed class DomainShapeTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Floating = [typeof(double), typeof(float), typeof(decimal), typeof(Half)];

    private static readonly IReadOnlyList<Type> Types = [.. typeof(Event).Assembly.GetTypes().Where(t => t.GetCustomAttribute<CompilerGeneratedAttribute>() is null)];

    [Fact]
    public void Nothing_in_the_domain_is_a_floating_point_number()
    {
        var found = Types.SelectMany(type => type.GetFields(All).Select(f => (Where: $"{type.Name}.{f.Name}", f.FieldType))
            .Concat(type.GetProperties(All).Select(p => ($"{type.Name}.{p.Name}", p.PropertyType)))
            .Concat(type.GetMethods(All).SelectMany(m => Of(type, m).Append(($"{type.Name}.{m.Name}", m.ReturnType))))
            .Concat(type.GetConstructors(All).SelectMany(c => Of(type, c))))
            .Where(x => Floating.Any(f => Mentions(x.Item2, f))).Select(x => x.Item1);

        Assert.Empty(found);
    }

    [Fact]
    public void Messages_and_states_are_immutable_records_that_compare_by_value()
    {
        var reached = new HashSet<Type>();
        foreach (var type in Types.Where(t => typeof(Event).IsAssignableFrom(t) || typeof(Command).IsAssignableFrom(t) || typeof(State).IsAssignableFrom(t))) Reach(type, reached);

        Assert.All(reached, AssertValue);
    }

    [Fact]
    public void What_is_not_meant_for_inheritance_is_sealed() =>
        Assert.Empty(Types.Where(t => t is { IsClass: true, IsAbstract: false, IsSealed: false, IsNested: false } && !Types.Any(o => o.BaseType == t)).Select(t => t.FullName));

    private static IEnumerable<(string, Type)> Of(Type type, MethodBase method) =>
        method.GetParameters().Select(p => ($"{type.Name}.{method.Name}({p.Name})", p.ParameterType))
            .Concat((method.GetMethodBody()?.LocalVariables ?? []).Select(l => ($"{type.Name}.{method.Name}: a local", l.LocalType)));

    private static bool Mentions(Type type, Type wanted) =>
        type == wanted || (type.HasElementType && Mentions(type.GetElementType()!, wanted)) || (type.IsGenericType && type.GetGenericArguments().Any(a => Mentions(a, wanted)));

    private static void Reach(Type type, HashSet<Type> reached)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>)) type = type.GetGenericArguments()[0];
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(DateTimeOffset) || !reached.Add(type)) return;
        if (type.Assembly != typeof(Event).Assembly) return;
        foreach (var field in type.GetFields(All).Where(f => !f.IsStatic)) Reach(field.FieldType, reached);
        foreach (var derived in Types.Where(t => t.BaseType == type)) Reach(derived, reached);
    }

    private static void AssertValue(Type type)
    {
        Assert.False(typeof(Delegate).IsAssignableFrom(type), $"{type} is a delegate.");
        Assert.False(typeof(IEnumerable).IsAssignableFrom(type), $"{type} does not compare by its elements; use EquatableArray.");
        Assert.True(type.Assembly == typeof(Event).Assembly, $"{type} does not belong to the domain.");
        Assert.All(type.GetFields(All).Where(f => !f.IsStatic), f => Assert.True(f.IsInitOnly || f.GetCustomAttribute<CompilerGeneratedAttribute>() is not null, $"{type}.{f.Name} can change."));
        Assert.All(type.GetProperties(All).Where(p => p.SetMethod is { IsStatic: false }), p => Assert.True(
            p.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)), $"{type}.{p.Name} can be set."));
    }
}
