using System.Text;
using System.Text.Json;
using Hub.Api.Customers;
using Hub.Api.Edge.Json;
using Hub.Api.Orders;
using Hub.Api.Payments;

namespace Hub.Fuzz;

/// <summary>Strict JSON bodies, read as each of the larger shapes.</summary>
internal sealed class JsonTarget : FuzzTarget
{
    private static readonly JsonSerializerOptions Lenient = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new SnakeCaseEnumConverter() } };

    public override string Name => "json";

    public override IReadOnlyList<string> Words { get; } =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0061", "\\ud800", "\\udc00", "\\u0000", "null", "true", "1e3", "1.0", "-0", "9223372036854775807", "9223372036854775808",
        "\"amount\":1", "\"AMOUNT\":2", "\"am\\u006funt\":3", "\"currency\":\"EUR\"", "\"reference\":\"r\"", "\"customer\":\"cus_1\"", "\"lines\":[", "\"name\":\"A\"", "\"sku\":\"s\"",
        "\"quantity\":1", "\"unit_price\":5", "\"consignee\":{", "\"delivery\":{", "\"answer\":\"approve\"", "\"code\":\"123456\"", "\"reason\":\"x\"", "\"$type\":\"x\"", "\"__proto__\":{}",
        "/*x*/", "//x\n", "NaN", "\uFEFF", "\u2028", Card, GroupedCard, $"\"{Card}\":1", $"\"{GroupedCard}\":{{", "[[[[[[[[", "{\"a\":{\"a\":",
    ];

    public override string Try(byte[] input) => string.Join('|', Read<PlaceOrder>(input), Read<CreateCustomer>(input), Read<RefundRequest>(input), Read<AnswerRequest>(input));

    private static string Read<T>(byte[] input)
        where T : class
    {
        var errors = StrictJson.Read<T>(input, BodyLimits.Default, out var value);
        foreach (var error in errors)
        {
            SaysNoNumber(error.Path);
            SaysNoNumber(error.Why);
            Must(error.Path.Length is > 0 and < 512, "An error names a field of a length that no field has");
        }

        Must(errors.Count == 0 == value is not null, "It is either read or refused");
        if (value is null) return string.Join(',', errors.Select(error => $"{Plain(error.Path)} {Plain(error.Why)}").Take(3));
        IsOneThing(input, value);
        return "read";
    }

    // What is written again reads equal, and a reader that takes the last of two members, or any case, reads the same.
    private static void IsOneThing<T>(byte[] input, T value)
        where T : class
    {
        var written = JsonSerializer.SerializeToUtf8Bytes(value, WireJson.In);
        Must(StrictJson.Read<T>(written, BodyLimits.Default with { Bytes = int.MaxValue }, out var again).Count == 0, "What was read is refused once it is written");
        var text = Encoding.UTF8.GetString(written);
        Same(text, JsonSerializer.Serialize(again, WireJson.In), "Written and read again");
        Same(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<T>(input, Lenient), WireJson.In), "Two readers");
    }

    private static string Plain(string text) => new([.. text.Where(char.IsAsciiLetterLower).Take(30)]);
}

/// <summary>Errors name fields, so this one holds that no name that could be a card number is among them, however it is cut.</summary>
internal sealed class CardNumbersTarget : FuzzTarget
{
    public override string Name => "card-numbers";

    public override IReadOnlyList<string> Words { get; } = [Card, GroupedCard, "4242424242424242", "3782 822463 10005", "-", " ", ".", "٤٢", "４", "a", "0", "12345678901234"];

    public override string Try(byte[] input)
    {
        var text = Text(input);
        var found = Hub.Api.Edge.Requests.CardNumbers.AreIn(text);
        var shown = Hub.Api.Edge.Requests.CardNumbers.Shown(text);
        Must(!Hub.Api.Edge.Requests.CardNumbers.AreIn(shown), "What is shown holds a number");
        Same(found, shown != text, "Found and hidden");
        var why = Hub.Api.Edge.Requests.Texts.WhyNotLine(text);
        Must(why is not null || !text.Any(char.IsControl), "A line holds a control character");
        SaysNoNumber(why);
        return $"{found} {why} {Hub.Api.Edge.Requests.Texts.WhyNotLines(text)} {Hub.Api.Edge.Requests.Texts.WhyNotToken(text)}";
    }
}
