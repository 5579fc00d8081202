using System.Security.Cryptography;
using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.EndToEnd.Support;

namespace Hub.EndToEnd.Processes;

/// <summary>What runs beside a hub on the stores that it shares.</summary>
public sealed class SharedStoresTests(PostgresHub hub) : IClassFixture<PostgresHub>
{
    [Fact]
    public async Task A_journey_leaves_nothing_on_the_node_that_others_would_need()
    {
        await (await Journey.BeginAsync(hub)).PayAndApproveAsync();

        string[] shared = ["journal.db", "vault.db", "access.db"];
        Assert.DoesNotContain(Directory.GetFiles(hub.Data).Select(Path.GetFileName), shared.Contains);
    }

    [Fact]
    public async Task Verify_finds_journeys_and_the_nodes_views_clean()
    {
        await (await Journey.BeginAsync(hub)).PayAndApproveAsync();

        using var verify = HubProcess.Start(["verify", .. hub.Stores, $"--Hub:Data={hub.Data}", "--views"]);

        Assert.Equal((0, ""), (await verify.EndAsync(), verify.Errors));
        Assert.Contains("Clean.", verify.Output, StringComparison.Ordinal);
        Assert.Matches(@" 24 +[1-9]\d* +0  Per order", verify.Output);
    }

    [Fact]
    public async Task Keys_are_rotated_beside_the_hub_which_goes_on()
    {
        var before = await Journey.BeginAsync(hub);
        await before.PayUntilAskedAsync();

        using (var rotate = HubProcess.Start(["keys", "rotate", .. hub.Stores, $"--Hub:Data={hub.Data}"]))
        {
            Assert.Equal((0, ""), (await rotate.EndAsync(), rotate.Errors));
        }

        await (await Journey.BeginAsync(hub)).PayAndApproveAsync();
    }

    [Fact]
    public async Task Staff_is_added_beside_the_hub_and_known_to_it()
    {
        using var create = HubProcess.Start(["admin", "create", .. hub.Stores, $"--Hub:Data={hub.Data}", "--email=ada@example.com", "--roles=finance"]);
        create.Type("correct horse battery");

        Assert.Equal((0, ""), (await create.EndAsync(), create.Errors));
        Assert.Contains("otpauth://", create.Output, StringComparison.Ordinal);
        // Reading opens the second factor too, which the other process sealed.
        Assert.Equal([StaffRole.Finance], hub.Part<StaffDirectory>().Find("ada@example.com")!.Roles);
    }

    [Fact]
    public async Task A_node_without_the_master_key_or_with_another_one_is_refused_in_one_line()
    {
        var other = Directory.CreateTempSubdirectory("omnihub-node-").FullName;

        await RefusesAsync("The vault's master key is missing: set Hub:MasterKey, or put it into ");
        Assert.Empty(Directory.GetFiles(other));
        await RefusesAsync("The master key does not open this vault", $"--Hub:MasterKey={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}");
        Directory.Delete(other, recursive: true);

        async Task RefusesAsync(string expected, params string[] more)
        {
            using var node = HubProcess.Start([.. hub.Stores, $"--Hub:Data={other}", $"--urls=http://127.0.0.1:{RunningHub.FreePort()}", "--Hub:SandboxSmtpPort=0", .. more]);
            Assert.Equal(1, await node.EndAsync());
            Assert.StartsWith(expected, Assert.Single(node.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        }
    }
}
