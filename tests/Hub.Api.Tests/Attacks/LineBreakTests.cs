using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Channels;
using Hub.Channels.Email;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Api.Tests.Attacks;

/// <summary>Line breaks that would begin a header of their own in a mail, a line of their own in a log or a text message: refused at the edge, and again before a mail is made.</summary>
/// <remarks>Mails carry no files, so there is no file name to break; every text a merchant or customer may send is tried, from the shapes the endpoints read.</remarks>
[Collection("journey")]
[Attack(AttackRow.LineBreak)]
public sealed class LineBreakTests(JourneyHub hub)
{
    private static readonly string[] Breaks = ["\r\nBcc: eve@example.com", "\nBcc: eve@example.com", "\rX: y", "\u2028X", "\u2029X", "\u0085X", "\u000BX", "\u000CX", "\u001b[2J"];

    /// <summary>Words that people read, in the body in which they come, with everything else as it should be.</summary>
    public static TheoryData<string, string, string> Words => new()
    {
        { "POST /v1/customers", """{"name":"Ada","email":"ada@example.com","phone":"+14155550199","locale":"en"}""", "name,email,phone,locale" },
        { "POST /v1/customers/{id}/addresses", """{"channel":"email","address":"ada.two@example.com"}""", "address" },
        { "PATCH /v1/customers/{id}", """{"name":"Ada","locale":"en"}""", "name,locale" },
        { "POST /v1/orders", "{order}", "reference,customer,currency,lines[0].sku,lines[0].name,consignee.name,delivery.method,delivery.by" },
        { "POST /v1/orders/{id}/shipments", """{"carrier":"DHL","tracking":"1"}""", "carrier,tracking" },
        { "POST /v1/orders/{id}/cancel", """{"reason":"x"}""", "reason" },
        { "POST /v1/payments/{id}/cancel", """{"reason":"x"}""", "reason" },
        { "POST /v1/payments/{id}/refunds", """{"reason":"x"}""", "reason" },
        { "POST /v1/cases/{id}/settle", """{"note":"x","bank_reference":"x"}""", "note,bank_reference" },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public async Task No_line_of_text_holds_a_line_break(string route, string body, string fields)
    {
        var targets = await Targets.SharedAsync(hub);
        var good = targets.Fill(body)!;
        await hub.QuietAsync();
        await hub.UnchangedAsync(async () =>
        {
            foreach (var (field, breaks) in fields.Split(',').SelectMany(field => Breaks, (field, breaks) => (field, breaks)))
            {
                using var answer = await SendAsync(route, targets, With(good, field, $"x{breaks}"));
                var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
                Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), $"{route} {field}: {problem.GetRawText()}");
                Assert.DoesNotContain("Bcc", problem.GetRawText(), StringComparison.Ordinal);
            }

            return true;
        });
    }

    /// <summary>A postal address has lines; nothing else that breaks one is taken in it.</summary>
    [Fact]
    public async Task An_address_has_line_feeds_and_no_other_breaks()
    {
        var targets = await Targets.SharedAsync(hub);
        foreach (var breaks in Breaks.Where(b => b[0] != '\n'))
        {
            using var answer = await SendAsync("POST /v1/orders", targets, With(targets.Fill("{order}")!, "consignee.address", $"1 Main St{breaks}"));
            await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        }
    }

    /// <summary>Every other text of every body: whatever it is refused for, nothing is made of it and it is repeated nowhere.</summary>
    [Fact]
    public async Task No_other_text_with_a_line_break_makes_anything()
    {
        var targets = await Targets.SharedAsync(hub);
        var tried = Words.Select(row => row.Data.Item1).ToHashSet();
        await hub.QuietAsync();
        await hub.UnchangedAsync(async () =>
        {
            foreach (var (route, shape) in JsonShapes.Of(Routes.Of(hub.App)).Where(found => Attack.Table.ContainsKey(found.Route.ToString()) && !tried.Contains(found.Route.ToString())))
            {
                foreach (var (path, _) in JsonShapes.Members(shape).Where(member => JsonShapes.IsText(member.Property)))
                {
                    var body = JsonShapes.Write(shape, new Spoiling(path, path, (name, _) => $"\"{name}\":\"x\\r\\nBcc: eve@example.com\""));
                    using var answer = await SendAsync(route.ToString(), targets, body);
                    Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{route} {body}: {answer.StatusCode}");
                    Assert.DoesNotContain("Bcc", await answer.TextAsync(), StringComparison.Ordinal);
                }
            }

            return true;
        });
        Assert.DoesNotContain(hub.LogLines, line => line.Contains("Bcc", StringComparison.Ordinal));
    }

    /// <summary>Written by hand, since no HTTP client sends such headers: a bare line feed, a folded line, a NUL, a second length.</summary>
    [Theory]
    [InlineData("Idempotency-Key: a\rX-Injected: 1")]
    [InlineData("Idempotency-Key: a\r\n folded: 1")]
    [InlineData("Idempotency-Key: a\0b")]
    [InlineData("Idempotency-Key: a\r\nContent-Length: 5")]
    [InlineData("Idempotency-Key : a")]
    [InlineData("Idempotency-Key: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 2")]
    public async Task A_broken_header_is_a_broken_request(string header)
    {
        AttackFigures.Tried(AttackRow.LineBreak);
        var before = await hub.QuietAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(hub.Address.Host, hub.Address.Port, TestContext.Current.CancellationToken);
        var request = $"POST /v1/customers HTTP/1.1\r\nHost: {hub.Address.Authority}\r\nAuthorization: Bearer {hub.Acme.Secret}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 2\r\n{header}\r\n\r\n{{}}";
        await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(socket.GetStream());
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        await hub.QuietAsync();
        Assert.Empty(hub.AskedAfter(before));
    }

    /// <summary>The last line: whatever got this far, a mail with a broken header is not made.</summary>
    [Fact]
    public async Task A_mail_with_a_line_break_in_its_head_is_refused()
    {
        var seam = new Seam();
        var mails = new SmtpEmail(seam, new SmtpOptions { From = "hub@omnihub.example" }, NullLogger<SmtpEmail>.Instance);
        var good = new OutgoingMessage("dlv_1", "ada@example.com", "Hello") { Subject = "Receipt", ToName = "Ada" };
        foreach (var breaks in Breaks)
        {
            foreach (var message in new[] { good with { Subject = $"x{breaks}" }, good with { ToName = $"x{breaks}" }, good with { To = $"ada@example.com{breaks}" }, good with { DeliveryId = $"dlv{breaks}" } })
            {
                AttackFigures.Tried(AttackRow.LineBreak);
                Assert.IsType<SendOutcome.Refused>(await mails.SendAsync(message, TestContext.Current.CancellationToken));
            }
        }

        Assert.Equal(0, seam.Mails);
    }

    private async Task<HttpResponseMessage> SendAsync(string route, Targets targets, string body)
    {
        AttackFigures.Tried(AttackRow.LineBreak);
        if (route == "POST /v1/orders") return await hub.Acme.SendOrderAsync(body);
        var (method, pattern) = (route.Split(' ')[0], route.Split(' ')[1]);
        var allowed = Attack.Table[route];
        using var client = allowed.Merchant ? hub.Client(hub.Acme.Secret)
            : allowed.Customer ? hub.Client(await targets.Sale.Payer.TokenAsync())
            : hub.CopyOf(await hub.StaffAsync(Hub.Api.Access.StaffRole.Admin));
        return await client.CallAsync(method, targets.Fill(pattern)!, body, $"{Guid.NewGuid()}");
    }

    private static string With(string body, string path, string value)
    {
        var root = JsonNode.Parse(body)!;
        var at = root;
        var names = path.Replace("[0]", ".0", StringComparison.Ordinal).Split('.');
        foreach (var name in names[..^1]) at = name == "0" ? at[0]! : at[name]!;
        at[names[^1]] = value;
        return root.ToJsonString(new JsonSerializerOptions());
    }

    private sealed class Seam : ISmtpTransport
    {
        public int Mails { get; private set; }

        public Task<SmtpResult> SendAsync(System.Net.Mail.MailMessage mail, CancellationToken cancel)
        {
            Mails++;
            return Task.FromResult<SmtpResult>(new SmtpResult.Accepted());
        }
    }
}
