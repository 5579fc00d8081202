using System.Collections;
using System.Reflection;
using Hub.Domain.Kernel;
using Hub.Domain.Money;

namespace Hub.Domain.Tests.Contract;

/// <summary>Makes instances of any message or state: with everything set, or with as little as its type allows.</summary>
internal sealed class Samples(bool full)
{
    private static readonly NullabilityInfoContext Nullability = new();
    private int _count;

    internal object Make(Type type)
    {
        _count++;
        if (type == typeof(string)) return $"text {_count} \"é\"";
        if (type == typeof(int)) return _count;
        if (type == typeof(long)) return 1_000_000_000_000L + _count;
        if (type == typeof(bool)) return full;
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero).AddTicks(_count);
        if (type == typeof(Currency)) return Currency.Usd;
        if (type == typeof(Sealed)) return new Sealed($"sealed {_count}");
        if (type.IsEnum) return Pick(type);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>)) return List(type.GetGenericArguments()[0]);
        if (type.IsAbstract) return Make(Families.Members(type).First());
        return Construct(type);
    }

    private object Pick(Type type)
    {
        var values = Enum.GetValues(type);
        return values.GetValue(full ? values.Length - 1 : 0)!;
    }

    private object List(Type element)
    {
        var items = Array.CreateInstance(element, full ? 2 : 0);
        for (var i = 0; i < items.Length; i++) items.SetValue(Make(element), i);
        return typeof(EquatableArray).GetMethod(nameof(EquatableArray.ToEquatableArray))!.MakeGenericMethod(element).Invoke(null, [(IEnumerable)items])!;
    }

    private object Construct(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Value(p.ParameterType, IsNullable(Nullability.Create(p), p.ParameterType)))]);
        var taken = constructor.GetParameters().Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in Families.Written(type).Where(p => p.SetMethod is not null && !taken.Contains(p.Name)))
        {
            property.SetValue(made, Value(property.PropertyType, IsNullable(Nullability.Create(property), property.PropertyType)));
        }

        return made;
    }

    private object? Value(Type type, bool nullable) => nullable && !full ? null : Make(Nullable.GetUnderlyingType(type) ?? type);

    internal static bool IsNullable(NullabilityInfo info, Type type) =>
        Nullable.GetUnderlyingType(type) is not null || (!type.IsValueType && info.ReadState is NullabilityState.Nullable);
}
