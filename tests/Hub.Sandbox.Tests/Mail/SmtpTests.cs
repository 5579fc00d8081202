using System.Net;
using System.Net.Http.Json;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Hub.Sandbox.Mail;
using Hub.Sandbox.Tests.Bank;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Sandbox.Tests.Mail;

/// <summary>The mail server keeps to RFC 5321, and the mailbox shows what was written.</summary>
public sealed class SmtpTests
{
    [Fact]
    public async Task A_receipt_sent_by_the_framework_is_shown_as_text_and_html()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        using var client = new SmtpClient("127.0.0.1", Port(sandbox));
        using var mail = new MailMessage("OmniHub <receipts@omnihub.example>", "ada@example.com") { Subject = "Quittung über 49,90 €", SubjectEncoding = Encoding.UTF8 };
        mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString("Grüße,\n.ein Punkt vorn", Encoding.UTF8, MediaTypeNames.Text.Plain));
        mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString("<p>Grüße</p>", Encoding.UTF8, MediaTypeNames.Text.Html));
        await client.SendMailAsync(mail, TestContext.Current.CancellationToken);

        var listed = Assert.Single((await sandbox.Http.GetFromJsonAsync<JsonElement>("/sandbox/api/mail?to=ADA@example.com", TestContext.Current.CancellationToken)).EnumerateArray());
        Assert.Equal("Quittung über 49,90 €", listed.Text("subject"));
        var shown = await sandbox.Http.GetFromJsonAsync<JsonElement>($"/sandbox/api/mail/{listed.Text("id")}", TestContext.Current.CancellationToken);
        Assert.Equal("Grüße,\n.ein Punkt vorn", shown.Text("text"));
        Assert.Equal("<p>Grüße</p>", shown.Text("html"));
        Assert.Contains("receipts@omnihub.example", shown.Text("from"), StringComparison.Ordinal);
        Assert.Contains(shown.GetProperty("headers").EnumerateArray(), h => h.Text("name") == "MIME-Version");
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.Http.GetAsync("/sandbox/api/mail/999", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Mails_outlive_the_process()
    {
        await using var first = await SandboxFixture.StartAsync();
        using var client = new SmtpClient("127.0.0.1", Port(first));
        await client.SendMailAsync("a@example.com", "b@example.com", "kept", "text", TestContext.Current.CancellationToken);
        await first.DisposeAsync();

        await using var second = await SandboxFixture.StartAsync(folder: first.Folder);
        var listed = await second.Http.GetFromJsonAsync<JsonElement>("/sandbox/api/mail", TestContext.Current.CancellationToken);
        Assert.Equal("kept", Assert.Single(listed.EnumerateArray()).Text("subject"));
    }

    [Theory]
    [InlineData("MAIL FROM:<a@b.example>", "503")]
    [InlineData("EHLO x|RCPT TO:<a@b.example>", "503")]
    [InlineData("EHLO x|DATA", "503")]
    [InlineData("EHLO x|MAIL FROM:<a@b.example>|DATA", "554")]
    [InlineData("EHLO x|MAIL FROM:<a@b.example>|MAIL FROM:<a@b.example>", "503")]
    [InlineData("EHLO x|MAIL FROM:a@b.example", "501")]
    [InlineData("EHLO x|MAIL FROM:<>", "250")]
    [InlineData("EHLO x|MAIL FROM:<a@b.example> SIZE=1048576 BODY=8BITMIME", "250")]
    [InlineData("EHLO x|MAIL FROM:<a@b.example> SIZE=1048577", "552")]
    [InlineData("EHLO x|MAIL FROM:<a@b.example> SIZE=much", "501")]
    [InlineData("EHLO x|MAIL FROM:<a@b.example> RET=FULL", "555")]
    [InlineData("EHLO x|MAIL FROM:<a@b.example>|RCPT TO:<>", "501")]
    [InlineData("EHLO x|MAIL FROM:<a@b.example>|RCPT TO:<refuse@b.example>", "550")]
    [InlineData("EHLO x|MAIL FROM:<a@b.example>|RCPT TO:<busy@b.example>", "451")]
    [InlineData("HELO x|mail from:<a@b.example>|rcpt to:<c@d.example>", "250")]
    [InlineData("EHLO x|MAIL FROM:<a@b.example>|RSET|RCPT TO:<c@d.example>", "503")]
    [InlineData("EHLO", "501")]
    [InlineData("NOOP", "250")]
    [InlineData("STARTTLS", "502")]
    [InlineData("AUTH PLAIN", "502")]
    [InlineData("BREW coffee", "500")]
    [InlineData("QUIT", "221")]
    public async Task Every_step_has_its_code(string conversation, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        using var sender = await Sender.ConnectAsync(Port(sandbox));
        var last = "";
        foreach (var line in conversation.Split('|')) last = await sender.SayAsync(line);
        Assert.Equal(code, last);
    }

    [Fact]
    public async Task Dots_are_taken_back_and_only_a_whole_line_end_ends_a_mail()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        using var sender = await Sender.ConnectAsync(Port(sandbox));
        foreach (var line in new[] { "EHLO x", "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "RCPT TO:<e@f.example>" }) Assert.Equal("250", await sender.SayAsync(line));
        Assert.Equal("354", await sender.SayAsync("DATA"));
        Assert.Equal("250", await sender.SayAsync("Subject: dots\r\n\r\n..one\r\nx\n.\nMAIL FROM:<evil@b.example>\r\nlast\r\n."));
        Assert.Equal("221", await sender.SayAsync("QUIT"));

        var box = await sandbox.Http.GetFromJsonAsync<JsonElement>("/sandbox/api/mail?to=c@d.example", TestContext.Current.CancellationToken);
        var shown = await sandbox.Http.GetFromJsonAsync<JsonElement>($"/sandbox/api/mail/{Assert.Single(box.EnumerateArray()).Text("id")}", TestContext.Current.CancellationToken);
        Assert.Equal(".one\nx\n.\nMAIL FROM:<evil@b.example>\nlast", shown.Text("text"));
        Assert.Equal(2, (await sandbox.Http.GetFromJsonAsync<JsonElement>("/sandbox/api/mail", TestContext.Current.CancellationToken)).GetArrayLength());
    }

    [Theory]
    [InlineData(1024 * 1024, "250")]
    [InlineData((1024 * 1024) + 1, "552")]
    public async Task A_mail_has_a_mebibyte_at_most(int bytes, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        using var sender = await Sender.ConnectAsync(Port(sandbox));
        foreach (var line in new[] { "EHLO x", "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "DATA" }) await sender.SayAsync(line);
        Assert.Equal(code, await sender.SayAsync(new string('x', bytes - 2) + "\r\n."));
        Assert.Equal("250", await sender.SayAsync("NOOP"));
    }

    [Fact]
    public async Task A_command_that_never_ends_is_refused_and_the_next_is_heard()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        using var sender = await Sender.ConnectAsync(Port(sandbox));
        Assert.Equal("500", await sender.SayAsync(new string('x', 5000)));
        Assert.Equal("250", await sender.SayAsync("NOOP"));
    }

    [Fact]
    public async Task After_too_many_errors_the_line_is_dropped()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        using var sender = await Sender.ConnectAsync(Port(sandbox));
        for (var i = 0; i < 20; i++) Assert.Equal("500", await sender.SayAsync("WHAT"));
        Assert.Equal("500", await sender.SayAsync("WHAT"));
        Assert.Equal("421", await sender.HearAsync());
    }

    [Theory]
    [InlineData("Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n =?utf-8?B?IMO8YmVyYWxs?=\r\n\r\nx", "Grüße überall")]
    [InlineData("Subject: folded\r\n twice\r\n\r\nx", "folded twice")]
    [InlineData("Subject: =?iso-8859-1?q?caf=E9_noir?=\r\n\r\nx", "café noir")]
    [InlineData("No-Subject: x\r\n\r\nx", "")]
    public void Subjects_are_decoded(string raw, string subject) => Assert.Equal(subject, MailReader.Read(Encoding.Latin1.GetBytes(raw)).Subject);

    [Theory]
    [InlineData("quoted-printable", "a=3Db soft=\r\n line =C3=A9", "a=b soft line é")]
    [InlineData("base64", "Z3LDvMOf\r\nZQ==", "grüße")]
    [InlineData("7bit", "plain", "plain")]
    [InlineData("base64", "not base64!", "not base64!")]
    public void Bodies_are_decoded(string encoding, string body, string text) =>
        Assert.Equal(text, MailReader.Read(Encoding.Latin1.GetBytes($"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}")).Text);

    private static int Port(SandboxFixture sandbox) => sandbox.Services.GetRequiredService<SmtpListener>().Port;

    /// <summary>Somebody who speaks to the server by hand.</summary>
    private sealed class Sender(TcpClient client) : IDisposable
    {
        private readonly StreamReader _reader = new(client.GetStream(), Encoding.ASCII);

        internal static async Task<Sender> ConnectAsync(int port)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            var sender = new Sender(client);
            Assert.Equal("220", await sender.HearAsync());
            return sender;
        }

        internal async Task<string> SayAsync(string line)
        {
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), TestContext.Current.CancellationToken);
            return await HearAsync();
        }

        internal async Task<string> HearAsync()
        {
            string line;
            do line = (await _reader.ReadLineAsync(TestContext.Current.CancellationToken))!;
            while (line[3] == '-');
            return line[..3];
        }

        public void Dispose()
        {
            _reader.Dispose();
            client.Dispose();
        }
    }
}
