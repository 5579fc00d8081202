namespace Hub.Sandbox.Shop;

/// <summary>The hub did not do what the shop asked; carries its answer to whoever asked the shop.</summary>
internal sealed class HubRefusedException(int status, string body) : Exception($"The hub answered {status}.")
{
    /// <summary>The HTTP status.</summary>
    internal int Status { get; } = status;

    /// <summary>The problem, as the hub wrote it.</summary>
    internal string Body { get; } = body;

    /// <summary>Whether the hub does not know the shop's signing key or customer, as after it began anew.</summary>
    internal bool MeansForgotten => Status == 404 || (Status is 400 or 401 or 403 && Body.Contains("signature", StringComparison.OrdinalIgnoreCase));
}
