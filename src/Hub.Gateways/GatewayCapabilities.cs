using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;

namespace Hub.Gateways;

/// <summary>What a gateway can do; the domain and the routing read it, nothing asks for a type.</summary>
/// <param name="Instruments">Instrument types, such as <see cref="InstrumentType.Card"/>.</param>
/// <param name="Currencies">The currencies it takes; <c>null</c> for all that the hub accepts.</param>
/// <param name="Hold">Whether authorizing and capturing are two steps.</param>
/// <param name="PartialCapture">Whether less than the hold may be captured.</param>
/// <param name="MultiCapture">Whether there may be several captures of one hold.</param>
/// <param name="Void">Whether a hold can be given back.</param>
/// <param name="Refund">Whether a capture can be paid back.</param>
/// <param name="Query">Whether an operation can be asked about by its idempotency key.</param>
/// <param name="Webhook">Whether the bank reports on its own.</param>
/// <param name="KeyLifetime">How long the bank remembers an idempotency key; a repeat after that is a new operation. <see cref="TimeSpan.MaxValue"/> for ever.</param>
public sealed record GatewayCapabilities(
    EquatableArray<string> Instruments,
    EquatableArray<Currency>? Currencies,
    bool Hold,
    bool PartialCapture,
    bool MultiCapture,
    bool Void,
    bool Refund,
    bool Query,
    bool Webhook,
    TimeSpan KeyLifetime)
{
    /// <summary>Whether it takes this sort of instrument in this currency.</summary>
    public bool Takes(string instrumentType, Currency currency) =>
        Instruments.Contains(instrumentType) && (Currencies is not { } some || some.Contains(currency));

    /// <summary>As far as a payment's rules depend on them.</summary>
    public GatewayTerms Terms => new(Hold, PartialCapture, MultiCapture, Refund, KeyLifetime == TimeSpan.MaxValue ? null : (long)KeyLifetime.TotalSeconds);
}

