using System.Security.Cryptography;
using Hub.Gateways.SandboxBank;
using Hub.Sandbox.Storage;

namespace Hub.Sandbox.Bank;

/// <summary>What one card acquirer does otherwise than another.</summary>
/// <param name="Currencies">What it takes; <c>null</c> for everything.</param>
/// <param name="SeveralCaptures">Whether one hold can be captured several times.</param>
/// <param name="TurnsAway">The cards it answers 429 to, before it looks at them.</param>
internal sealed record CardTerms(IReadOnlyList<string>? Currencies, bool SeveralCaptures, IReadOnlyList<CardBehaviour> TurnsAway)
{
    internal static CardTerms First { get; } = new(null, true, [CardBehaviour.Busy, CardBehaviour.BusyEverywhere]);

    internal static CardTerms Second { get; } = new(["EUR", "USD", "GBP"], false, [CardBehaviour.BusyEverywhere]);
}

/// <summary>A bank for cards: holds, captures, voids, refunds.</summary>
internal sealed class CardBank(BankDesk desk, CardTerms terms) : IBank
{
    private const string LateDecline = "late_decline";
    private const string LateRefundFailure = "late_refund_failure";

    /// <summary>How its entries are read back.</summary>
    internal static IReadOnlyDictionary<string, Func<string, IBankEntry>> Kinds { get; } = new Dictionary<string, Func<string, IBankEntry>>(StringComparer.Ordinal)
    {
        ["authorization"] = SandboxJson.Read<AuthorizationEntry>,
        ["capture"] = SandboxJson.Read<CaptureEntry>,
        ["void"] = SandboxJson.Read<VoidEntry>,
        ["refund"] = SandboxJson.Read<RefundEntry>,
        ["dispute"] = SandboxJson.Read<DisputeEntry>,
    };

    /// <inheritdoc/>
    public BankIdentity Identity => desk.Bank;

    internal BankDesk Desk => desk;

    internal CardDisputes Disputes { get; } = new(desk);

    internal Task<BankAnswer> AuthorizeAsync(BankCall call, AuthorizeRequest asked) => desk.CarryOutAsync(call, "authorization", turn =>
    {
        var card = BankCards.Of(asked.Card.Number);
        if (terms.TurnsAway.Contains(card)) return Done.Refused(429, "busy", "The bank takes nothing on at the moment.");
        if (terms.Currencies?.Contains(asked.Currency) is false) return Done.Refused(400, "currency_not_supported", "The bank does not take this currency.");
        if (turn.First && card == CardBehaviour.ErrorAndNotDone) return Done.Refused(500, "internal_error", "Something went wrong at the bank.");
        var id = desk.NewId("bau");
        var entry = BankRules.Authorize(id, call.Key, asked, turn.Now, ActionUrl(id));
        desk.Books.Add(turn.Books, "authorization", null, entry);
        var pending = entry.Object.Status == "pending";
        var fault = entry.Object.Status == "declined" ? CardBehaviour.Approves : entry.Behaviour;
        return new Done(pending ? 202 : 201, entry.Object, pending ? null : "authorization.updated", fault)
        {
            Late = pending ? [desk.Later(turn, LateDecline, id, call.Key, desk.Options.BankLate)] : [],
        };
    });

    internal Task<BankAnswer> CaptureAsync(BankCall call, string authorization, CaptureRequest asked) => desk.CarryOutAsync(call, "capture", turn =>
    {
        if (desk.Books.Find<AuthorizationEntry>(turn.Books, "authorization", authorization) is not { } held) return Done.NotFound;
        if (held.Object.Status != "authorized") return Done.Refused(409, "not_authorized", $"The authorization is {held.Object.Status}.");
        var (capture, after) = BankRules.Capture(desk.NewId("bca"), call.Key, asked, held, turn.Now, terms.SeveralCaptures);
        if (capture.Object.Status == "succeeded") capture = capture with { Object = capture.Object with { Transfer = Taken(capture, held.Payee) } };
        desk.Books.Add(turn.Books, "capture", authorization, capture);
        desk.Books.Replace(turn.Books, after);
        return new Done(201, capture.Object, "capture.updated") { Late = Disputes.Foreseen(turn, capture) };
    });

    internal Task<BankAnswer> VoidAsync(BankCall call, string authorization, VoidRequest asked) => desk.CarryOutAsync(call, "void", turn =>
    {
        if (desk.Books.Find<AuthorizationEntry>(turn.Books, "authorization", authorization) is not { } held) return Done.NotFound;
        var (made, after) = BankRules.Void(desk.NewId("bvo"), call.Key, asked, held, turn.Now);
        desk.Books.Add(turn.Books, "void", authorization, made);
        desk.Books.Replace(turn.Books, after);
        return new Done(201, made.Object, null);
    });

    internal Task<BankAnswer> RefundAsync(BankCall call, string capture, RefundRequest asked) => desk.CarryOutAsync(call, "refund", turn =>
    {
        if (desk.Books.Find<CaptureEntry>(turn.Books, "capture", capture) is not { } taken) return Done.NotFound;
        var (refund, after) = BankRules.Refund(desk.NewId("bre"), call.Key, asked, taken, turn.Now);
        var status = refund.Object.Status;
        if (status == "succeeded")
        {
            var payee = desk.Books.Find<AuthorizationEntry>(turn.Books, "authorization", taken.Object.Authorization)!.Payee;
            refund = refund with { Object = refund.Object with { Transfer = desk.Sign(TransferStatement.Refunded, call.Key, refund.Object, payee, turn.Now) } };
        }

        desk.Books.Add(turn.Books, "refund", capture, refund);
        desk.Books.Replace(turn.Books, after);
        return new Done(201, refund.Object, status == "pending" ? null : "refund.updated")
        {
            Late = status == "pending" ? [desk.Later(turn, LateRefundFailure, refund.Object.Id, call.Key, desk.Options.BankLate)] : [],
        };
    });

    /// <summary>The customer answers on the bank's page, or the bank itself answers late.</summary>
    /// <returns>The authorization, or <c>null</c> when there is none that waits for an answer.</returns>
    internal Task<IBankObject?> ResolveAsync(string id, bool approve) => desk.ChangeAsync(turn =>
    {
        if (desk.Books.Find<AuthorizationEntry>(turn.Books, "authorization", id) is not { } held || BankRules.Resolve(held, approve, turn.Now) is not { } after) return null;
        desk.Books.Replace(turn.Books, after);
        return new Change(after.Object, "authorization.updated", after.Key);
    });

    /// <inheritdoc/>
    public Task WorkAsync(string job, string id) => job switch
    {
        LateDecline => ResolveAsync(id, approve: false),
        LateRefundFailure => FailRefundAsync(id),
        _ => Disputes.WorkAsync(job, id),
    };

    /// <summary>The last authorizations, newest first, with all that happened to them and the keys that made it happen.</summary>
    /// <param name="limit">At most so many; also of the keys that were never carried out.</param>
    internal BankBook Read(int limit) => desk.Read(t =>
    {
        var shown = desk.Books.Last<AuthorizationEntry>(t, "authorization", limit).ConvertAll(entry => Shown(t, entry));
        return new BankBook(shown, desk.Books.Keys(t, shown.SelectMany(a => a.Ids), limit));
    });

    /// <summary>A pending refund finds that the account is closed; its amount can be refunded again.</summary>
    private Task<IBankObject?> FailRefundAsync(string id) => desk.ChangeAsync(turn =>
    {
        if (desk.Books.Find<RefundEntry>(turn.Books, "refund", id) is not { Object.Status: "pending" } refund) return null;
        var after = refund with { Object = refund.Object with { Status = "failed", FailureCode = "account_closed" } };
        desk.Books.Replace(turn.Books, after);
        var capture = desk.Books.Find<CaptureEntry>(turn.Books, "capture", refund.Object.Capture)!;
        desk.Books.Replace(turn.Books, capture with { Refunded = capture.Refunded - refund.Object.Amount });
        return new Change(after.Object, "refund.updated", refund.Key);
    });

    private BankTransfer Taken(CaptureEntry capture, string payee)
    {
        var signed = desk.Sign(TransferStatement.Captured, capture.Key, capture.Object, payee, capture.At);
        if (capture.Behaviour != CardBehaviour.ForgedTransfer) return signed;
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return signed with { Signature = System.Buffers.Text.Base64Url.EncodeToString(stranger.SignData(new byte[1], HashAlgorithmName.SHA256)) };
    }

    private string ActionUrl(string id)
    {
        var page = $"{desk.Options.HubUrl.ToString().TrimEnd('/')}/sandbox/bank?authorization={id}";
        return Identity == BankIdentity.Cards ? page : $"{page}&bank={Identity.Name}";
    }

    private BankBookAuthorization Shown(SandboxTransaction t, AuthorizationEntry entry)
    {
        var captures = desk.Books.Children<CaptureEntry>(t, "capture", entry.Object.Id).ConvertAll(c => c.Object);
        return new(
            entry.Object, entry.Key, entry.Payee, entry.Last4, entry.Captured, entry.Voided, entry.At,
            captures,
            desk.Books.Children<VoidEntry>(t, "void", entry.Object.Id).ConvertAll(v => v.Object),
            [.. captures.SelectMany(c => desk.Books.Children<RefundEntry>(t, "refund", c.Id)).Select(r => r.Object)],
            [.. captures.SelectMany(c => desk.Books.Children<DisputeEntry>(t, "dispute", c.Id)).Select(d => new BankBookDispute(d.Object, d.Evidence, d.At))]);
    }
}

/// <summary>GET /books.</summary>
internal sealed record BankBook(IReadOnlyList<BankBookAuthorization> Authorizations, IReadOnlyList<BankBookKey> Keys);

/// <summary>An authorization with its captures, voids, refunds and disputes.</summary>
internal sealed record BankBookAuthorization(
    BankAuthorization Authorization, string IdempotencyKey, string Payee, string Last4, long Captured, bool Voided, DateTimeOffset At,
    IReadOnlyList<BankCapture> Captures, IReadOnlyList<BankVoid> Voids, IReadOnlyList<BankRefund> Refunds, IReadOnlyList<BankBookDispute> Disputes)
{
    /// <summary>The ids of everything in it.</summary>
    internal IEnumerable<string> Ids => [Authorization.Id, .. Captures.Select(c => c.Id), .. Voids.Select(v => v.Id), .. Refunds.Select(r => r.Id)];
}

/// <summary>A dispute with what the merchant said.</summary>
internal sealed record BankBookDispute(BankDispute Dispute, string? Evidence, DateTimeOffset At);
