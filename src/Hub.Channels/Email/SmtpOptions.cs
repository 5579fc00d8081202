namespace Hub.Channels.Email;

/// <summary>Settings under <c>Smtp:</c>.</summary>
public sealed class SmtpOptions
{
    private const int ShortestSecret = 16;

    /// <summary>The mail server; the sandbox's own by default.</summary>
    public string Host { get; set; } = "localhost";

    /// <summary>Its port, 1 to 65,535.</summary>
    public int Port { get; set; } = 2525;

    /// <summary>The hub's mailbox; its domain also ends every message id.</summary>
    public string From { get; set; } = "hub@omnihub.example";

    /// <summary>The name beside it.</summary>
    public string FromName { get; set; } = "OmniHub";

    /// <summary>User name, where the server asks for one.</summary>
    public string? User { get; set; }

    /// <summary>Its password.</summary>
    public string? Password { get; set; }

    /// <summary>Whether the connection must be encrypted (STARTTLS). With a password it always must.</summary>
    public bool Encrypted { get; set; }

    /// <summary>What the relay that hands mail in proves itself with, at least 16 characters each; the first is the present one, others are on their way out. None: no mail is taken.</summary>
    public IList<string> InboundSecrets { get; } = [];

    /// <summary>The domain that bounces and replies come back to; <c>null</c>: the one of <see cref="From"/>.</summary>
    public string? InboundDomain { get; set; }

    /// <summary>Whether a relay hands mail in, so that bounces and replies are read at all.</summary>
    public bool TakesMail => InboundSecrets.Count > 0;

    /// <summary>The domain of <see cref="From"/>: the end of every message id.</summary>
    public string Domain => From[(From.LastIndexOf('@') + 1)..];

    /// <summary>The domain that bounces and replies come back to.</summary>
    public string ReturnDomain => InboundDomain is { Length: > 0 } own ? own : Domain;

    /// <summary>From the first byte to the last answer.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What is wrong with these settings; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (Host.Length == 0) yield return "Smtp:Host is missing.";
        if (Port is < 1 or > 65_535) yield return "Smtp:Port must be from 1 to 65535.";
        if (!Mailbox.TryParse(From, out _)) yield return "Smtp:From must be a mailbox such as hub@example.com.";
        if (!HeaderText.IsSafe(FromName)) yield return "Smtp:FromName may hold no line break.";
        if (Password is not null && !Encrypted) yield return "Smtp:Encrypted must be true where Smtp:Password is set.";
        if (InboundSecrets.Any(s => s.Length < ShortestSecret)) yield return $"Smtp:InboundSecrets must hold {ShortestSecret} characters or more each.";
        if (!Mailbox.TryParse($"x@{ReturnDomain}", out _)) yield return "Smtp:InboundDomain must be a domain such as in.example.com.";
        if (TimeLimit <= TimeSpan.Zero) yield return "Smtp:TimeLimit must be above zero.";
    }
}
