using System.Net.Mail;
using System.Text;
using Hub.Channels.Email;
using Hub.Domain.Notifications.Planning;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Channels.Tests.Email;

/// <summary>What a mail looks like, and what SMTP's answers mean, over a seam that answers as told.</summary>
public sealed class SmtpEmailTests
{
    private static readonly OutgoingMessage Message = new("dlv_01", "ada@example.com", "Hello") { Subject = "Receipt", ToName = "Ada" };

    [Fact]
    public async Task A_mail_carries_its_delivery_in_its_message_id()
    {
        var seam = new Seam(new SmtpResult.Accepted());

        var outcome = await Adapter(seam).SendAsync(Message, TestContext.Current.CancellationToken);

        Assert.Equal(new SendOutcome.Sent("<dlv_01@omnihub.example>", 1), outcome);
        Assert.Equal("<dlv_01@omnihub.example>", seam.Headers["Message-ID"]);
        Assert.Equal("dlv_01", seam.Headers["X-OmniHub-Delivery"]);
    }

    [Fact]
    public async Task Only_a_mail_one_can_unsubscribe_from_says_how()
    {
        var seam = new Seam(new SmtpResult.Accepted());

        await Adapter(seam).SendAsync(Message, TestContext.Current.CancellationToken);
        Assert.False(seam.Headers.ContainsKey("List-Unsubscribe"));

        await Adapter(seam).SendAsync(Message with { Unsubscribe = new Uri("https://hub.example/u/1") }, TestContext.Current.CancellationToken);
        Assert.Equal("<https://hub.example/u/1>", seam.Headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", seam.Headers["List-Unsubscribe-Post"]);
    }

    [Fact]
    public async Task Mails_about_one_order_name_one_root_and_keep_ids_of_their_own()
    {
        var seam = new Seam(new SmtpResult.Accepted());
        var roots = new List<string?>();

        foreach (var delivery in new[] { "dlv_01", "dlv_02" })
        {
            await Adapter(seam).SendAsync(Message with { DeliveryId = delivery, Thread = "ord_01" }, TestContext.Current.CancellationToken);
            Assert.Equal($"<{delivery}@omnihub.example>", seam.Headers["Message-ID"]);
            roots.AddRange([seam.Headers["In-Reply-To"], seam.Headers["References"]]);
        }

        Assert.Equal(["<ord_01@omnihub.example>"], roots.Distinct());
        await Adapter(seam).SendAsync(Message, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("References", seam.Headers.Keys);
    }

    [Fact]
    public async Task Bounces_and_replies_go_where_the_mail_says_and_it_comes_from_the_hub_all_the_same()
    {
        await using var server = new SmtpStub(_ => null);
        var options = new SmtpOptions { Host = "127.0.0.1", Port = server.Port };
        var adapter = new SmtpEmail(new SystemSmtpTransport(options, TimeProvider.System), options, NullLogger<SmtpEmail>.Instance);

        await adapter.SendAsync(
            Message with { BounceTo = "bounce+dlv_01-x@omnihub.example", ReplyTo = "reply+dlv_01-y@omnihub.example" }, TestContext.Current.CancellationToken);

        Assert.Contains(server.Commands, c => c.StartsWith("MAIL FROM:<bounce+dlv_01-x@omnihub.example>", StringComparison.Ordinal));
        Assert.Contains("RCPT TO:<ada@example.com>", server.Commands);
        Assert.Matches("(?im)^reply-to: .*<?reply\\+dlv_01-y@omnihub.example", server.Data);
        Assert.Matches("(?im)^from: .*hub@omnihub.example", server.Data);
    }

    [Theory]
    [InlineData("ord_1\r\nBcc: all@example.com", null, null)]
    [InlineData(null, "a@b.example\r\nX: y", null)]
    [InlineData(null, null, "a@b.example, c@d.example")]
    public async Task No_header_of_a_thread_takes_more_than_it_is_for(string? thread, string? bounces, string? replies)
    {
        var seam = new Seam(new SmtpResult.Accepted());

        Assert.IsType<SendOutcome.Refused>(await Adapter(seam).SendAsync(
            Message with { Thread = thread, BounceTo = bounces, ReplyTo = replies }, TestContext.Current.CancellationToken));
        Assert.Equal(0, seam.Sent);
    }

    [Theory]
    [InlineData(421, false, ErrorClass.Throttled, WhatToDo.RetryLater)]
    [InlineData(450, true, ErrorClass.Throttled, WhatToDo.RetryLater)]
    [InlineData(452, true, ErrorClass.Throttled, WhatToDo.RetryLater)]
    [InlineData(499, false, ErrorClass.Throttled, WhatToDo.RetryLater)]
    [InlineData(500, false, ErrorClass.Other, WhatToDo.NeverRetry)]
    [InlineData(535, false, ErrorClass.Credentials, WhatToDo.StopAndAlert)]
    [InlineData(550, true, ErrorClass.InvalidAddress, WhatToDo.AddressDead)]
    [InlineData(551, true, ErrorClass.InvalidAddress, WhatToDo.AddressDead)]
    [InlineData(553, true, ErrorClass.InvalidAddress, WhatToDo.AddressDead)]
    [InlineData(552, true, ErrorClass.Blocked, WhatToDo.FallBack)]
    [InlineData(550, false, ErrorClass.ContentRefused, WhatToDo.NeverRetry)]
    [InlineData(554, false, ErrorClass.ContentRefused, WhatToDo.NeverRetry)]
    public async Task A_refusal_is_read_by_its_reply(int code, bool aboutRecipient, ErrorClass error, WhatToDo whatToDo)
    {
        var outcome = await Adapter(new Seam(new SmtpResult.Refused(code, aboutRecipient))).SendAsync(Message, TestContext.Current.CancellationToken);

        var refused = Assert.IsType<SendOutcome.Refused>(outcome);
        Assert.Equal((error, whatToDo, $"{code}"), (refused.Error, refused.Error.WhatToDo(), refused.ProviderCode));
    }

    [Theory]
    [InlineData(550, "5.1.1", ErrorClass.InvalidAddress, WhatToDo.AddressDead)]
    [InlineData(550, "5.2.1", ErrorClass.AddressGone, WhatToDo.AddressDead)]
    [InlineData(550, "5.7.1", ErrorClass.Blocked, WhatToDo.FallBack)]
    [InlineData(550, "5.7.26", ErrorClass.Blocked, WhatToDo.FallBack)]
    [InlineData(553, "5.7.1", ErrorClass.Blocked, WhatToDo.FallBack)]
    [InlineData(550, "5.2.2", ErrorClass.Blocked, WhatToDo.FallBack)]
    public async Task A_refused_recipient_is_a_dead_mailbox_only_where_the_server_speaks_of_the_mailbox(int code, string status, ErrorClass error, WhatToDo whatToDo)
    {
        var outcome = await Adapter(new Seam(new SmtpResult.Refused(code, AboutRecipient: true, status))).SendAsync(Message, TestContext.Current.CancellationToken);

        var refused = Assert.IsType<SendOutcome.Refused>(outcome);
        Assert.Equal((error, whatToDo, status), (refused.Error, refused.Error.WhatToDo(), refused.ProviderCode));
    }

    [Fact]
    public async Task Without_a_connection_nothing_happened_and_after_a_lost_one_nobody_knows()
    {
        Assert.Equal(
            new SendOutcome.NeverReached("refused"),
            await Adapter(new Seam(new SmtpResult.NotConnected("refused"))).SendAsync(Message, TestContext.Current.CancellationToken));
        Assert.Equal(
            new SendOutcome.Unknown("reset"),
            await Adapter(new Seam(new SmtpResult.Broken("reset"))).SendAsync(Message, TestContext.Current.CancellationToken));
    }

    /// <summary>The framework's mail address takes line breaks in a display name; here they never get that far.</summary>
    [Theory]
    [InlineData("\r\nBcc: all@example.com")]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    public async Task No_header_field_takes_a_line_break(string forged)
    {
        OutgoingMessage[] messages =
        [
            Message with { Subject = forged }, Message with { ToName = forged }, Message with { To = $"ada@example.com{forged}" }, Message with { DeliveryId = forged },
        ];
        foreach (var message in messages)
        {
            var seam = new Seam(new SmtpResult.Accepted());
            Assert.IsType<SendOutcome.Refused>(await Adapter(seam).SendAsync(message, TestContext.Current.CancellationToken));
            Assert.Equal(0, seam.Sent);
        }
    }

    [Theory]
    [InlineData("ada@example.com", true)]
    [InlineData("ada.l+tag@mail.example.com", true)]
    [InlineData("ada", false)]
    [InlineData("ada@localhost", false)]
    [InlineData("Ada <ada@example.com>", false)]
    [InlineData("<ada@example.com>", false)]
    [InlineData("ada@example.com,bob@example.com", false)]
    [InlineData("ada@example.com;bob@example.com", false)]
    [InlineData("ada @example.com", false)]
    [InlineData("ada@example.com ", false)]
    [InlineData("ada@exаmple.com", false)]
    [InlineData("\"a b\"@example.com", false)]
    [InlineData("@example.com", false)]
    [InlineData("ada@@example.com", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_mailbox_is_one_bare_address(string? text, bool isMailbox) => Assert.Equal(isMailbox, Mailbox.TryParse(text, out _));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_mailbox_has_a_length(int length, bool isMailbox) =>
        Assert.Equal(isMailbox, Mailbox.TryParse(new string('a', length) + "@example.com", out _));

    [Fact]
    public async Task A_mail_server_cannot_be_asked_afterwards()
    {
        var request = new FindRequest(Message, DateTimeOffset.UnixEpoch, new HashSet<string>());

        Assert.IsType<FindOutcome.CannotTell>(await Adapter(new Seam(new SmtpResult.Accepted())).FindAsync(request, TestContext.Current.CancellationToken));
    }

    private static SmtpEmail Adapter(ISmtpTransport transport) => new(transport, new SmtpOptions(), NullLogger<SmtpEmail>.Instance);

    private sealed class Seam(SmtpResult result) : ISmtpTransport
    {
        internal int Sent { get; private set; }

        internal Dictionary<string, string?> Headers { get; private set; } = [];

        public Task<SmtpResult> SendAsync(MailMessage mail, CancellationToken cancel)
        {
            Sent++;
            Headers = mail.Headers.AllKeys.ToDictionary(k => k!, k => mail.Headers[k]);
            return Task.FromResult(result);
        }
    }
}
