using Hub.Actors.Ports;
using Hub.Sandbox.Outbox;
using Hub.Sandbox.Storage;
using Microsoft.Extensions.Options;

namespace Hub.Sandbox.Bank;

/// <summary>The bank: carries out every idempotency key at most once, and writes it down before it answers.</summary>
internal sealed class SandboxBank(SandboxStore store, SandboxOutbox outbox, SandboxStream stream, IOptions<SandboxOptions> options, TimeProvider time, IdSource ids)
{
    internal const string WebhookParty = "bank";
    internal const string LateParty = "bank-late";
    internal const string WebhookPath = "/gateways/sandbox/webhook";

    internal Task<BankAnswer> AuthorizeAsync(BankCall call, AuthorizeRequest asked) => CarryOutAsync(call, "authorization", (t, now, first) =>
    {
        if (first && BankCards.Of(asked.Card.Number) == CardBehaviour.ErrorAndNotDone) return Done.Refused(500, "internal_error", "Something went wrong at the bank.");
        var id = ids.New("bau");
        var entry = BankRules.Authorize(id, call.Key, asked, now, $"{options.Value.HubUrl.ToString().TrimEnd('/')}/sandbox/bank?authorization={id}");
        BankBooks.Add(t, "authorization", id, null, entry);
        var pending = entry.Object.Status == "pending";
        var late = pending ? SandboxOutbox.Add(t, LateParty, id, "late_decline", [call.Key], now + options.Value.BankLate) : null;
        var fault = entry.Object.Status == "declined" ? CardBehaviour.Approves : entry.Behaviour;
        return new Done(pending ? 202 : 201, entry.Object, pending ? null : "authorization.updated", fault, late);
    });

    internal Task<BankAnswer> CaptureAsync(BankCall call, string authorization, CaptureRequest asked) => CarryOutAsync(call, "capture", (t, now, _) =>
    {
        if (BankBooks.Find<AuthorizationEntry>(t, "authorization", authorization) is not { } held) return Done.NotFound;
        if (held.Object.Status != "authorized") return Done.Refused(409, "not_authorized", $"The authorization is {held.Object.Status}.");
        var (capture, after) = BankRules.Capture(ids.New("bca"), call.Key, asked, held, now);
        BankBooks.Add(t, "capture", capture.Object.Id, authorization, capture);
        BankBooks.Replace(t, authorization, after);
        return new Done(201, capture.Object, "capture.updated", CardBehaviour.Approves, null);
    });

    internal Task<BankAnswer> VoidAsync(BankCall call, string authorization, VoidRequest asked) => CarryOutAsync(call, "void", (t, now, _) =>
    {
        if (BankBooks.Find<AuthorizationEntry>(t, "authorization", authorization) is not { } held) return Done.NotFound;
        var (made, after) = BankRules.Void(ids.New("bvo"), call.Key, asked, held, now);
        BankBooks.Add(t, "void", made.Object.Id, authorization, made);
        BankBooks.Replace(t, authorization, after);
        return new Done(201, made.Object, null, CardBehaviour.Approves, null);
    });

    internal Task<BankAnswer> RefundAsync(BankCall call, string capture, RefundRequest asked) => CarryOutAsync(call, "refund", (t, now, _) =>
    {
        if (BankBooks.Find<CaptureEntry>(t, "capture", capture) is not { } taken) return Done.NotFound;
        var (refund, after) = BankRules.Refund(ids.New("bre"), call.Key, asked, taken, now);
        BankBooks.Add(t, "refund", refund.Object.Id, capture, refund);
        BankBooks.Replace(t, capture, after);
        var pending = refund.Object.Status == "pending";
        var late = pending ? SandboxOutbox.Add(t, LateParty, refund.Object.Id, "late_refund_failure", [call.Key], now + options.Value.BankLate) : null;
        return new Done(201, refund.Object, pending ? null : "refund.updated", CardBehaviour.Approves, late);
    });

    /// <summary>The customer answers on the bank's page, or the bank itself answers late.</summary>
    /// <returns>The authorization, or <c>null</c> when there is none that waits for an answer.</returns>
    internal async Task<BankAuthorization?> ResolveAsync(string id, bool approve)
    {
        var (shown, owed) = await store.WriteAsync(t =>
        {
            var now = time.GetUtcNow();
            if (BankBooks.Find<AuthorizationEntry>(t, "authorization", id) is not { } held || BankRules.Resolve(held, approve, now) is not { } after) return (null, null);
            BankBooks.Replace(t, id, after);
            return ((BankAuthorization?)after.Object, (OutboxDelivery?)Owe(t, "authorization.updated", after.Key, after.Object, now, 1));
        });
        Announce(shown, owed);
        return shown;
    }

    /// <summary>A pending refund finds that the account is closed; its amount can be refunded again.</summary>
    internal async Task FailRefundAsync(string id)
    {
        var (shown, owed) = await store.WriteAsync(t =>
        {
            if (BankBooks.Find<RefundEntry>(t, "refund", id) is not { Object.Status: "pending" } refund) return (null, null);
            var after = refund with { Object = refund.Object with { Status = "failed", FailureCode = "account_closed" } };
            BankBooks.Replace(t, id, after);
            var capture = BankBooks.Find<CaptureEntry>(t, "capture", refund.Object.Capture)!;
            BankBooks.Replace(t, capture.Object.Id, capture with { Refunded = capture.Refunded - refund.Object.Amount });
            return ((BankRefund?)after.Object, (OutboxDelivery?)Owe(t, "refund.updated", refund.Key, after.Object, time.GetUtcNow(), 1));
        });
        Announce(shown, owed);
    }

    internal BankOperation? Operation(string key) => store.Read(t => BankBooks.Operation(t, key));

    internal object? Find(string kind, string id) => store.Read(t => BankBooks.Shown(t, kind, id));

    internal BankBook Books(int limit) => store.Read(t => BankBooks.Read(t, limit));

    private async Task<BankAnswer> CarryOutAsync(BankCall call, string kind, Func<SandboxTransaction, DateTimeOffset, bool, Done> act)
    {
        var (answer, done, owed) = await store.WriteAsync<(BankAnswer, Done?, OutboxDelivery?)>(t =>
        {
            var seen = BankBooks.Arrive(t, call.Key, kind, call.Fingerprint);
            if (!seen.Same) return (BankAnswer.Error(422, "idempotency_key_reused", "This key came with another request."), null, null);
            if (seen.CarriedOut) return (new BankAnswer(seen.Status, seen.Answer!, CardBehaviour.Approves, true, null), null, null);
            var now = time.GetUtcNow();
            var done = act(t, now, seen.Calls == 0);
            if (done.Object is not { } shown) return (BankAnswer.Error(done.Status, done.Code, done.Message), null, null);
            var json = SandboxJson.Write<object>(shown);
            BankBooks.CarriedOut(t, call.Key, done.Status, json, shown.Id);
            var told = done.Event is not null && Tells(done.Fault);
            var owed = told ? Owe(t, done.Event!, call.Key, shown, now, done.Fault == CardBehaviour.DuplicateWebhook ? 3 : 1) : null;
            return (new BankAnswer(done.Status, json, done.Fault, false, owed), done, owed);
        });
        if (done?.Late is { } late) outbox.Dispatch(late);
        if (done?.Object is { } changed) stream.Tell("bank", new { changed.Id, Kind = kind });
        // Before the answer on purpose: the first attempt is awaited, the rest of them follow in their own time.
        if (owed is not null && done!.Fault == CardBehaviour.WebhookFirst) await outbox.DeliverAsync(owed);
        return answer;
    }

    private bool Tells(CardBehaviour fault) => fault switch
    {
        CardBehaviour.TimeoutAfterCharge => false,
        CardBehaviour.ErrorButDone or CardBehaviour.DuplicateWebhook or CardBehaviour.WebhookFirst => true,
        _ => options.Value.BankConfirmsAnswers,
    };

    private OutboxDelivery Owe(SandboxTransaction t, string type, string key, object shown, DateTimeOffset now, int copies)
    {
        var id = ids.New("bev");
        var body = SandboxJson.Write(new BankEvent(id, type, now, key, shown));
        return SandboxOutbox.Add(t, WebhookParty, WebhookPath, id, [.. Enumerable.Repeat(body, copies)], now);
    }

    private void Announce(IBankObject? shown, OutboxDelivery? owed)
    {
        if (shown is not null) stream.Tell("bank", new { shown.Id });
        if (owed is not null) outbox.Dispatch(owed);
    }

    /// <summary>What an operation came to inside its transaction: an object, or a refusal that leaves the key free.</summary>
    private sealed record Done(int Status, IBankObject? Object, string? Event, CardBehaviour Fault, OutboxDelivery? Late, string Code = "", string Message = "")
    {
        internal static Done NotFound => Refused(404, "not_found", "There is no such object.");

        internal static Done Refused(int status, string code, string message) => new(status, null, null, CardBehaviour.Approves, null, code, message);
    }
}

/// <summary>One arrival of a POST.</summary>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Fingerprint">SHA-256 of path and body.</param>
internal sealed record BankCall(string Key, byte[] Fingerprint);

/// <summary>What goes back.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Json">The body.</param>
/// <param name="Fault">How the way back goes wrong, if the card says so.</param>
/// <param name="Replayed">Whether it is a stored answer.</param>
/// <param name="Owed">The webhook to send once the answer is out.</param>
internal sealed record BankAnswer(int Status, string Json, CardBehaviour Fault, bool Replayed, OutboxDelivery? Owed)
{
    internal static BankAnswer Error(int status, string code, string message) =>
        new(status, SandboxJson.Write(new { error = new { code, message } }), CardBehaviour.Approves, false, null);
}
