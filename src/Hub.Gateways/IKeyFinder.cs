namespace Hub.Gateways;

/// <summary>A gateway whose bank speaks of payments under its own ids alone, and can be asked for the hub's key.</summary>
public interface IKeyFinder
{
    /// <summary>The hub's key of the operation that took the money of a payment at the bank.</summary>
    /// <param name="bankPayment">The bank's id, as <see cref="DisputeReport.BankPayment"/> gives it.</param>
    /// <param name="cancel">Gives up waiting; asking changes nothing.</param>
    /// <returns><c>null</c> where the payment is none of this hub's.</returns>
    /// <exception cref="HttpRequestException">The bank did not answer: whoever was told of the payment should be told again later.</exception>
    Task<string?> FindKeyAsync(string bankPayment, CancellationToken cancel);
}
