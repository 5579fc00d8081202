using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Json;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;

namespace Hub.Api.Views;

/// <summary>A payment's refusals: with its status and what it would accept now.</summary>
internal static class PaymentProblems
{
    internal static Problem Of(RejectionCode code, Payment payment) =>
        Problems.From(code, WireJson.Snake(payment.Status.ToString()), PaymentActions.Of(payment));
}
