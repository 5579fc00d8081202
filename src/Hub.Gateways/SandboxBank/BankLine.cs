using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.Http;

namespace Hub.Gateways.SandboxBank;

/// <summary>The line to one of the sandbox's banks: sends under the bank's key and reads in the bank's words.</summary>
/// <param name="http">Carries the calls; whatever bounds their time stands in there.</param>
/// <param name="options">Where the bank is.</param>
/// <param name="dialect">How it calls what it does.</param>
/// <param name="log">Is told every answer.</param>
internal sealed class BankLine(HttpMessageInvoker http, SandboxBankOptions options, BankDialect dialect, CallLog log)
{
    private readonly string _base = options.BaseAddress.AbsoluteUri.TrimEnd('/');
    private readonly BankReading _reading = new(options.Name, dialect, new BankKeys(options.PublicKeys));

    /// <summary>Asks for an operation.</summary>
    /// <param name="asked">Which.</param>
    /// <param name="path">Under the bank's address; made with <see cref="BankWords.Segment"/>.</param>
    /// <param name="body">The words of it.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="cancel">Gives up; the bank may have carried it out.</param>
    internal async Task<GatewayAnswer> AskAsync<T>(BankAsked asked, string path, T body, JsonTypeInfo<T> shape, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_base}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        request.Headers.Add("Idempotency-Key", BankWords.Key(asked.Key));
        request.Options.Set(BankHttp.OnlyHere, asked.Operation is not BankOperationKind.Authorize);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, shape));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var reply = await BankHttp.SendAsync(http, request, cancel);
        return log.Told(asked.Operation, asked.Reference, _reading.OfOperation(reply, asked));
    }

    /// <summary>What an authorization asks for.</summary>
    internal static BankAsked Asked(AuthorizeOrder order) => new(BankOperationKind.Authorize, order.IdempotencyKey, order.Payee) { Reference = order.Reference };

    /// <summary>Pays back, which every bank does alike.</summary>
    /// <param name="of">The bank's word for what is paid back, in the plural.</param>
    /// <param name="order">What to pay back.</param>
    /// <param name="cancel">Gives up; the bank may have carried it out.</param>
    internal Task<GatewayAnswer> RefundAsync(string of, RefundOrder order, CancellationToken cancel) => AskAsync(
        new BankAsked(BankOperationKind.Refund, order.IdempotencyKey, order.Payee) { Reference = order.Reference, Parent = order.BankCapture },
        $"{of}/{BankWords.Segment(order.BankCapture)}/refunds", new BankRefund(order.Amount.Minor, order.Reference), BankJson.Default.BankRefund, cancel);

    /// <summary>Asks what became of an operation.</summary>
    internal async Task<GatewayAnswer> QueryAsync(QueryOrder order, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_base}/operations/{Path(order.IdempotencyKey)}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        request.Options.Set(BankHttp.OnlyHere, true);
        var reply = await BankHttp.SendAsync(http, request, cancel);
        var asked = new BankAsked(order.Operation, order.IdempotencyKey, order.Payee) { Reference = order.Reference };
        return log.Told(order.Operation, order.Reference, _reading.OfQuery(reply, asked));
    }

    /// <summary>Asks how a dispute stands.</summary>
    /// <returns><c>null</c> where the bank says nothing of it that makes sense.</returns>
    internal async Task<DisputeReport?> FindDisputeAsync(string id, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_base}/disputes/{BankWords.Segment(id)}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        request.Options.Set(BankHttp.OnlyHere, true);
        return await BankHttp.SendAsync(http, request, cancel) is BankReply.Answered { Status: HttpStatusCode.OK, Body: { } body }
            && BankJson.Read(body, BankJson.Default.BankObject) is { } found && found.Id == id
            ? BankReading.OfDispute("", "", found)
            : null;
    }

    /// <summary>A hub's key keeps its slashes: escaped, they would reach the bank as another key.</summary>
    private static string Path(string key) => string.Join('/', BankWords.Key(key).Split('/').Select(BankWords.Segment));
}
