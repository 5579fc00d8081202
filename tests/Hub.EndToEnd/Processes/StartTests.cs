using Hub.EndToEnd.Support;
using Hub.Sandbox;

namespace Hub.EndToEnd.Processes;

/// <summary>What cannot work is said at the start, in one line, with exit code 1.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("omnihub-start-").FullName;
    private readonly Uri _address = new($"http://127.0.0.1:{RunningHub.FreePort()}");

    public static TheoryData<string, string> WrongSettings => new()
    {
        { "--Hub:Mode=liv", "Hub:Mode is 'liv': it must be sandbox or live." },
        { "--urls=nonsense", "urls is 'nonsense'" },
        { "--urls=http://127.0.0.1:99999", "urls is 'http://127.0.0.1:99999'" },
        { "--urls=http://192.0.2.1:5080", "nothing can listen there" },
        { "--Hub:PublicUrl=ftp://pay.example", "Hub:PublicUrl is 'ftp://pay.example'" },
        { "--Hub:Sandbox=elsewhere", "Hub:Sandbox is 'elsewhere'" },
        { "--Hub:SandboxSmtpPort=65536", "Hub:SandboxSmtpPort is '65536'" },
        { "--Hub:SandboxSmtpPort=-1", "Hub:SandboxSmtpPort is '-1'" },
        { "--Hub:SandboxClock=yesterday", "Hub:SandboxClock is 'yesterday'" },
        { "--Hub:SandboxClock=2001-01-01T00:00:00Z", "Hub:SandboxClock is '2001-01-01T00:00:00Z'" },
        { "--Hub:PasswordIterations=0", "Hub:PasswordIterations is '0': it must be 1 to 10000000 rounds of PBKDF2." },
        { "--Hub:PasswordIterations=10000001", "Hub:PasswordIterations is '10000001'" },
        { "--Hub:ChatOrigins=https://shop.example,https://shop.example/cart", "Hub:ChatOrigins holds 'https://shop.example/cart': it must be an origin" },
        { "--Hub:ChatOrigins=https://*.shop.example", "Hub:ChatOrigins holds 'https://*.shop.example'" },
        { "--Hub:ChatOrigins=https://shop.example:443", "Hub:ChatOrigins holds 'https://shop.example:443'" },
        { "--Hub:ChatOrigins=https://bücher.example", "Hub:ChatOrigins holds 'https://bücher.example': browsers write it as https://xn--bcher-kva.example." },
        { "--Hub:ChatOrigins=http://bücher.example:8080", "browsers write it as http://xn--bcher-kva.example:8080." },
        { "--Hub:ChatOrigins=null", "Hub:ChatOrigins holds 'null'" },
        { "--Hub:Journal=oracle", "Hub:Journal is 'oracle': it must be sqlite or postgres." },
        { "--Hub:Journal=postgres", "ConnectionStrings:Journal must be set" },
        { "--Hub:Journal=postgres --ConnectionStrings:Journal=Database=hub", "ConnectionStrings:Journal cannot be used: it names no Host." },
        { "--Hub:Journal=postgres --ConnectionStrings:Journal=Host=localhost", "ConnectionStrings:Journal cannot be used: it names no Database." },
        { "--Hub:Journal=postgres --ConnectionStrings:Journal=Host=a,b;Database=hub", "ConnectionStrings:Journal cannot be used: it names several hosts" },
        { "--Hub:Journal=postgres --ConnectionStrings:Journal=Pasword=hunter2", "ConnectionStrings:Journal cannot be used: it cannot be read." },
        { "--Hub:Journal=postgres --ConnectionStrings:Journal=Host=127.0.0.1;Port=1;Database=hub", "The database 127.0.0.1:1/hub of the vault cannot be reached" },
        { "--ConnectionStrings:Vault=Host=localhost;Database=hub", "ConnectionStrings:Vault is set, and Hub:Journal is sqlite" },
        { "--Hub:Journal=postgres --ConnectionStrings:Journal=Host=localhost;Database=hub --ConnectionStrings:Vault=Database=hub", "ConnectionStrings:Vault cannot be used: it names no Host." },
        { "--Hub:Actors=akka", "Hub:Actors is 'akka'" },
        { "--Hub:Actors=orleans", "Hub:Actors is orleans, so Hub:Journal must be postgres" },
        { "--Hub:Role=worker", "Hub:Role is 'worker'" },
        { "--Hub:Role=api", "Hub:Role is api, which needs a cluster" },
        { "--Hub:MasterKey=tooshort", "The master key" },
        { "--Hub:Data=/dev/null/data", "Hub:Data is '/dev/null/data'" },
        { "--Gateways:Stripe:ApiKey=sk_live_1", "Gateways:Stripe:ApiKey must be a secret or restricted key of Stripe's test mode" },
        { "--Gateways:Stripe:ApiKey=sk_test_1", "Gateways:Stripe:WebhookSecrets must hold the signing secret" },
        { "--Gateways:Stripe:ApiKey=sk_test_1 --Gateways:Stripe:WebhookSecrets=whsec_1 --Gateways:Stripe:BaseAddress=stripe", "Gateways:Stripe:BaseAddress is 'stripe'" },
        { "--Gateways:Stripe:Key=sk_test_1", "Gateways:Stripe:Key is no setting" },
        { "--Gateways:Routing:Order=visa", "Gateways:Routing:Order names 'visa'" },
        { "--Gateways:Routing:Costs:sandbox:BasisPoints=1.5", "Gateways:Routing:Costs:sandbox:BasisPoints is '1.5'" },
        { "--Gateways:Routing:Rules:0:Name=a --Gateways:Routing:Rules:0:Only=sandbox --Gateways:Routing:Rules:0:Merchant=mer_1", "Gateways:Routing:Rules:0:Merchant is no setting" },
        { "--Gateways:Routing:Rules:0:Name=a --Gateways:Routing:Rules:0:Only=sandbox --Gateways:Routing:Rules:0:Never=sandbox", "Gateways:Routing:Rules:0 must have one of Prefer, Only and Never" },
        { "--Smtp:From=nobody", "Smtp:From must be a mailbox such as hub@example.com." },
    };

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public async Task A_wrong_setting_is_one_clear_line(string setting, string expected) => await RefusesAsync(expected, [.. Usual(), .. setting.Split(' ')]);

    [Fact]
    public async Task Help_names_the_origins_of_the_chat()
    {
        using var process = HubProcess.Start(["help"]);

        Assert.Equal(0, await process.EndAsync());
        Assert.Contains("Hub:ChatOrigins", process.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://pay.example", "", "Hub:PublicUrl must be https in live mode")]
    [InlineData("https://pay.example", "", "Hub:Mode is live, and no bank is set up.")]
    [InlineData("https://pay.example", "--Gateways:Stripe:ApiKey=sk_test_1", "Gateways:Stripe:ApiKey must be a secret or restricted key of Stripe's live mode")]
    [InlineData("https://pay.example", "--Hub:PasswordIterations=599999", "Hub:PasswordIterations is '599999': it must be 600000 to 10000000 rounds of PBKDF2.")]
    [InlineData("https://pay.example", "--Hub:ChatOrigins=http://shop.example", "Hub:ChatOrigins holds 'http://shop.example': it must be https in live mode.")]
    [InlineData("https://pay.example", "--Hub:Sandbox=http://localhost:5090", "Hub:Sandbox must not be set in live mode.")]
    [InlineData("https://pay.example", $"--Twilio:AuthToken={SandboxKeys.TwilioAuthToken}", "Twilio:AuthToken holds a key of the sandbox")]
    [InlineData("https://pay.example", $"--Gateways:Bank:ApiKey={SandboxKeys.BankApiKey}", "Gateways:Bank:ApiKey holds a key of the sandbox")]
    [InlineData("https://pay.example", $"--Merchants:Demo:Key={SandboxKeys.DemoMerchantApiKey}", "Merchants:Demo:Key holds a key of the sandbox")]
    public async Task Live_mode_refuses_plain_callbacks_and_whatever_belongs_to_the_sandbox(string publicUrl, string setting, string expected)
    {
        var errors = await RefusesAsync(expected, [.. Usual(), "--Hub:Mode=live", $"--Hub:PublicUrl={publicUrl}", .. setting.Length > 0 ? [setting] : Array.Empty<string>()]);

        Assert.DoesNotContain(SandboxKeys.TwilioAuthToken, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_hub_is_refused_the_address_the_mail_port_and_the_folder_of_the_first()
    {
        var (mail, free) = (RunningHub.FreePort(), RunningHub.FreePort());
        using var first = HubProcess.Start([.. Usual(), $"--Hub:SandboxSmtpPort={mail}"]);
        await first.ReadyAsync(_address, "/health/ready");
        var other = Path.Combine(_folder, "other");

        await RefusesAsync($"The address {_address.GetLeftPart(UriPartial.Authority)} is in use.", [.. Usual(), $"--Hub:Data={other}"]);
        await RefusesAsync($"The address {_address.GetLeftPart(UriPartial.Authority)} is in use.", ["sandbox", .. Usual(), $"--Hub:Data={other}"]);
        await RefusesAsync($"mail server cannot listen on port {mail}", [.. Usual(), $"--urls=http://127.0.0.1:{free}", $"--Hub:Data={other}", $"--Hub:SandboxSmtpPort={mail}"]);
        await RefusesAsync(_folder, [.. Usual(), $"--urls=http://127.0.0.1:{free}"]);
        await RefusesAsync(_folder, ["keys", "rotate", .. Usual(), $"--urls=http://127.0.0.1:{free}"]);
    }

    [Theory]
    [InlineData("serv", "There is no command 'serv'.")]
    [InlineData("admin create", "Name the person")]
    [InlineData("admin create --email=ada@example.com --roles=queen", "'queen' is no role")]
    public async Task A_command_that_cannot_be_understood_is_one_clear_line(string command, string expected) =>
        await RefusesAsync(expected, [.. command.Split(' '), .. Usual()]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string[] Usual() => [$"--urls={_address.GetLeftPart(UriPartial.Authority)}", $"--Hub:Data={_folder}", "--Hub:SandboxSmtpPort=0"];

    private static async Task<string> RefusesAsync(string expected, IEnumerable<string> arguments)
    {
        using var process = HubProcess.Start(arguments);
        Assert.Equal(1, await process.EndAsync());
        var line = Assert.Single(process.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", process.Output, StringComparison.Ordinal);
        return line;
    }
}
