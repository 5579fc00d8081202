using System.Text;
using Hub.Channels.Sms;

namespace Hub.Channels.Tests.Sms;

/// <summary>The vectors of Twilio's own helper library, and what must fail beside them.</summary>
public sealed class TwilioSignatureTests
{
    private const string Url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private const string FormSignature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    private const string BodyHash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    private const string BodySignature = "a9nBmqA0ju/hNViExpshrM61xv4=";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"property": "value", "boolean": true}""");
    private static readonly TwilioSignature Twilio = new(["12345"]);

    private static readonly KeyValuePair<string, string>[] Form =
    [
        new("CallSid", "CA1234567890ABCDE"), new("From", "+14158675309"), new("Digits", "1234"), new("To", "+18005551212"), new("Caller", "+14158675309"),
    ];

    [Fact]
    public void A_form_signed_by_Twilio_is_valid_in_any_order_of_its_fields()
    {
        Assert.True(Twilio.IsValid(Url, Form, FormSignature));
        Assert.True(Twilio.IsValid(Url, Form.Reverse(), FormSignature));
    }

    [Fact]
    public void The_default_port_may_be_written_out_or_left_out()
    {
        const string SignedWithPort = "kvajT1Ptam85bY51eRf/AJRuM3w=";

        Assert.True(Twilio.IsValid(Url, Form, SignedWithPort));
        Assert.True(Twilio.IsValid("https://mycompany.com:443/myapp.php?foo=1&bar=2", Form, SignedWithPort));
        Assert.True(Twilio.IsValid("https://mycompany.com:443/myapp.php?foo=1&bar=2", Form, FormSignature));
    }

    [Theory]
    [InlineData("https://MyCompany.com/myapp.php?foo=1&bar=2")]
    [InlineData("http://mycompany.com/myapp.php?foo=1&bar=2")]
    [InlineData("https://mycompany.com:1234/myapp.php?foo=1&bar=2")]
    [InlineData("https://mycompany.com:80/myapp.php?foo=1&bar=2")]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=3")]
    [InlineData("https://mycompany.com/myapp.php")]
    [InlineData("https://mycompany.com/other.php?foo=1&bar=2")]
    [InlineData("mycompany.com")]
    [InlineData("")]
    public void Another_address_is_not_what_was_signed(string url) => Assert.False(Twilio.IsValid(url, Form, FormSignature));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8")]
    [InlineData("rSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8=RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("not base64 at all")]
    public void Another_signature_fails(string? signature) => Assert.False(Twilio.IsValid(Url, Form, signature));

    [Fact]
    public void A_field_changed_added_or_removed_fails()
    {
        Assert.False(Twilio.IsValid(Url, Form[1..], FormSignature));
        Assert.False(Twilio.IsValid(Url, [.. Form, new("Extra", "1")], FormSignature));
        Assert.False(Twilio.IsValid(Url, [new("CallSid", "CA1234567890ABCDF"), .. Form[1..]], FormSignature));
    }

    [Fact]
    public void While_a_token_is_rotated_either_one_is_good()
    {
        Assert.True(new TwilioSignature(["new", "12345"]).IsValid(Url, Form, FormSignature));
        Assert.True(new TwilioSignature(["12345", "new"]).IsValid(Url, Form, FormSignature));
        Assert.False(new TwilioSignature(["new"]).IsValid(Url, Form, FormSignature));
        Assert.False(new TwilioSignature([]).IsValid(Url, Form, FormSignature));
    }

    [Fact]
    public void A_body_is_bound_by_its_hash_in_the_address()
    {
        var url = $"{Url}&bodySHA256={BodyHash}";

        Assert.True(Twilio.IsValid(url, Body, BodySignature));
        Assert.False(Twilio.IsValid(url, Body.AsSpan(1), BodySignature));
        Assert.False(Twilio.IsValid(Url, Body, BodySignature));
        Assert.False(Twilio.IsValid(url, Body, FormSignature));
        Assert.False(Twilio.IsValid($"{url}&bodySHA256={BodyHash}", Body, BodySignature));
    }

    [Fact]
    public void A_body_with_its_own_right_hash_but_without_a_signature_for_it_fails()
    {
        var other = Encoding.UTF8.GetBytes("{}");
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(other));

        Assert.False(Twilio.IsValid($"{Url}&bodySHA256={hash}", other, BodySignature));
    }

    [Fact]
    public void What_the_hub_signs_itself_is_the_published_signature() => Assert.Equal(FormSignature, Twilio.Sign(Url, Form));

    [Theory]
    [InlineData("http://127.0.0.1:5080/x")]
    [InlineData("http://[::1]/x")]
    [InlineData("http://[::1]:80")]
    [InlineData("https://u@h.example?q=1")]
    public void Every_form_of_address_verifies_what_it_signed(string url) =>
        Assert.True(Twilio.IsValid(url, Form, Twilio.Sign(url, Form)));
}
