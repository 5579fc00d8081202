using Hub.Actors.Journal;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Disputes;

namespace Hub.Actors.Audit;

/// <summary>Invariants 7 and 8: every money event is posted once, balanced, and as it says.</summary>
internal sealed class LedgerAudit(Findings findings)
{
    private readonly Dictionary<(string Account, string Currency), long> _balances = [];

    /// <summary>What the lines so far sum to, by account and currency; accounts at zero too.</summary>
    public IReadOnlyList<Balance> Balances =>
    [
        .. _balances.OrderBy(b => b.Key.Account, StringComparer.Ordinal).ThenBy(b => b.Key.Currency, StringComparer.Ordinal)
            .Select(b => new Balance(new Account(b.Key.Account), new Amount(b.Value, Currency.Parse(b.Key.Currency)))),
    ];

    /// <summary>Takes the next event.</summary>
    public void Read(RecordedEvent recorded)
    {
        var expected = Of(recorded.Body);
        if (expected is null && recorded.Postings is null or { Count: 0 })
        {
            return;
        }

        findings.Looked(7);
        findings.Looked(8);
        var lines = recorded.Postings ?? expected!.Value.Lines();
        CheckBalance(recorded.Body, lines);
        CheckSaysTheSame(recorded.Body, expected, lines);
        foreach (var line in lines)
        {
            var key = (line.Account.Name, line.Amount.Currency.Code);
            _balances[key] = _balances.GetValueOrDefault(key) + line.Amount.Minor;
        }
    }

    /// <summary>Compares a table of balances with the sums of the postings read so far.</summary>
    public void Compare(IReadOnlyList<Balance> table)
    {
        findings.Looked(7);
        var rest = new Dictionary<(string, string), long>(_balances);
        foreach (var balance in table)
        {
            var key = (balance.Account.Name, balance.Amount.Currency.Code);
            if (!rest.Remove(key, out var sum) ? balance.Amount.Minor != 0 : sum != balance.Amount.Minor)
            {
                findings.Report(7, "", 0, $"the balance of {key.Name} in {key.Code} is {balance.Amount.Minor}; its postings sum to {sum}");
            }
        }

        foreach (var ((account, currency), sum) in rest.Where(b => b.Value != 0).OrderBy(b => b.Key.Item1, StringComparer.Ordinal))
        {
            findings.Report(7, "", 0, $"the balance of {account} in {currency} is missing; its postings sum to {sum}");
        }
    }

    /// <summary>Where an event moves money from and to; <c>null</c> when it moves none. Said here once more: the hub's own rule is what is audited.</summary>
    internal static Move? Of(Event happened) => happened switch
    {
        PaymentEvent.CaptureSucceeded e => new Move(e.Amount, Payable(e.Merchant), Clearing(e.Gateway)),
        PaymentEvent.Debited e => new Move(e.Amount, Payable(e.Merchant), Clearing(e.Gateway)),
        PaymentEvent.CaptureReturned e => new Move(e.Amount, Clearing(e.Gateway), Payable(e.Merchant)),
        PaymentEvent.DisputeOpened e => new Move(e.Amount, Clearing(e.Gateway), Aside(e.Merchant)),
        PaymentEvent.DisputeClosed e => new Move(e.Amount, Aside(e.Merchant), e.Status is DisputeStatus.Won ? Clearing(e.Gateway) : Payable(e.Merchant)),
        PaymentEvent.RefundApproved e => new Move(e.Amount, Ordered(e.Merchant), Payable(e.Merchant)),
        PaymentEvent.RefundRequested e => new Move(e.Amount, Ordered(e.Merchant), Payable(e.Merchant)),
        PaymentEvent.RefundSucceeded e => new Move(e.Amount, Clearing(e.Gateway), Ordered(e.Merchant)),
        PaymentEvent.RefundFailed e => new Move(e.Amount, Payable(e.Merchant), Ordered(e.Merchant)),
        PaymentEvent.RefundReversed e => new Move(e.Amount, Payable(e.Merchant), Clearing(e.Gateway)),
        PaymentEvent.RefundCameLate e => new Move(e.Amount, Clearing(e.Gateway), Payable(e.Merchant)),
        CustomerEvent.ECashToppedUp e => new Move(e.Amount, Cash(e.Customer), Payable(e.Merchant)),
        CustomerEvent.ECashSpent e => new Move(e.Amount, Clearing("ecash"), Cash(e.Customer)),
        CustomerEvent.ECashRefunded e => new Move(e.Amount, Cash(e.Customer), Clearing("ecash")),
        PaymentEvent.SuspenseReleased e => new Move(e.Amount, Clearing(e.Gateway), $"suspense:{e.Gateway}"),
        PaymentEvent.Quarantined { Moved: true, Reported.Minor: not 0 } e => new Move(e.Reported, $"suspense:{e.Gateway}", Clearing(e.Gateway)),
        _ => null,
    };

    private static string Payable(string merchant) => $"merchant_payable:{merchant}";

    private static string Cash(string customer) => $"customer_ecash:{customer}";

    private static string Clearing(string gateway) => $"gateway_clearing:{gateway}";

    private static string Aside(string merchant) => $"disputes:{merchant}";

    private static string Ordered(string merchant) => $"refunds:{merchant}";

    private void CheckBalance(Event happened, IReadOnlyList<BookLine> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var sum = 0L;
            foreach (var line in lines)
            {
                sum += line.Amount.Currency == lines[i].Amount.Currency ? line.Amount.Minor : 0;
            }

            if (sum != 0)
            {
                findings.Report(7, $"the postings of {Words.NameOf(happened)} sum to {sum} {lines[i].Amount.Currency.Code}");
                return;
            }
        }
    }

    private void CheckSaysTheSame(Event happened, Move? expected, IReadOnlyList<BookLine> lines)
    {
        if (expected is not { } move)
        {
            findings.Report(8, $"{Words.NameOf(happened)} moves no money and has {lines.Count} postings");
        }
        else if (lines.Count != 2)
        {
            findings.Report(8, $"{Words.NameOf(happened)} has {lines.Count} postings; one set has two");
        }
        else if (!move.Is(lines[0], lines[1]) && !move.Is(lines[1], lines[0]))
        {
            findings.Report(8, $"{Words.NameOf(happened)} of {move.Amount} is posted otherwise");
        }
    }

    /// <summary>Money from one account to another.</summary>
    internal readonly record struct Move(Amount Amount, string From, string To)
    {
        /// <summary>As two lines.</summary>
        public IReadOnlyList<BookLine> Lines() =>
            [new BookLine(new Account(To), Amount), new BookLine(new Account(From), new Amount(-Amount.Minor, Amount.Currency))];

        /// <summary>Whether two lines are this move.</summary>
        public bool Is(BookLine to, BookLine from) =>
            to.Account.Name == To && to.Amount == Amount && from.Account.Name == From && from.Amount.Currency == Amount.Currency && from.Amount.Minor == -Amount.Minor;
    }
}
