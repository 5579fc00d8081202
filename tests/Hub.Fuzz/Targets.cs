namespace Hub.Fuzz;

/// <summary>Every parser that faces the outside.</summary>
public static class Targets
{
    /// <summary>All of them, in the order they are run.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new JsonTarget(), new CardNumbersTarget(), new FormTarget(), new TwilioSignatureTarget(), new SmsTarget(), new AddressTarget(), new JweTarget(), new JweContentTarget(),
        new HttpSignatureTarget(), new WebhookHeadersTarget(), new BankAnswerTarget(), new BankWebhookTarget(), new HeadersTarget(), new TopicTarget(),
        new ReceiptTarget(), new KeySetTarget(), new InboundMailTarget(), new MailTokenTarget(),
    ];
}
