namespace Hub.Gateways.Http;

/// <summary>The circuit to this bank is open: not a byte of the request left.</summary>
internal sealed class CircuitOpenException(Exception cause) : Exception("The circuit to this bank is open.", cause);
