using System.Net;
using System.Text;
using Hub.Api.Edge;
using Hub.Api.Edge.Json;
using Hub.Api.Tests.Edge.Support;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Tests.Edge;

public sealed record OrderBody(string Reference, long Amount, Currency Currency, IReadOnlyList<LineBody>? Lines = null, Retry? Again = null, string? Note = null);

public sealed record LineBody(string Sku, int Quantity, long UnitPrice, DateTimeOffset? By = null);

public sealed class StrictJsonTests
{
    private const string Good = """{"reference":"r1","amount":4990,"currency":"EUR"}""";

    [Theory]
    [InlineData("""{"reference":"r1","amount":1,"amount":2,"currency":"EUR"}""", "amount", "only once")]
    [InlineData("""{"reference":"r1","amount":1,"AMOUNT":2,"currency":"EUR"}""", "AMOUNT", "only once")]
    [InlineData("""{"reference":"r1","amount":1,"am\u006funt":2,"currency":"EUR"}""", "amount", "only once")]
    [InlineData("""{"reference":"r1","Amount":1,"currency":"EUR"}""", "Amount", "not known")]
    [InlineData("""{"reference":"r1","amount":1e3,"currency":"EUR"}""", "amount", "whole number")]
    [InlineData("""{"reference":"r1","amount":1E3,"currency":"EUR"}""", "amount", "whole number")]
    [InlineData("""{"reference":"r1","amount":10.0,"currency":"EUR"}""", "amount", "whole number")]
    [InlineData("""{"reference":"r1","amount":9223372036854775808,"currency":"EUR"}""", "amount", "out of range")]
    [InlineData("""{"reference":"r1","amount":-9223372036854775809,"currency":"EUR"}""", "amount", "out of range")]
    [InlineData("""{"reference":"r1","amount":"12","currency":"EUR"}""", "amount", "whole number")]
    [InlineData("""{"reference":"r1","amount":true,"currency":"EUR"}""", "amount", "whole number")]
    [InlineData("""{"reference":"r1","amount":null,"currency":"EUR"}""", "amount", "null")]
    [InlineData("""{"reference":null,"amount":1,"currency":"EUR"}""", "reference", "null")]
    [InlineData("""{"reference":7,"amount":1,"currency":"EUR"}""", "reference", "a string")]
    [InlineData("""{"reference":"r1","amount":1}""", "currency", "required")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"eur"}""", "currency", "ISO 4217")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"XXX"}""", "currency", "ISO 4217")]
    [InlineData("""{"reference":"r1","amount":1,"currency":5}""", "currency", "ISO 4217")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"EUR","extra":1}""", "extra", "not known")]
    [InlineData("""{"reference":"r1","amount":NaN,"currency":"EUR"}""", "body", "not valid JSON")]
    [InlineData("""{"reference":"r1","amount":Infinity,"currency":"EUR"}""", "body", "not valid JSON")]
    [InlineData("""{"reference":"r1","amount":"NaN","currency":"EUR"}""", "amount", "whole number")]
    [InlineData("""{"reference":"r1","amount":0x10,"currency":"EUR"}""", "body", "not valid JSON")]
    [InlineData("""{"reference":"r1","amount":01,"currency":"EUR"}""", "body", "not valid JSON")]
    [InlineData("""{"reference":"r1","amount":+1,"currency":"EUR"}""", "body", "not valid JSON")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"EUR",}""", "body", "not valid JSON")]
    [InlineData("""{"reference":"r1",/* hi */"amount":1,"currency":"EUR"}""", "body", "not valid JSON")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"EUR"} {}""", "body", "not valid JSON")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"EUR" """, "body", "not valid JSON")]
    [InlineData("""{'reference':'r1','amount':1,'currency':'EUR'}""", "body", "not valid JSON")]
    [InlineData("""{"reference":"\ud800","amount":1,"currency":"EUR"}""", "reference", "surrogate")]
    [InlineData("""{"reference":"\udc00\ud800","amount":1,"currency":"EUR"}""", "reference", "surrogate")]
    [InlineData("""{"\ud800":"x","amount":1,"currency":"EUR"}""", "body", "surrogate")]
    [InlineData("""{"reference":"a\u0000b","amount":1,"currency":"EUR"}""", "reference", "NUL")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"EUR","lines":[{"sku":"a","quantity":1}]}""", "lines[0].unit_price", "required")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"EUR","lines":[{"sku":"a","quantity":1,"unit_price":2},{"sku":"b","quantity":2147483648,"unit_price":2}]}""", "lines[1].quantity", "in range")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"EUR","lines":[null]}""", "lines[0]", "null")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"EUR","lines":{}}""", "lines", "an array")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"EUR","lines":[{"sku":"a","quantity":1,"unit_price":2,"sku":"b"}]}""", "lines[0].sku", "only once")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"EUR","lines":[{"sku":"a","quantity":1,"unit_price":2,"by":"tomorrow"}]}""", "lines[0].by", "RFC 3339")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"EUR","again":"SameMethod"}""", "again", "one of never, later, same_method, other_method")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"EUR","again":"NEVER"}""", "again", "one of")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"EUR","again":1}""", "again", "one of")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"EUR","again":"never,later"}""", "again", "one of")]
    [InlineData("[]", "body", "an object")]
    [InlineData("null", "body", "null")]
    [InlineData("\"text\"", "body", "an object")]
    [InlineData("", "body", "required")]
    [InlineData(" ", "body", "not valid JSON")]
    [InlineData("\uFEFF" + Good, "body", "byte order mark")]
    public void A_body_that_is_not_exactly_right_is_refused_with_its_field(string json, string field, string why)
    {
        var errors = Read(Encoding.UTF8.GetBytes(json));

        Assert.Contains(errors, error => error.Path == field && error.Why.Contains(why, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Good)]
    [InlineData("""{"reference":"r1","amount":9223372036854775807,"currency":"EUR","lines":[],"again":"same_method"}""")]
    [InlineData("""{"reference":"r\ud83d\ude00","amount":-1,"currency":"JPY","lines":null,"again":null}""")]
    [InlineData("""{"reference":"r1","amount":1,"currency":"EUR","lines":[{"sku":"a","quantity":1,"unit_price":2,"by":"2030-01-31T12:00:00Z"}]}""")]
    public void A_body_that_is_right_is_read(string json) => Assert.Empty(Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Broken_utf8_is_refused()
    {
        byte[] body = [.. "{\"reference\":\""u8, 0xC3, 0x28, .. "\",\"amount\":1,\"currency\":\"EUR\"}"u8];

        Assert.Equal([new FieldError("body", "must be valid UTF-8")], Read(body));
    }

    [Fact]
    public void A_surrogate_written_as_three_bytes_is_broken_utf8()
    {
        byte[] body = [.. "{\"reference\":\""u8, 0xED, 0xA0, 0x80, .. "\",\"amount\":1,\"currency\":\"EUR\"}"u8];

        Assert.Equal([new FieldError("body", "must be valid UTF-8")], Read(body));
    }

    [Fact]
    public void Several_wrong_fields_are_told_at_once()
    {
        var errors = Read("""{"amount":"1","lines":[{"quantity":1}],"x":1}"""u8.ToArray());

        Assert.Equal(["amount", "currency", "lines[0].sku", "lines[0].unit_price", "reference", "x"], errors.Select(error => error.Path).Order());
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, true)]
    [InlineData(33, false)]
    [InlineData(65, false)]
    [InlineData(100_000, false)]
    public void Nesting_is_allowed_to_32_levels(int levels, bool fits)
    {
        var json = Encoding.UTF8.GetBytes(new string('[', levels) + new string(']', levels));

        var error = JsonScan.Find(json, BodyLimits.Default);

        if (fits) Assert.Null(error);
        else Assert.Equal("must not be nested deeper than 32 levels", error!.Why);
    }

    [Theory]
    [InlineData(199, true)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void An_array_has_at_most_200_items(int items, bool fits)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"lines":[{{string.Join(',', Enumerable.Repeat("1", items))}}]}""");

        var error = JsonScan.Find(json, BodyLimits.Default);

        Assert.Equal(fits ? null : new FieldError("lines", "must have at most 200 items"), error);
    }

    [Theory]
    [InlineData(4_095, true)]
    [InlineData(4_096, true)]
    [InlineData(4_097, false)]
    public void A_string_has_at_most_4096_characters(int length, bool fits)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"note":"{{new string('x', length)}}"}""");

        var error = JsonScan.Find(json, BodyLimits.Default);

        Assert.Equal(fits ? null : new FieldError("note", "must have at most 4096 characters"), error);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void An_object_has_at_most_100_members(int members, bool fits)
    {
        var json = Encoding.UTF8.GetBytes($"{{{string.Join(',', Enumerable.Range(0, members).Select(i => $"\"m{i}\":1"))}}}");

        Assert.Equal(fits, JsonScan.Find(json, BodyLimits.Default) is null);
    }

    [Fact]
    public async Task Over_the_wire_a_wrong_body_is_400_with_its_fields_and_a_right_one_keeps_its_bytes()
    {
        await using var hub = await StartAsync();

        using var wrong = await hub.Client.PostAsync("/v1/things", """{"reference":"r1","amount":1,"AMOUNT":2,"currency":"EUR"}""");
        var problem = await wrong.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        using var right = await hub.Client.PostAsync("/v1/things", Good);

        Assert.Equal("must appear only once", problem.GetProperty("errors").GetProperty("AMOUNT")[0].GetString());
        Assert.Equal(problem.GetProperty("request_id").GetString(), wrong.Headers.GetValues("Request-Id").Single());
        Assert.Equal(Good, await right.TextAsync());
    }

    [Theory]
    [InlineData(262_144, true)]
    [InlineData(262_145, false)]
    [InlineData(10_000_000, false)]
    public async Task A_body_has_at_most_256_kibibytes(int bytes, bool fits)
    {
        await using var hub = await StartAsync();
        var padded = Good + new string(' ', bytes - Good.Length);

        using var answer = await hub.Client.PostAsync("/v1/things", padded);

        if (fits) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        else await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }

    [Fact]
    public async Task A_body_without_a_length_is_capped_as_well()
    {
        await using var hub = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/things") { Content = Http.Json(Good + new string(' ', 300_000)) };
        request.Headers.TransferEncodingChunked = true;

        using var answer = await hub.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Only_json_in_utf8_is_read(string? type)
    {
        await using var hub = await StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await hub.Client.PostAsync(new Uri("/v1/things", UriKind.Relative), content, TestContext.Current.CancellationToken);

        await answer.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    private static IReadOnlyList<FieldError> Read(byte[] body) => StrictJson.Read<OrderBody>(body, BodyLimits.Default, out _);

    private static Task<TestHub> StartAsync() => TestHub.StartAsync(routes =>
        routes.MapPost("/v1/things", (Body<OrderBody> body) => Results.Bytes(body.Raw, "application/json")));
}
