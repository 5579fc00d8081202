using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Domain.Confirmations;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Captures;
using Hub.Domain.Payments.Disputes;
using Hub.Domain.Payments.Refunds;

namespace Hub.Domain.Payments;

/// <summary>How a payment's commands are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PaymentCommand))]
[JsonSerializable(typeof(Route))]
[JsonSerializable(typeof(GatewayChoice))]
public sealed partial class PaymentCommandJson : JsonSerializerContext;

/// <summary>How a payment's events are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PaymentEvent))]
[JsonSerializable(typeof(Route))]
[JsonSerializable(typeof(GatewayChoice))]
public sealed partial class PaymentEventJson : JsonSerializerContext;

/// <summary>How a payment's states are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PaymentState))]
[JsonSerializable(typeof(Route))]
[JsonSerializable(typeof(GatewayChoice))]
[JsonSerializable(typeof(Attempt))]
[JsonSerializable(typeof(Capture))]
[JsonSerializable(typeof(Refund))]
[JsonSerializable(typeof(Dispute))]
[JsonSerializable(typeof(UnmatchedDispute))]
[JsonSerializable(typeof(Suspense))]
[JsonSerializable(typeof(Case))]
public sealed partial class PaymentStateJson : JsonSerializerContext;
