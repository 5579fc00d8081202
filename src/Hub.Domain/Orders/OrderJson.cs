using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Domain.Orders;

/// <summary>How an order's commands are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrderCommand))]
[JsonSerializable(typeof(InvoiceLine))]
public sealed partial class OrderCommandJson : JsonSerializerContext;

/// <summary>How an order's events are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrderEvent))]
[JsonSerializable(typeof(InvoiceLine))]
public sealed partial class OrderEventJson : JsonSerializerContext;

/// <summary>How an order's states are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrderState))]
[JsonSerializable(typeof(InvoiceLine))]
public sealed partial class OrderStateJson : JsonSerializerContext;
