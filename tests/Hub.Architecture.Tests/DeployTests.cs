using System.Text.RegularExpressions;

namespace Hub.Architecture.Tests;

/// <summary>No engine runs containers where the tests run: what can be wrong with these files without one is looked for here.</summary>
public sealed partial class DeployTests
{
    private static readonly string Compose = Text("docker-compose.yml");

    [Fact]
    public void The_image_is_built_from_every_project() => Assert.All(
        House.Projects("src").Keys, name => Assert.Contains($"COPY src/{name}/{name}.csproj src/{name}/\n", Text("Dockerfile"), StringComparison.Ordinal));

    [Fact]
    public void Every_setting_that_is_given_is_one_that_is_read()
    {
        var sources = string.Concat(House.Sources("src/Hub.Silo").Select(source => source.Text));
        var given = Setting().Matches(Compose + Text("Dockerfile")).Select(setting => (Section: setting.Groups[1].Value, Name: setting.Groups[2].Value)).Distinct().ToList();

        Assert.NotEmpty(given);
        Assert.All(given, setting => Assert.Contains(
            setting.Section == "Hub" ? $"\"Hub:{setting.Name}\"" : $"GetConnectionString(\"{setting.Name}\")", sources, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_variable_stands_in_the_example_and_no_secret_has_a_value()
    {
        var example = Text(".env.example");

        Assert.All(Variable().Matches(Compose).Select(variable => variable.Groups[1].Value), name => Assert.Matches($"(?m)^(# )?{name}=", example));
        Assert.All((string[])["POSTGRES_PASSWORD", "REDIS_PASSWORD", "HUB_MASTER_KEY"], name =>
        {
            Assert.Matches($"(?m)^{name}=$", example);
            Assert.DoesNotMatch($@"\$\{{{name}(\}}|:-)", Compose);
        });
    }

    [Fact]
    public void One_port_is_published_and_every_service_ends_in_peace()
    {
        Assert.Single(Ports().Matches(Compose));
        foreach (var service in Services())
        {
            Assert.True(service.Text.Contains("stop_grace_period:", StringComparison.Ordinal) || service.Text.Contains("<<: *", StringComparison.Ordinal), $"{service.Name} has no time to end.");
        }
    }

    [Fact]
    public void The_proxy_knows_every_silo()
    {
        var proxy = Text("deploy/haproxy.cfg");
        var silos = Services().Select(service => service.Name).Where(name => name.StartsWith("silo", StringComparison.Ordinal)).ToList();

        Assert.Equal(3, silos.Count);
        Assert.All(silos, silo => Assert.Equal(2, Regex.Count(proxy, $@"(?m)^    server {silo} {silo}:8080( |$)")));
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(House.Root, file)).ReplaceLineEndings("\n");

    private static List<(string Name, string Text)> Services()
    {
        var services = Compose[Compose.IndexOf("\nservices:\n", StringComparison.Ordinal)..Compose.IndexOf("\nvolumes:\n", StringComparison.Ordinal)];
        return Service().Matches(services).Select(service => (service.Groups[1].Value, service.Groups[2].Value)).ToList();
    }

    [GeneratedRegex(@"\b(Hub|ConnectionStrings)__(\w+)[:=]")]
    private static partial Regex Setting();

    [GeneratedRegex(@"\$\{(\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?m)^\s+ports:")]
    private static partial Regex Ports();

    [GeneratedRegex(@"(?m)^  (\w+):\n((?:    .*\n|  +#.*\n|\n)*)")]
    private static partial Regex Service();
}
