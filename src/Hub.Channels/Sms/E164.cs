namespace Hub.Channels.Sms;

/// <summary>A phone number in international form: <c>+</c> and 8 to 15 digits.</summary>
/// <remarks>Source: ITU-T E.164 (15 digits at most); nothing shorter than 8 can be a mobile number.</remarks>
public readonly record struct E164
{
    private readonly string? _number;

    private E164(string number) => _number = number;

    /// <summary>With its <c>+</c>.</summary>
    public string Number => _number ?? throw new InvalidOperationException("A number was never set.");

    /// <summary>The country it is dialed in, ISO 3166-1 alpha-2; <c>null</c> when no country has that code.</summary>
    public string? Country => DialCodes.CountryOf(Number.AsSpan(1));

    /// <summary>Whether it is a premium-rate, shared-cost or satellite number: nothing is sent there.</summary>
    public bool IsCostly => CostlyRanges.Hold(Number.AsSpan(1));

    /// <summary>Reads exactly <c>+</c> and ASCII digits: no spaces, no brackets, no look-alikes.</summary>
    public static bool TryParse(string? text, out E164 number)
    {
        var isNumber = text is { Length: >= 9 and <= 16 }
            && text[0] == '+'
            && text[1] is >= '1' and <= '9'
            && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9');
        number = isNumber ? new E164(text!) : default;
        return isNumber;
    }

    /// <summary>The last two digits, for logs and pages.</summary>
    public override string ToString() => _number is null ? "" : $"+…{_number[^2..]}";
}
