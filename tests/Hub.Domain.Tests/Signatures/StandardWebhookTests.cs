using Hub.Domain.Signatures;

namespace Hub.Domain.Tests.Signatures;

/// <summary>Standard Webhooks v1, with the vector its own libraries publish.</summary>
public sealed class StandardWebhookTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Older = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private const string Published = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1614265330);
    private static readonly byte[] Body = "{\"test\": 2432232314}"u8.ToArray();

    [Fact]
    public void Signing_gives_the_published_signature() => Assert.Equal(Published, StandardWebhook.Sign(Id, At, Body, Secret));

    [Fact]
    public void Two_secrets_give_two_signatures_and_either_verifies()
    {
        var both = StandardWebhook.Sign(Id, At, Body, Older, Secret);
        Assert.Equal(2, both.Split(' ').Length);
        Assert.Null(StandardWebhook.Verify(Id, Timestamp, both, Body, At, Secret));
        Assert.Null(StandardWebhook.Verify(Id, Timestamp, both, Body, At, Older));
        Assert.Null(StandardWebhook.Verify(Id, Timestamp, Published, Body, At, Older, Secret));
    }

    [Theory]
    [InlineData(-301, WebhookFault.OutsideTolerance)]
    [InlineData(-300, null)]
    [InlineData(0, null)]
    [InlineData(300, null)]
    [InlineData(301, WebhookFault.OutsideTolerance)]
    public void A_webhook_is_believed_up_to_five_minutes_either_way(int seconds, WebhookFault? fault) =>
        Assert.Equal(fault, StandardWebhook.Verify(Id, Timestamp, Published, Body, At.AddSeconds(seconds), Secret));

    [Theory]
    [InlineData(null, Timestamp, Published, WebhookFault.Malformed)]
    [InlineData("", Timestamp, Published, WebhookFault.Malformed)]
    [InlineData(Id, null, Published, WebhookFault.Malformed)]
    [InlineData(Id, "01614265330", Published, WebhookFault.Malformed)]
    [InlineData(Id, "1614265330.0", Published, WebhookFault.Malformed)]
    [InlineData(Id, "-1", Published, WebhookFault.Malformed)]
    [InlineData(Id, Timestamp, null, WebhookFault.Malformed)]
    [InlineData("msg_other", Timestamp, Published, WebhookFault.BadSignature)]
    [InlineData(Id, "1614265331", Published, WebhookFault.BadSignature)]
    [InlineData(Id, Timestamp, "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", WebhookFault.BadSignature)]
    [InlineData(Id, Timestamp, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=", WebhookFault.BadSignature)]
    [InlineData(Id, Timestamp, "v1,", WebhookFault.BadSignature)]
    [InlineData(Id, Timestamp, "v1,AAAA " + Published, null)]
    [InlineData(Id, Timestamp, "v1a,ed25519 " + Published, null)]
    // The cases of the reference libraries' own suite.
    [InlineData(Id, "hello", Published, WebhookFault.Malformed)]
    [InlineData(Id, Timestamp, "v1,dawfeoifkpqwoekfpqoekf", WebhookFault.BadSignature)]
    [InlineData(Id, Timestamp, "v1,g0hM9", WebhookFault.BadSignature)]
    [InlineData(Id, Timestamp, "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= " + Published + " v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=", null)]
    public void Whatever_was_touched_is_refused(string? id, string? timestamp, string? signature, WebhookFault? fault) =>
        Assert.Equal(fault, StandardWebhook.Verify(id, timestamp, signature, Body, At, Secret));

    [Fact]
    public void A_secret_is_the_same_with_and_without_its_prefix() =>
        Assert.Null(StandardWebhook.Verify(Id, Timestamp, Published, Body, At, Secret[StandardWebhook.SecretPrefix.Length..]));

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    public void An_empty_secret_signs_and_verifies_nothing(string empty)
    {
        Assert.Throws<FormatException>(() => StandardWebhook.Sign(Id, At, Body, empty));
        Assert.Throws<FormatException>(() => StandardWebhook.Verify(Id, Timestamp, Published, Body, At, empty));
    }

    [Fact]
    public void A_body_that_was_written_anew_is_another_body() =>
        Assert.Equal(WebhookFault.BadSignature, StandardWebhook.Verify(Id, Timestamp, Published, "{\"test\":2432232314}"u8, At, Secret));

    [Fact]
    public void Without_a_secret_nothing_verifies() =>
        Assert.Equal(WebhookFault.BadSignature, StandardWebhook.Verify(Id, Timestamp, Published, Body, At));
}
