namespace Hub.Architecture.Tests;

/// <summary>Imports run one way: Silo → {Web, Api, Grains, Sandbox} → {Channels, Gateways} → Actors → Domain.</summary>
public sealed class ImportTests
{
    private static readonly Dictionary<string, int> Floors = new Dictionary<string, int>
    {
        ["Hub.Silo"] = 4, ["Hub.Web"] = 3, ["Hub.Api"] = 3, ["Hub.Grains"] = 3, ["Hub.Sandbox"] = 3,
        ["Hub.Channels"] = 2, ["Hub.Gateways"] = 2, ["Hub.Actors"] = 1, ["Hub.Domain"] = 0,
    };

    [Fact]
    public void Every_project_has_its_floor_and_imports_only_from_below()
    {
        foreach (var (name, project) in House.Projects("src"))
        {
            Assert.True(Floors.TryGetValue(name, out var floor), $"{name} has no floor in the house.");
            Assert.All(House.References(project), r => Assert.True(Floors[r] < floor, $"{name} must not import {r}."));
        }
    }

    [Fact]
    public void The_domain_references_nothing_but_the_base_library()
    {
        var domain = House.Projects("src")["Hub.Domain"];

        Assert.Empty(House.References(domain));
        Assert.Empty(domain.Descendants("PackageReference"));
        Assert.Empty(domain.Descendants("FrameworkReference"));
        Assert.All(typeof(Domain.Kernel.Event).Assembly.GetReferencedAssemblies(), a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void No_source_project_imports_a_test() =>
        Assert.All(House.Projects("src").Values, p => Assert.DoesNotContain(House.References(p), r => r.EndsWith(".Tests", StringComparison.Ordinal)));

    [Fact]
    public void Versions_of_packages_stand_in_one_place()
    {
        foreach (var folder in (string[])["src", "tests", "bench"])
        {
            Assert.All(House.Projects(folder), p => Assert.All(p.Value.Descendants("PackageReference"), r => Assert.True(r.Attribute("Version") is null, $"{p.Key} pins a package by itself.")));
        }
    }

    [Theory]
    [InlineData("Hub.Domain")]
    [InlineData("Hub.Actors")]
    [InlineData("Hub.Gateways")]
    [InlineData("Hub.Channels")]
    public void What_the_simulator_must_own_is_banned(string project) =>
        Assert.True(new FileInfo(Path.Combine(House.Root, "src", project, "BannedSymbols.txt")) is { Exists: true, Length: > 0 }, $"{project} bans nothing.");
}
