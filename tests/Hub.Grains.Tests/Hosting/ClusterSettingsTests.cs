using Hub.Grains.Hosting;

namespace Hub.Grains.Tests.Hosting;

public sealed class ClusterSettingsTests
{
    [Theory]
    [InlineData("localhost:6379,pasword=hunter2", "it cannot be read")]
    [InlineData("password=hunter2", "it names no host")]
    [InlineData("127.0.0.1:1,connectTimeout=200,connectRetry=1,password=hunter2", "Redis does not answer there")]
    public void What_is_wrong_with_a_connection_string_is_said_without_repeating_it(string redis, string problem)
    {
        var said = ClusterSettings.Problem(redis);

        Assert.StartsWith(problem, said, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", said, StringComparison.Ordinal);
    }
}
