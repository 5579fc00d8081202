using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Gateways.Jwe;
using Hub.Gateways.Routing;
using Hub.Gateways.SandboxBank;
using Hub.Gateways.Tests.Reactions;
using Hub.Gateways.Tests.Support;
using Hub.Gateways.Vault;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Gateways.Tests.Vault;

/// <summary>How a host finds its master key, and gets its ports.</summary>
public sealed class MasterKeyTests : IDisposable
{
    private const string Good = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_sandbox_makes_its_key_once_for_the_owner_only()
    {
        var options = new GatewayOptions { DataFolder = _folder.File("data"), Sandbox = true };
        Hub.Domain.Kernel.Sealed text;
        using (var vault = HubVault.OpenSqlite(options, new FakeTime(), new SeededRandom()))
        {
            text = vault.Persons.Seal("cus_1", "Ada");
        }

        var file = Path.Combine(options.DataFolder, MasterKey.FileName);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        using (var again = HubVault.OpenSqlite(options, new FakeTime(), new SeededRandom(2)))
        {
            Assert.Equal("Ada", again.Persons.Open("cus_1", text));
        }

        // The key is lost: a new one would open nothing, so none is made.
        File.Delete(file);
        Assert.Throws<VaultConfigurationException>(() => HubVault.OpenSqlite(options, new FakeTime(), new SeededRandom(3)));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void Live_mode_makes_no_key()
    {
        var options = new GatewayOptions { DataFolder = _folder.Path, Sandbox = false };

        var refused = Assert.Throws<VaultConfigurationException>(() => HubVault.OpenSqlite(options, new FakeTime(), new SeededRandom()));

        Assert.Contains("Hub:MasterKey", refused.Message, StringComparison.Ordinal);
        using var vault = HubVault.OpenSqlite(options with { MasterKey = Good }, new FakeTime(), new SeededRandom());
    }

    [Fact]
    public void A_key_file_may_lie_elsewhere()
    {
        File.WriteAllText(_folder.File("secret"), Good + "\n");
        var options = new GatewayOptions { DataFolder = _folder.File("data"), Sandbox = false, MasterKeyFile = _folder.File("secret") };

        using var vault = HubVault.OpenSqlite(options, new FakeTime(), new SeededRandom());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64, but secret")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g")]
    public void A_key_of_another_length_is_refused_without_being_repeated(string text)
    {
        var refused = Assert.Throws<VaultConfigurationException>(() => MasterKey.Parse(text));

        Assert.True(text.Length == 0 || !refused.ToString().Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_host_gets_every_port()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new FakeTime());
        services.AddLogging();
        services.AddDataProtection();
        services.AddSingleton<IActors, OnePayment>();
        services.AddGateways(new GatewayOptions
        {
            DataFolder = _folder.Path,
            Sandbox = true,
            SandboxBank = new SandboxBankOptions { BaseAddress = new Uri("http://localhost:1"), ApiKey = "key", WebhookSecrets = ["whsec_" + Good] },
        });
        using var provider = services.BuildServiceProvider();

        Assert.Equal("sandbox", provider.GetRequiredService<GatewayDirectory>().Find("sandbox")!.Name);
        foreach (var port in (Type[])[typeof(ICardVault), typeof(ISecretVault), typeof(IPersonalData), typeof(IKeyring), typeof(IEncryptionKeys), typeof(CardIntake), typeof(IBankWebhooks), typeof(GatewayRouter)])
        {
            Assert.NotNull(provider.GetService(port));
        }

        var protector = provider.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
        Assert.Equal("cookie", protector.Unprotect(protector.Protect("cookie")));
        Assert.NotEmpty(provider.GetRequiredService<HubVault>().DataProtection.GetAllElements());
    }

    [Fact]
    public void Settings_print_no_key()
    {
        var bank = new SandboxBankOptions { BaseAddress = new Uri("http://localhost:1"), ApiKey = "canary", WebhookSecrets = ["canary"] };

        Assert.DoesNotContain("canary", bank.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", new GatewayOptions { DataFolder = "data", Sandbox = true, MasterKey = "canary", SandboxBank = bank }.ToString(), StringComparison.Ordinal);
    }
}
