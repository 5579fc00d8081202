namespace Hub.Sandbox.Phones;

/// <summary>Into how many parts the network cuts a text.</summary>
/// <remarks>Source: 3GPP TS 23.038 (alphabet) and TS 23.040 (parts): 160 or 153 septets, 70 or 67 UTF-16 units.</remarks>
internal static class SmsSegments
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extended = "\f^{}\\[~]|€";

    /// <summary>The number of parts, at least 1.</summary>
    internal static int Count(string body)
    {
        var septets = 0;
        foreach (var c in body)
        {
            if (Basic.Contains(c, StringComparison.Ordinal)) septets++;
            else if (Extended.Contains(c, StringComparison.Ordinal)) septets += 2;
            else return Parts(body.Length, 70, 67);
        }

        return Parts(septets, 160, 153);
    }

    private static int Parts(int length, int alone, int each) => length <= alone ? 1 : ((length - 1) / each) + 1;
}
