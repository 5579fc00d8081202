using Hub.Channels.Sms;
using static Hub.Channels.Templates.MessageContent;

namespace Hub.Channels.Templates;

/// <summary>What one message says as one of many in a letter, so that the most of them, at their longest, still make a mail that is taken.</summary>
/// <remarks>A receipt says amount, payee and order; its lines stand on the customer's page. Names that go on and on are cut.</remarks>
internal static class InBrief
{
    private const int NameWidth = 60;

    internal static MessageContent Of(MessageContent content) => content switch
    {
        Receipt { Details: var d } => new Succeeded(d.Total, Cut(d.Payee), Cut(d.OrderReference), d.Clearing),
        Succeeded s => s with { Payee = Cut(s.Payee), OrderReference = Cut(s.OrderReference) },
        Returned r => r with { Payee = Cut(r.Payee), OrderReference = Cut(r.OrderReference) },
        Refunded r => r with { Payee = Cut(r.Payee), OrderReference = Cut(r.OrderReference) },
        Shipped s => s with { Payee = Cut(s.Payee), OrderReference = Cut(s.OrderReference) },
        Delivered d => d with { Payee = Cut(d.Payee), OrderReference = Cut(d.OrderReference) },
        _ => throw new InvalidOperationException($"{content.GetType().Name} does not wait, and has no brief words."),
    };

    private static string Cut(string name) => SmsText.Shorten(Words.OneLine(name), NameWidth);
}
