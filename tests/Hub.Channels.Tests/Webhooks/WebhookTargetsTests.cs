using System.Net;
using Hub.Channels.Webhooks;

namespace Hub.Channels.Tests.Webhooks;

public sealed class WebhookTargetsTests
{
    private static readonly WebhookTargets Live = new(sandbox: false);
    private static readonly WebhookTargets Sandbox = new(sandbox: true);

    [Theory]
    [InlineData("https://shop.example/hooks", null)]
    [InlineData("https://shop.example:8443/hooks?x=1", null)]
    [InlineData("https://93.184.216.34/hooks", null)]
    [InlineData("https://[2606:2800:220:1:248:1893:25c8:1946]/", null)]
    [InlineData("http://shop.example/hooks", TargetFault.NotEncrypted)]
    [InlineData("ftp://shop.example/", TargetFault.Malformed)]
    [InlineData("file:///etc/passwd", TargetFault.Malformed)]
    [InlineData("gopher://shop.example/", TargetFault.Malformed)]
    [InlineData("//shop.example/", TargetFault.Malformed)]
    [InlineData("https://shop.example/ho oks", TargetFault.Malformed)]
    [InlineData("https://shop.example/hooks\r", TargetFault.Malformed)]
    [InlineData("https://shop.example/\nhooks", TargetFault.Malformed)]
    [InlineData("/hooks", TargetFault.Malformed)]
    [InlineData("https://user:pass@shop.example/", TargetFault.Malformed)]
    [InlineData("https://shop.example/#x", TargetFault.Malformed)]
    [InlineData("https://", TargetFault.Malformed)]
    [InlineData("", TargetFault.Malformed)]
    [InlineData("https://localhost/", TargetFault.NotPublic)]
    [InlineData("https://localhost./", TargetFault.NotPublic)]
    [InlineData("https://LOCALHOST/", TargetFault.NotPublic)]
    [InlineData("https://a.localhost/", TargetFault.NotPublic)]
    [InlineData("https://intranet/", TargetFault.NotPublic)]
    [InlineData("https://printer.local/", TargetFault.NotPublic)]
    [InlineData("https://metadata.google.internal/", TargetFault.NotPublic)]
    [InlineData("https://127.0.0.1/", TargetFault.NotPublic)]
    [InlineData("https://2130706433/", TargetFault.NotPublic)]
    [InlineData("https://0x7f.1/", TargetFault.NotPublic)]
    [InlineData("https://0177.0.0.1/", TargetFault.NotPublic)]
    [InlineData("https://169.254.169.254/latest/meta-data", TargetFault.NotPublic)]
    [InlineData("https://10.0.0.1/", TargetFault.NotPublic)]
    [InlineData("https://[::1]/", TargetFault.NotPublic)]
    [InlineData("https://[::ffff:127.0.0.1]/", TargetFault.NotPublic)]
    [InlineData("https://[fd00:ec2::254]/", TargetFault.NotPublic)]
    [InlineData("https://0/", TargetFault.NotPublic)]
    [InlineData("https://１２７.0.0.1/", TargetFault.NotPublic)]
    [InlineData("https://①②⑦.⓪.⓪.①/", TargetFault.NotPublic)]
    [InlineData("https://127。0。0。1/", TargetFault.NotPublic)]
    [InlineData("https://bücher.example/", null)]
    public void In_live_mode_only_public_encrypted_addresses_are_taken(string url, TargetFault? fault) => Assert.Equal(fault, Live.Check(url));

    [Theory]
    [InlineData("http://localhost:5080/sandbox/api/shop/webhooks", null)]
    [InlineData("http://127.0.0.1:5080/", null)]
    [InlineData("ftp://localhost/", TargetFault.Malformed)]
    [InlineData("http://user@localhost/", TargetFault.Malformed)]
    public void In_the_sandbox_the_own_machine_is_fine(string url, TargetFault? fault) => Assert.Equal(fault, Sandbox.Check(url));

    [Theory]
    [InlineData(2_048, null)]
    [InlineData(2_049, TargetFault.Malformed)]
    public void An_address_has_a_length(int length, TargetFault? fault) =>
        Assert.Equal(fault, Live.Check("https://shop.example/".PadRight(length, 'a')));

    /// <summary>First and last of each range, and the neighbours outside it.</summary>
    [Theory]
    [InlineData("0.0.0.0", false)]
    [InlineData("0.255.255.255", false)]
    [InlineData("1.0.0.0", true)]
    [InlineData("9.255.255.255", true)]
    [InlineData("10.0.0.0", false)]
    [InlineData("10.255.255.255", false)]
    [InlineData("11.0.0.0", true)]
    [InlineData("100.63.255.255", true)]
    [InlineData("100.64.0.0", false)]
    [InlineData("100.127.255.255", false)]
    [InlineData("100.128.0.0", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.255", false)]
    [InlineData("128.0.0.0", true)]
    [InlineData("169.253.255.255", true)]
    [InlineData("169.254.169.254", false)]
    [InlineData("169.255.0.0", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.16.0.0", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.0", true)]
    [InlineData("168.63.129.16", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("192.168.0.0", false)]
    [InlineData("192.168.255.255", false)]
    [InlineData("192.169.0.0", true)]
    [InlineData("198.18.0.0", false)]
    [InlineData("198.20.0.0", true)]
    [InlineData("223.255.255.255", true)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("::8.8.8.8", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001:4860:4860::8888", true)]
    [InlineData("3fff::1", false)]
    [InlineData("4000::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    public void A_public_address_is_told_from_all_others(string address, bool isPublic)
    {
        Assert.Equal(isPublic, Live.Allows(IPAddress.Parse(address)));
        Assert.True(Sandbox.Allows(IPAddress.Parse(address)));
    }
}
