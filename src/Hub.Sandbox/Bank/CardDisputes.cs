using Hub.Sandbox.Outbox;

namespace Hub.Sandbox.Bank;

/// <summary>Disputes: the bank takes the money back when a customer asks, hears the merchant, and decides.</summary>
/// <remarks>
/// A dispute is opened a banking day after the capture of the card that does so, or at once by a developer. Evidence counts for seven days.
/// The bank decides a banking day after it has some: for the merchant where it contains the word <c>delivered</c>. Without any, the customer is right.
/// </remarks>
internal sealed class CardDisputes(BankDesk desk)
{
    private const string Open = "open_dispute";
    private const string Decide = "decide_dispute";
    private const string Lapse = "lapse_dispute";
    private const string Event = "dispute.updated";

    /// <summary>How long a merchant may answer.</summary>
    internal static readonly TimeSpan RespondWithin = TimeSpan.FromDays(7);

    /// <summary>What a capture of this card leads to.</summary>
    internal IReadOnlyList<OutboxDelivery> Foreseen(BankTurn turn, CaptureEntry capture) =>
        capture is { Behaviour: CardBehaviour.Disputed, Object.Status: "succeeded" }
            ? [desk.Later(turn, Open, capture.Object.Id, capture.Key, desk.Options.BankDay)]
            : [];

    internal Task<BankAnswer> ProveAsync(BankCall call, string dispute, EvidenceRequest asked) => AnswerAsync(call, dispute, (turn, entry) =>
    {
        var after = entry with { Object = entry.Object with { Status = "under_review", RespondBy = null }, Evidence = asked.Evidence };
        desk.Books.Replace(turn.Books, after);
        return new Done(200, after.Object, Event) { About = entry.Key, Late = [desk.Later(turn, Decide, dispute, entry.Key, desk.Options.BankDay)] };
    });

    internal Task<BankAnswer> AcceptAsync(BankCall call, string dispute) => AnswerAsync(call, dispute, (turn, entry) =>
        new Done(200, End(turn, entry, "accepted").Object, Event) { About = entry.Key });

    /// <summary>The customer asks for what is left of a capture.</summary>
    /// <returns>The dispute, or <c>null</c> where there is nothing to dispute.</returns>
    internal Task<IBankObject?> OpenAsync(string capture) => desk.ChangeAsync(turn =>
    {
        if (desk.Books.Find<CaptureEntry>(turn.Books, "capture", capture) is not { Object.Status: "succeeded" } taken) return null;
        var left = taken.Object.Amount - taken.Refunded - taken.Disputed;
        if (left <= 0) return null;
        var shown = new BankDispute(
            desk.NewId("bdi"), capture, "needs_response", left, taken.Object.Currency, "product_not_received", turn.Now + RespondWithin, taken.Object.Reference);
        desk.Books.Add(turn.Books, "dispute", capture, new DisputeEntry(shown, taken.Key, turn.Now));
        desk.Books.Replace(turn.Books, taken with { Disputed = taken.Disputed + left });
        return new Change(shown, Event, taken.Key) { Late = [desk.Later(turn, Lapse, shown.Id, taken.Key, RespondWithin)] };
    });

    /// <summary>The bank decides.</summary>
    /// <param name="id">The dispute.</param>
    /// <param name="won">For the merchant or not; <c>null</c> to read the evidence.</param>
    /// <returns>The dispute, or <c>null</c> where nothing is open.</returns>
    internal Task<IBankObject?> DecideAsync(string id, bool? won) => desk.ChangeAsync(turn =>
    {
        if (desk.Books.Find<DisputeEntry>(turn.Books, "dispute", id) is not { Object.Status: "needs_response" or "under_review" } entry) return null;
        var forMerchant = won ?? entry.Evidence?.Contains("delivered", StringComparison.OrdinalIgnoreCase) is true;
        return new Change(End(turn, entry, forMerchant ? "won" : "lost").Object, Event, entry.Key);
    });

    internal Task WorkAsync(string job, string id) => job switch
    {
        Open => OpenAsync(id),
        Decide => DecideAsync(id, null),
        Lapse => LapseAsync(id),
        _ => throw new InvalidOperationException($"The bank knows no job called {job}."),
    };

    // Only what nobody answered: what is under review has its own day.
    private Task<IBankObject?> LapseAsync(string id) => desk.ChangeAsync(turn =>
        desk.Books.Find<DisputeEntry>(turn.Books, "dispute", id) is { Object.Status: "needs_response" } entry
            ? new Change(End(turn, entry, "lost").Object, Event, entry.Key)
            : null);

    private Task<BankAnswer> AnswerAsync(BankCall call, string dispute, Func<BankTurn, DisputeEntry, Done> act) => desk.CarryOutAsync(call, "dispute_answer", turn =>
    {
        if (desk.Books.Find<DisputeEntry>(turn.Books, "dispute", dispute) is not { } entry) return Done.NotFound;
        if (entry.Object.Status != "needs_response") return Done.Refused(400, "dispute_closed", $"The dispute is {entry.Object.Status}.");
        return turn.Now >= entry.Object.RespondBy ? Done.Refused(400, "too_late", "The time to respond has passed.") : act(turn, entry);
    });

    private DisputeEntry End(BankTurn turn, DisputeEntry entry, string status)
    {
        var after = entry with { Object = entry.Object with { Status = status, RespondBy = null } };
        desk.Books.Replace(turn.Books, after);
        if (status == "won")
        {
            var capture = desk.Books.Find<CaptureEntry>(turn.Books, "capture", entry.Object.Capture)!;
            desk.Books.Replace(turn.Books, capture with { Disputed = capture.Disputed - entry.Object.Amount });
        }

        return after;
    }
}
