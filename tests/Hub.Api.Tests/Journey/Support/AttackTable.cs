using Hub.Api.Access;

namespace Hub.Api.Tests.Journey.Support;

/// <summary>How an endpoint treats somebody whom its ids do not concern.</summary>
internal enum Reach
{
    /// <summary>The path names a thing; whoever may not see it gets 404.</summary>
    Named,

    /// <summary>The body names a thing; the same.</summary>
    Given,

    /// <summary>It makes or lists what is the caller's own; nobody else's shows in the answer.</summary>
    Own,
}

/// <summary>Who may use an endpoint, and a body it can read.</summary>
internal sealed record Attack(Reach Reach, string? Body, bool Merchant, bool Customer, params StaffRole[] Staff)
{
    private const StaffRole Support = StaffRole.Support, Supervisor = StaffRole.Supervisor, Finance = StaffRole.Finance, Admin = StaffRole.Admin;

    /// <summary>Every route below /v1 that wants a credential. A new endpoint needs a line here: who may use it is decided twice.</summary>
    internal static IReadOnlyDictionary<string, Attack> Table { get; } = new Dictionary<string, Attack>(StringComparer.Ordinal)
    {
        ["POST /v1/customers"] = new(Reach.Own, """{"name":"Eve","email":"eve@example.com"}""", true, false),
        ["GET /v1/customers"] = new(Reach.Own, null, true, false, Support, Supervisor, Finance, Admin),
        ["GET /v1/customers/{id}"] = new(Reach.Named, null, true, true, Support, Supervisor, Finance, Admin),
        ["PATCH /v1/customers/{id}"] = new(Reach.Named, """{"name":"Eve"}""", true, true),
        ["POST /v1/customers/{id}/erase"] = new(Reach.Named, "{}", true, false, Admin),
        ["POST /v1/customers/{id}/sessions"] = new(Reach.Named, "{}", true, false),
        ["POST /v1/customers/{id}/addresses"] = new(Reach.Named, """{"channel":"email","address":"eve@example.com"}""", true, true),
        ["DELETE /v1/customers/{id}/addresses/{address}"] = new(Reach.Named, null, false, true, Support, Supervisor, Finance, Admin),
        ["POST /v1/customers/{id}/addresses/{address}/restore"] = new(Reach.Named, "{}", false, true, Support, Supervisor, Finance, Admin),
        ["POST /v1/customers/{id}/addresses/{address}/verification"] = new(Reach.Named, "{}", false, true),
        ["POST /v1/customers/{id}/addresses/{address}/verification/check"] = new(Reach.Named, """{"code":"123456"}""", false, true),
        ["POST /v1/customers/{id}/instruments"] = new(Reach.Named, """{"type":"card","encrypted":"a.b.c.d.e"}""", true, true),
        ["DELETE /v1/customers/{id}/instruments/{instrument}"] = new(Reach.Named, null, true, true),
        ["GET /v1/customers/{id}/timeline"] = new(Reach.Named, null, true, true, Support, Supervisor, Finance, Admin),
        ["GET /v1/customers/{id}/payments"] = new(Reach.Named, null, true, true, Support, Supervisor, Finance, Admin),
        ["GET /v1/customers/{id}/orders"] = new(Reach.Named, null, true, true, Support, Supervisor, Finance, Admin),
        ["GET /v1/banks"] = new(Reach.Own, null, true, true, Support, Supervisor, Finance, Admin),
        ["GET /v1/customers/{id}/wallet"] = new(Reach.Named, null, false, true),
        ["POST /v1/customers/{id}/wallet"] = new(Reach.Named, """{"password":"correct horse"}""", false, true),
        ["POST /v1/customers/{id}/wallet/code"] = new(Reach.Named, """{"address":"adr_x"}""", false, true),
        ["POST /v1/customers/{id}/wallet/open"] = new(Reach.Named, """{"password":"correct horse"}""", false, true),
        ["POST /v1/customers/{id}/ecash/top-ups"] = new(Reach.Named, """{"amount":1,"currency":"EUR"}""", true, false),
        ["POST /v1/orders"] = new(Reach.Own, "{order}", true, false),
        ["GET /v1/orders"] = new(Reach.Own, null, true, false, Support, Supervisor, Finance, Admin),
        ["GET /v1/orders/{id}"] = new(Reach.Named, null, true, true, Support, Supervisor, Finance, Admin),
        ["POST /v1/orders/{id}/accept"] = new(Reach.Named, """{"invoice_hash":"x"}""", false, true),
        ["POST /v1/orders/{id}/shipments"] = new(Reach.Named, """{"carrier":"DHL","tracking":"1"}""", true, false),
        ["POST /v1/orders/{id}/deliveries"] = new(Reach.Named, "{}", true, false),
        ["POST /v1/orders/{id}/cancel"] = new(Reach.Named, "{}", true, false),
        ["POST /v1/payments"] = new(Reach.Given, """{"order":"{order_id}"}""", true, false),
        ["GET /v1/payments"] = new(Reach.Own, null, true, false, Support, Supervisor, Finance, Admin),
        ["GET /v1/payments/{id}"] = new(Reach.Named, null, true, true, Support, Supervisor, Finance, Admin),
        ["GET /v1/payments/{id}/timeline"] = new(Reach.Named, null, true, true, Support, Supervisor, Finance, Admin),
        ["GET /v1/payments/{id}/receipt"] = new(Reach.Named, null, true, true, Support, Supervisor, Finance, Admin),
        ["POST /v1/payments/{id}/submit"] = new(Reach.Named, """{"instrument":"ins_x"}""", false, true),
        ["POST /v1/payments/{id}/confirmation"] = new(Reach.Named, """{"answer":"reject"}""", false, true),
        ["POST /v1/payments/{id}/confirmation/resend"] = new(Reach.Named, "{}", true, true, Support, Supervisor, Finance, Admin),
        ["POST /v1/payments/{id}/captures"] = new(Reach.Named, "{}", true, false, Finance, Admin),
        ["POST /v1/payments/{id}/cancel"] = new(Reach.Named, "{}", true, false, Supervisor, Finance, Admin),
        ["POST /v1/payments/{id}/refunds"] = new(Reach.Named, "{}", true, false, Supervisor, Finance, Admin),
        ["POST /v1/payments/{id}/void"] = new(Reach.Named, "{}", true, false, Finance, Admin),
        ["POST /v1/payments/{id}/hold"] = new(Reach.Named, """{"reason":"x"}""", false, false, Supervisor, Finance, Admin),
        ["POST /v1/payments/{id}/approve"] = new(Reach.Named, "{}", false, false, Supervisor, Finance, Admin),
        ["POST /v1/payments/{id}/reject"] = new(Reach.Named, """{"reason":"x"}""", false, false, Supervisor, Finance, Admin),
        ["POST /v1/payments/{id}/refunds/{refund}/approve"] = new(Reach.Named, "{}", false, false, Finance, Admin),
        ["POST /v1/payments/{id}/refunds/{refund}/decline"] = new(Reach.Named, """{"reason":"x"}""", false, false, Finance, Admin),
        ["POST /v1/payments/{id}/disputes/{dispute}/evidence"] = new(Reach.Named, """{"text":"x"}""", true, false, Finance, Admin),
        ["POST /v1/payments/{id}/disputes/{dispute}/accept"] = new(Reach.Named, "{}", true, false, Finance, Admin),
        ["GET /v1/cases"] = new(Reach.Own, null, true, false, Support, Supervisor, Finance, Admin),
        ["GET /v1/cases/{id}"] = new(Reach.Named, null, true, false, Support, Supervisor, Finance, Admin),
        ["POST /v1/cases/{id}/settle"] = new(Reach.Named, """{"note":"done"}""", false, false, Supervisor, Finance, Admin),
        ["GET /v1/customers/{id}/conversation"] = new(Reach.Named, null, false, true, Support, Supervisor, Finance, Admin),
        ["POST /v1/customers/{id}/conversation/messages"] = new(Reach.Named, """{"text":"hello"}""", false, true),
        ["POST /v1/customers/{id}/devices"] = new(Reach.Named, """{"secret":"0123456789012345678901234567890123456789abc","via":"adr_x"}""", false, true),
        ["GET /v1/conversations"] = new(Reach.Own, null, false, false, Support, Supervisor, Finance, Admin),
        ["POST /v1/conversations"] = new(Reach.Given, """{"customer":"{customer_id}"}""", false, true, Support, Supervisor, Finance, Admin),
        ["GET /v1/conversations/{id}"] = new(Reach.Named, null, false, true, Support, Supervisor, Finance, Admin),
        ["GET /v1/conversations/{id}/messages"] = new(Reach.Named, null, false, true, Support, Supervisor, Finance, Admin),
        ["POST /v1/conversations/{id}/messages"] = new(Reach.Named, """{"text":"hello"}""", false, false, Support, Supervisor, Finance, Admin),
        ["POST /v1/conversations/{id}/notes"] = new(Reach.Named, """{"text":"hello"}""", false, false, Support, Supervisor, Finance, Admin),
        ["POST /v1/conversations/{id}/assign"] = new(Reach.Named, "{}", false, false, Support, Supervisor, Finance, Admin),
        ["POST /v1/conversations/{id}/release"] = new(Reach.Named, null, false, false, Support, Supervisor, Finance, Admin),
        ["POST /v1/conversations/{id}/resolve"] = new(Reach.Named, null, false, false, Support, Supervisor, Finance, Admin),
        ["POST /v1/conversations/{id}/read"] = new(Reach.Named, """{"sequence":1}""", false, true, Support, Supervisor, Finance, Admin),
        ["GET /v1/merchants/{id}/canned_answers"] = new(Reach.Named, null, true, false, Support, Supervisor, Finance, Admin),
        ["PUT /v1/merchants/{id}/canned_answers"] = new(Reach.Named, """{"answers":[]}""", true, false, Supervisor, Finance, Admin),
        ["GET /v1/merchants/{id}/colleagues"] = new(Reach.Named, null, false, false, Support, Supervisor, Finance, Admin),
        ["GET /v1/events"] = new(Reach.Own, null, true, false),
        ["POST /v1/merchants/signing-keys"] = new(Reach.Own, """{"public_key":"x"}""", true, false),
        ["DELETE /v1/merchants/signing-keys/{id}"] = new(Reach.Named, null, true, false),
        ["POST /v1/webhook-endpoints"] = new(Reach.Own, """{"url":"ftp://elsewhere"}""", true, false),
        ["GET /v1/webhook-endpoints"] = new(Reach.Own, null, true, false),
        ["DELETE /v1/webhook-endpoints/{id}"] = new(Reach.Named, null, true, false),
        ["POST /v1/webhook-endpoints/{id}/rotate"] = new(Reach.Named, "{}", true, false),
        ["GET /v1/webhook-endpoints/{id}/deliveries"] = new(Reach.Named, null, true, false),
        ["POST /v1/webhook-endpoints/{id}/deliveries/{webhook}/replay"] = new(Reach.Named, "{}", true, false),
    };

    /// <summary>Routes that anybody may call, by whatever else protects them.</summary>
    internal static IReadOnlySet<string> Open { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "GET /v1/keys/encryption", // The public key.
        "GET /v1/keys/signing", // Public keys.
        "POST /channels/twilio/inbound", // Twilio's signature.
        "POST /channels/twilio/status/{delivery}", // Twilio's signature.
        "POST /channels/mail/inbound", // The relay's secret.
        "GET /unsubscribe/{token}", "POST /unsubscribe/{token}", // The link's own token.
        "POST /gateways/{gateway}/webhook", // The bank's signature.
        "GET /gateways/{gateway}/return/{payment}", // The bank's signature; without it, nothing but a way to the checkout.
        "POST /staff/sign-in", // Password and second factor, five tries.
        "GET /health/live", "GET /health/ready", "* /health/live", "* /health/ready",
        "GET /metrics", // This machine, or staff.
        "GET /openapi/{documentName}.json",
    };
}
