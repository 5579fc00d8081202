using System.Text.Json;
using Hub.Domain.Kernel;

namespace Hub.Domain.Tests.Kernel;

/// <summary>Lists are written and read as JSON arrays, element by element.</summary>
public sealed class EquatableArrayTests
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private sealed record Leaf(string Name, int Size);

    private sealed record Branch(EquatableArray<Leaf> Leaves, EquatableArray<int> Numbers);

    [Fact]
    public void Lists_in_lists_read_back_as_they_were()
    {
        EquatableArray<Branch> tree = [new([new Leaf("a", 1), new Leaf("b", 2)], [1, 2, 3]), new([], [])];

        Assert.Equal(tree, JsonSerializer.Deserialize<EquatableArray<Branch>>(JsonSerializer.Serialize(tree, Strict), Strict));
    }

    [Fact]
    public void A_null_in_a_list_of_objects_is_kept_and_one_in_a_list_of_numbers_refused()
    {
        EquatableArray<string?> words = JsonSerializer.Deserialize<EquatableArray<string?>>("""["a",null]""", Strict);

        Assert.Equal(["a", null], words);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<EquatableArray<int>>("[1,null]", Strict));
    }

    [Theory]
    [InlineData("""[{"name":"a","size":1,"size":2}]""")]
    [InlineData("""[{"name":"a","size":1,"more":2}]""")]
    [InlineData("""[{"name":"a"}]""")]
    [InlineData("""[{"name":"a","size":1]""")]
    [InlineData("""{"name":"a","size":1}""")]
    public void What_the_options_refuse_is_refused_inside_a_list_too(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<EquatableArray<Leaf>>(json, Strict));
}
