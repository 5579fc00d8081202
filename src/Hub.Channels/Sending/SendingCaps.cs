namespace Hub.Channels.Sending;

/// <summary>Settings under <c>Sending:</c>: how many parts of text messages go out in one full hour. One message is one part, a long one several.</summary>
/// <remarks>What is not set is bounded in live mode by the defaults here, and not at all in the sandbox, where nothing costs anything.</remarks>
public sealed class SendingCaps
{
    /// <summary>For one merchant, where nothing else is set.</summary>
    public const int DefaultMerchantPerHour = 5_000;

    /// <summary>To one country, where nothing else is set.</summary>
    public const int DefaultCountryPerHour = 5_000;

    /// <summary>To one block of a thousand numbers in a row, where nothing else is set.</summary>
    public const int DefaultBlockPerHour = 60;

    /// <summary>For one merchant, to whichever numbers; 0 for no bound.</summary>
    public int? MerchantPerHour { get; set; }

    /// <summary>To one country, for whichever merchants; 0 for no bound.</summary>
    public int? CountryPerHour { get; set; }

    /// <summary>To one block of a thousand numbers in a row, for whichever merchants; 0 for no bound.</summary>
    /// <remarks>Pumped messages go to numbers that somebody rents in a row.</remarks>
    public int? BlockPerHour { get; set; }

    /// <summary>Gives what is not set its value for the mode.</summary>
    /// <param name="sandbox">Whether the hub runs in sandbox mode.</param>
    public void Complete(bool sandbox)
    {
        MerchantPerHour ??= sandbox ? 0 : DefaultMerchantPerHour;
        CountryPerHour ??= sandbox ? 0 : DefaultCountryPerHour;
        BlockPerHour ??= sandbox ? 0 : DefaultBlockPerHour;
    }

    /// <summary>What is wrong with these settings; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (MerchantPerHour < 0) yield return "Sending:MerchantPerHour must be 0 (no bound) or more.";
        if (CountryPerHour < 0) yield return "Sending:CountryPerHour must be 0 (no bound) or more.";
        if (BlockPerHour < 0) yield return "Sending:BlockPerHour must be 0 (no bound) or more.";
    }
}
