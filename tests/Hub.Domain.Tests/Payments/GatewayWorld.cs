using Hub.Domain.Confirmations;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Disputes;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>Payments at gateways that cannot do everything, and what banks say only there.</summary>
internal static class GatewayWorld
{
    internal const string Movement = "move_1";

    internal static readonly GatewayTerms AtOnce = GatewayTerms.Full with { Hold = false, PartialCapture = false, MultiCapture = false };
    internal static readonly InstrumentRef Account = new("ins_2", InstrumentType.BankAccount, "north", "", 0, 0);
    internal static readonly GatewayChoice NetBank = new("netbank", AtOnce, "its bank");
    internal static readonly DateTimeOffset RespondBy = Noon.AddDays(9);

    internal static GatewayChoice Choice(string gateway, GatewayTerms terms) => new(gateway, terms, "fits");

    internal static PaymentCommand.Submit SubmitTo(params IReadOnlyList<GatewayChoice> gateways) => Submit with { Gateways = [.. gateways] };

    /// <summary>Pays from a bank account that moves money at once.</summary>
    internal static PaymentCommand.Submit SubmitAccount { get; } = SubmitTo(NetBank) with { Instrument = Account, SecurityCode = null };

    internal static PaymentRun Unasked(DateTimeOffset? deadline = null) => Created(deadline: deadline).Do(SubmitAccount, Noon);

    internal static PaymentRun AskedFirst(DateTimeOffset? deadline = null) => Unasked(deadline).Ask("att_1_1");

    internal static PaymentRun Agreed(DateTimeOffset? deadline = null) => AskedFirst(deadline).Do(Pay(), Noon);

    internal static PaymentRun Debiting(DateTimeOffset? deadline = null) => Agreed(deadline).Start(Authorize);

    internal static PaymentRun Debited() => Debiting().Bank(Authorize, Moved());

    /// <summary>The customer acted at the bank and went away, and the payment was canceled.</summary>
    internal static PaymentRun LeftTheBank() => Debiting().Bank(Authorize, new BankAnswer.ActionRequired("page_1", "https://bank.example"))
        .Do(new PaymentCommand.Cancel("mer_1", "left"), Noon);

    internal static PaymentRun Disputed(long cents = 50_00, DisputeStatus status = DisputeStatus.NeedsResponse) => Captured().Do(Dispute(cents, status), Noon);

    internal static PaymentRun RefundWaits(long cents = 50_00) =>
        Captured().Do(new PaymentCommand.Refund(Eur(cents), "broken", "staff_1"), Noon.AddMonths(4));

    /// <summary>Prepared at the bank: the next call carries it out.</summary>
    internal static PaymentRun Prepared() => Authorizing().Bank(Authorize, new BankAnswer.Prepared("intent_1"));

    internal static PaymentRun Ask(this PaymentRun run, string attempt) => run.Do(new PaymentCommand.RequestConfirmation(attempt, Expected), Noon);

    internal static BankAnswer.Captured Moved(long cents = 50_00, string id = Movement) => new(id, Eur(cents));

    internal static BankAnswer.Cleared Cleared(long cents = 50_00) => new(Movement, Eur(cents));

    internal static BankAnswer.Returned Returned(long cents = 50_00) => new(Movement, Eur(cents), "account_closed");

    internal static PaymentCommand.ReportDispute Dispute(long cents = 50_00, DisputeStatus status = DisputeStatus.NeedsResponse, string id = "case_1", string operation = CaptureKey) =>
        new(operation, "sandbox", id, status, Eur(cents), "not_received", RespondBy);

    internal static Dictionary<string, long> Balances(this PaymentRun run) => run.History.SelectMany(PaymentDecider.Postings)
        .SelectMany(set => set.Postings).GroupBy(p => p.Account.Name).ToDictionary(g => g.Key, g => g.Sum(p => p.Minor));

    /// <summary>Every order of these, and every order of these with one of them twice.</summary>
    internal static IEnumerable<IReadOnlyList<T>> OrdersOf<T>(IReadOnlyList<T> items)
    {
        var lists = items.Select((_, i) => (IReadOnlyList<T>)[.. items, items[i]]).Prepend(items);
        return lists.SelectMany(Permutations);
    }

    private static IEnumerable<IReadOnlyList<T>> Permutations<T>(IReadOnlyList<T> items) => items.Count <= 1
        ? [items]
        : Enumerable.Range(0, items.Count).SelectMany(i => Permutations([.. items.Take(i), .. items.Skip(i + 1)]).Select(rest => (IReadOnlyList<T>)[items[i], .. rest]));
}
