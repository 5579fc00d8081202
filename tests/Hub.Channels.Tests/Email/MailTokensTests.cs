using System.Security.Cryptography;
using Hub.Actors.Ports;
using Hub.Channels.Email;

namespace Hub.Channels.Tests.Email;

/// <summary>What a mail is known by when something comes back of it: only this hub can have made it, for one use.</summary>
public sealed class MailTokensTests
{
    private const string Delivery = "dlv_01jd7c5q3m9x0w2v4b6n8k1r5tv12_1";

    [Fact]
    public void A_mailbox_is_read_as_it_was_made_whatever_its_case_and_domain()
    {
        var tokens = Tokens();
        foreach (var (mailbox, use) in new[] { (tokens.BounceTo(Delivery)!, MailUse.Bounce), (tokens.ReplyTo(Delivery)!, MailUse.Reply) })
        {
            Assert.True(Mailbox.TryParse(mailbox, out _));
            Assert.EndsWith("@omnihub.example", mailbox, StringComparison.Ordinal);
            foreach (var written in new[] { mailbox, mailbox.ToUpperInvariant(), mailbox.Replace("omnihub.example", "relay.example", StringComparison.Ordinal) })
            {
                Assert.True(tokens.TryReadMailbox(written, out var read, out var delivery));
                Assert.Equal((use, Delivery), (read, delivery));
            }
        }
    }

    [Fact]
    public void A_link_is_read_as_it_was_made()
    {
        var link = Tokens().Unsubscribe(Delivery);

        Assert.StartsWith("http://localhost:5080/unsubscribe/", link.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(Delivery, Tokens().ReadUnsubscribe(link.Segments[^1]));
    }

    [Fact]
    public void Nothing_but_the_token_itself_is_read()
    {
        var tokens = Tokens();
        var (bounce, reply, link) = (tokens.BounceTo(Delivery)!, tokens.ReplyTo(Delivery)!, tokens.Unsubscribe(Delivery).Segments[^1]);
        string?[] mailboxes =
        [
            null, "", "@", "bounce@omnihub.example", "bounce+@omnihub.example", $"bounce+{Delivery}@omnihub.example", "hub@omnihub.example",
            bounce.Replace("bounce+", "reply+", StringComparison.Ordinal), reply.Replace("reply+", "bounce+", StringComparison.Ordinal),
            Changed(bounce, bounce.IndexOf('@', StringComparison.Ordinal) - 1), Changed(bounce, 12), bounce.Replace("@", "0@", StringComparison.Ordinal),
            bounce.Replace("v12_1", "v12_2", StringComparison.Ordinal), new string('a', 300),
        ];
        Assert.All(mailboxes, mailbox => Assert.False(tokens.TryReadMailbox(mailbox, out _, out _), mailbox));
        string?[] links = [null, "", "-", Delivery, $"{Delivery}-", Changed(link, link.Length - 1), Changed(link, 6), link[..^1], link + "0", link.ToUpperInvariant(), new string('a', 300)];
        Assert.All(links, token => Assert.Null(tokens.ReadUnsubscribe(token)));
    }

    [Fact]
    public void Another_hubs_token_is_nobodys()
    {
        var other = Tokens(key: 2);

        Assert.False(Tokens().TryReadMailbox(other.BounceTo(Delivery), out _, out _));
        Assert.Null(Tokens().ReadUnsubscribe(other.Unsubscribe(Delivery).Segments[^1]));
    }

    /// <summary>RFC 5321, 4.5.3.1.1: no more than 64 characters before the @.</summary>
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_mailbox_has_room_for_64_characters(int beside, bool fits)
    {
        var delivery = "dlv_" + new string('a', 64 - "bounce+dlv_-".Length - 13 + beside);

        Assert.Equal(fits, Tokens().BounceTo(delivery) is not null);
    }

    [Fact]
    public void Where_no_mail_is_taken_no_mail_asks_for_any()
    {
        var tokens = new MailTokens(new Keys(1), new ChannelOptions());

        Assert.Null(tokens.BounceTo(Delivery));
        Assert.Null(tokens.ReplyTo(Delivery));
        Assert.NotNull(tokens.Unsubscribe(Delivery));
    }

    private static string Changed(string text, int at) => text[..at] + (text[at] == '0' ? '1' : '0') + text[(at + 1)..];

    private static MailTokens Tokens(byte key = 1)
    {
        var options = new ChannelOptions();
        options.Smtp.InboundSecrets.Add("a secret of the relay");
        return new MailTokens(new Keys(key), options);
    }

    private sealed class Keys(byte key) : IKeyring
    {
        public byte[] Mac(string purpose, ReadOnlySpan<byte> data) => HMACSHA256.HashData([key], data);
    }
}
