using System.Text;
using System.Text.Json;
using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Api.Tests.Live;
using Hub.Domain.Signatures;
using Hub.Sandbox;

namespace Hub.Api.Tests.Attacks;

/// <summary>The ways in that are no body of the API: headers, queries, sockets, text messages, the bank's webhooks; and the secrets the hub itself deals in.</summary>
public sealed partial class CanaryTests
{
    private const string Password = "canary-horse-battery-7781";

    [Fact]
    [Trait("Invariant", "23")]
    public async Task Neither_a_card_number_nor_any_secret_of_the_hub_comes_to_light_anywhere()
    {
        var (staff, cookie, totp) = await StaffAsync();
        using var support = staff;
        await using var live = await SignalRJsonClient.ConnectAsync(_hub.Address, null, ("Cookie", cookie), ("Origin", _hub.Address.GetLeftPart(UriPartial.Authority)));
        await live.InvokeAsync("Watch", $"queue:{_hub.Acme.Id}", 0);
        var endpoint = await _hub.Acme.DoAsync("/v1/webhook-endpoints", $$"""{"url":"{{_hub.Receiver.Url}}"}""");
        var payer = await (await _hub.Acme.NewPayerAsync()).VerifiedAsync();
        var sale = await (await _hub.Acme.SellAsync(payer)).AwaitingConfirmationAsync();
        var (token, digits, code) = (await payer.TokenAsync(), await sale.PhoneDigitsAsync(), await sale.PageCodeAsync());

        await TypeIntoHeadersAsync(payer.Id);
        await TypeIntoTheSocketAsync(live);
        await SendByTextAsync(payer, digits);
        await SendAsTheBankAsync(sale);
        await TypeIntoSignInAsync();
        using (var browser = _hub.Client(token)) await browser.DoAsync($"/v1/payments/{sale.Payment}/confirmation", $$"""{"answer":"approve","code":"{{code}}"}""");
        await _hub.QuietAsync();
        Assert.Equal("succeeded", await sale.StatusAsync());

        var shown = await ShownAsync(live);
        foreach (var secret in new[] { Number, Grouped, Number[4..14], Password, totp, token, _hub.Rival.Secret, endpoint.Text("secret"), $"PAY {digits}", cookie.Split('=', 2)[1] })
        {
            NowhereInFiles(secret);
            NowhereInFiles(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='));
            Assert.DoesNotContain(_hub.LogLines, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, _errors.ToString(), StringComparison.Ordinal);
        }

        NowhereInFiles($"\"{code}\"");
        Assert.DoesNotContain(_hub.LogLines, line => line.Contains(code, StringComparison.Ordinal));
    }

    private async Task<(HttpClient Client, string Cookie, string Totp)> StaffAsync()
    {
        var secret = Encoding.ASCII.GetBytes("canary-totp-secret-1234567890ab")[..Totp.SecretBytes];
        await _hub.Get<StaffDirectory>().CreateAsync(new NewStaff("canary@acme.example", Password, [StaffRole.Support], [_hub.Acme.Id], secret), TestContext.Current.CancellationToken);
        var client = _hub.Client();
        var typed = Totp.Code(secret, Totp.StepAt(_hub.Clock.GetUtcNow()), Totp.Digits, System.Security.Cryptography.HashAlgorithmName.SHA1);
        using var answer = await client.SendAsync("/staff/sign-in", $$"""{"email":"canary@acme.example","password":"{{Password}}","code":"{{typed}}"}""");
        return (client, answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0], Encoding.ASCII.GetString(secret));
    }

    private async Task TypeIntoHeadersAsync(string customer)
    {
        foreach (var name in new[] { "User-Agent", "Referer", "Origin", "Prefer", "If-Match", "X-Request-Id", "Request-Id", "traceparent", "tracestate", "Signature-Input", "Signature", "Content-Digest", "X-Forwarded-For", "Cookie", "Accept-Language", "webhook-id", "X-Twilio-Signature" })
        {
            foreach (var number in new[] { Number, Grouped })
            {
                AttackFigures.Tried(AttackRow.Canary);
                using var made = await _hub.Acme.Client.SendAsync("/v1/orders", "{}", (name, number));
                await NoteAsync(made);
                using var read = await _hub.Acme.Client.CallAsync("GET", $"/v1/payments?{name}={Uri.EscapeDataString(number)}&limit={Uri.EscapeDataString(number)}", null, null, (name, number));
                await NoteAsync(read);
            }
        }

        // A signature that names what it covers: an error that repeats the name would repeat the number.
        foreach (var covered in new[] { $"\"{Number}\" \"{Number}\"", $"\"{Grouped}\";x", $"\"{Number}\"" })
        {
            AttackFigures.Tried(AttackRow.Canary);
            using var signed = await _hub.Acme.SendOrderAsync(Shop.OrderBody(customer), sign: (request, _, _) =>
            {
                request.Headers.TryAddWithoutValidation("Signature-Input", $"sig1=({covered});created=1;keyid=\"k\"");
                request.Headers.TryAddWithoutValidation("Signature", $"sig1=:{Convert.ToBase64String(new byte[64])}:");
            });
            await NoteAsync(signed);
            await signed.ProblemAsync(System.Net.HttpStatusCode.Unauthorized, "signature_invalid");
        }

        using var wrong = _hub.Client(Number);
        using var refused = await wrong.AskAsync("/v1/payments");
        await NoteAsync(refused);
    }

    private async Task TypeIntoTheSocketAsync(SignalRJsonClient live)
    {
        foreach (var (method, argument) in new[] { ("Watch", $"payment:{Number}"), ("Watch", Number), ("Watch", $"queue:{Grouped}"), (Number, "x") })
        {
            AttackFigures.Tried(AttackRow.Canary);
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => live.InvokeAsync(method, argument, 0));
            if (method == "Watch") _errors.AppendLine(refused.Message);
        }
    }

    private async Task SendByTextAsync(Payer payer, string digits)
    {
        foreach (var text in new[] { Number, Grouped, $"PAY {Number}", $"my card is {Grouped} 739", $"what is PAY {digits}", "STATUS" })
        {
            AttackFigures.Tried(AttackRow.Canary);
            using var taken = await _hub.TextAsync(payer.Phone, text);
            await NoteAsync(taken);
            using var stranger = await _hub.TextAsync(Number.Insert(0, "+")[..16], text);
            await NoteAsync(stranger);
        }

        await _hub.QuietAsync();
    }

    private async Task SendAsTheBankAsync(Sale sale)
    {
        var key = (await sale.StateAsync()).LastAttempt!.Authorize.Key;
        object[] events =
        [
            new { id = Number, type = "capture.updated", created_at = _hub.Clock.GetUtcNow(), idempotency_key = $"att_{Number}_1/authorize", @object = new { id = Number, status = Number, reference = Number } },
            new { id = "bev_1", type = Grouped, created_at = _hub.Clock.GetUtcNow(), idempotency_key = key, @object = new { id = "x", status = "declined", decline_code = Number, reference = "x" } },
            new { id = "bev_2", type = "refund.updated", created_at = _hub.Clock.GetUtcNow(), idempotency_key = Grouped, @object = new { id = "x", status = "failed", failure_code = Grouped, reference = "x" } },
            Grouped,
        ];
        foreach (var told in events)
        {
            AttackFigures.Tried(AttackRow.Canary);
            var (id, now, body) = ($"msg_{Guid.NewGuid():N}", _hub.Clock.GetUtcNow(), JsonSerializer.SerializeToUtf8Bytes(told));
            using var client = _hub.Client();
            using var request = new HttpRequestMessage(HttpMethod.Post, "/gateways/sandbox/webhook") { Content = new ByteArrayContent(body) };
            request.Headers.TryAddWithoutValidation(StandardWebhook.IdHeader, id);
            request.Headers.TryAddWithoutValidation(StandardWebhook.TimestampHeader, $"{now.ToUnixTimeSeconds()}");
            request.Headers.TryAddWithoutValidation(StandardWebhook.SignatureHeader, StandardWebhook.Sign(id, now, body, SandboxKeys.BankWebhookSecret));
            using var answer = await client.SendAsync(request);
            await NoteAsync(answer);
        }
    }

    private async Task TypeIntoSignInAsync()
    {
        foreach (var body in new object[] { new { email = Number, password = Password, code = "1" }, new { email = "canary@acme.example", password = Number, code = Number }, new { email = Grouped, password = Number } })
        {
            AttackFigures.Tried(AttackRow.Canary);
            using var client = _hub.Client();
            using var answer = await client.SendAsync("/staff/sign-in", JsonSerializer.Serialize(body));
            await NoteAsync(answer);
        }
    }

    /// <summary>Everything the hub shows without being asked for a secret: metrics, the document, what was pushed, what the merchant was told.</summary>
    private async Task<string> ShownAsync(SignalRJsonClient live)
    {
        var shown = new StringBuilder();
        using var client = _hub.Client();
        foreach (var path in new[] { "/metrics", "/openapi/v1.json", "/health/ready" })
        {
            using var answer = await client.AskAsync(path);
            shown.AppendLine(await answer.TextAsync());
        }

        var pushed = 0;
        while (live.HasMore)
        {
            shown.AppendLine((await live.NextAsync()).GetRawText());
            pushed++;
        }

        Assert.True(pushed > 0);
        Assert.NotEmpty(_hub.Receiver.All);
        foreach (var webhook in _hub.Receiver.All) shown.AppendLine(Encoding.UTF8.GetString(webhook.Body));
        return shown.ToString();
    }
}
