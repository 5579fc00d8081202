namespace Hub.Sandbox.Phones;

/// <summary>One text message in the network.</summary>
/// <param name="Sequence">In order of arrival.</param>
/// <param name="Sid">SM and 32 hex digits.</param>
/// <param name="Inbound">Whether a person typed it, to the hub.</param>
/// <param name="From">Sender, E.164, or with <c>whatsapp:</c> before it.</param>
/// <param name="To">Receiver.</param>
/// <param name="Body">At most 1600 characters.</param>
/// <param name="At">When the network took it.</param>
/// <param name="Status">queued, sent, delivered, read (WhatsApp alone), undelivered, or received.</param>
/// <param name="ErrorCode">Twilio's, when it was not delivered.</param>
/// <param name="StatusCallback">Where the hub wants to hear.</param>
/// <param name="Discard">Whether the network's API must forget the text once it is sent; the phone still shows it.</param>
internal sealed record PhoneMessage(
    long Sequence, string Sid, bool Inbound, string From, string To, string Body, DateTimeOffset At, string Status, int? ErrorCode, string? StatusCallback, bool Discard = false)
{
    /// <summary>The phone's side of the conversation: whoever is not the hub. A phone has one number for texts and for WhatsApp.</summary>
    internal string Phone => WhatsApp.NumberOf(Inbound ? From : To);

    /// <summary><c>sms</c> or <c>whatsapp</c>.</summary>
    internal string Channel => WhatsApp.Is(From) ? "whatsapp" : "sms";
}
