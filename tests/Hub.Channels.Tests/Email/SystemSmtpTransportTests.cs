using System.Net;
using System.Net.Sockets;
using Hub.Channels.Email;
using Hub.Domain.Notifications.Planning;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Channels.Tests.Email;

/// <summary>The framework's client against a real TCP server: what it really does when things go wrong.</summary>
public sealed class SystemSmtpTransportTests
{
    private static readonly OutgoingMessage Message = new("dlv_01", "ada@example.com", "Grüße, one line.\n.\n.. a line of dots")
    {
        Subject = "Receipt für Ada",
        ToName = "Ada \"the Countess\" Lovelace",
        Html = "<p>Grüße</p>",
    };

    [Fact]
    public async Task A_mail_arrives_as_text_with_html_beside_it()
    {
        await using var server = new SmtpStub(_ => null);

        var outcome = await SendAsync(server.Port);

        Assert.Equal(new SendOutcome.Sent("<dlv_01@omnihub.example>", 1), outcome);
        Assert.Contains("RCPT TO:<ada@example.com>", server.Commands);
        Assert.Contains("MAIL FROM:<hub@omnihub.example>", server.Commands);
        var data = server.Data;
        Assert.Single(data.Split('\n'), line => line.Equals("Message-ID: <dlv_01@omnihub.example>", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("multipart/alternative", data, StringComparison.Ordinal);
        Assert.True(data.IndexOf("text/plain", StringComparison.Ordinal) < data.IndexOf("text/html", StringComparison.Ordinal));
        Assert.Contains("Gr=C3=BC=C3=9Fe, one line.", data, StringComparison.Ordinal);
        Assert.Contains("<p>Gr=C3=BC=C3=9Fe</p>", data, StringComparison.Ordinal);
        Assert.Contains("Subject: =?utf-8?", data, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RCPT", "550 no such user", ErrorClass.InvalidAddress, "550")]
    [InlineData("RCPT", "550 5.1.1 no such user", ErrorClass.InvalidAddress, "5.1.1")]
    [InlineData("RCPT", "550 5.7.1 not from 192.0.2.7, see 5.1.1.9", ErrorClass.Blocked, "5.7.1")]
    [InlineData("RCPT", "550 192.0.2.5.1.1 is listed", ErrorClass.InvalidAddress, "550")]
    [InlineData("RCPT", "450 mailbox busy", ErrorClass.Throttled, "450")]
    [InlineData("MAIL", "421 closing", ErrorClass.Throttled, "421")]
    [InlineData(".", "554 spam", ErrorClass.ContentRefused, "554")]
    [InlineData(".", "451 later", ErrorClass.Throttled, "451")]
    public async Task A_refusal_keeps_its_reply(string command, string reply, ErrorClass error, string code)
    {
        await using var server = new SmtpStub(line => line.StartsWith(command, StringComparison.Ordinal) ? reply : null);

        var refused = Assert.IsType<SendOutcome.Refused>(await SendAsync(server.Port));

        Assert.Equal((error, code), (refused.Error, refused.ProviderCode));
    }

    [Fact]
    public async Task A_connection_lost_after_the_data_leaves_it_unknown()
    {
        await using var server = new SmtpStub(line => line == "." ? "" : null);

        Assert.IsType<SendOutcome.Unknown>(await SendAsync(server.Port));
        Assert.NotEmpty(server.Data);
    }

    [Fact]
    public async Task A_refused_connection_means_that_nothing_happened()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Assert.IsType<SendOutcome.NeverReached>(await SendAsync(port));
    }

    [Fact]
    public async Task Being_canceled_is_no_outcome()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new SmtpStub(line =>
        {
            if (line.StartsWith("RCPT", StringComparison.Ordinal)) cancel.Cancel();
            return null;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Adapter(server.Port).SendAsync(Message, cancel.Token));
    }

    private static Task<SendOutcome> SendAsync(int port) => Adapter(port).SendAsync(Message, TestContext.Current.CancellationToken);

    private static SmtpEmail Adapter(int port)
    {
        var options = new SmtpOptions { Host = "127.0.0.1", Port = port };
        return new SmtpEmail(new SystemSmtpTransport(options, TimeProvider.System), options, NullLogger<SmtpEmail>.Instance);
    }
}
