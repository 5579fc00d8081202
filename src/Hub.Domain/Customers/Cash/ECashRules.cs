using Hub.Domain.Kernel;
using Hub.Domain.Ledger;
using Hub.Domain.Money;

namespace Hub.Domain.Customers.Cash;

/// <summary>Stored value: topped up, held while a payment is open, spent or released. One customer's turn decides, so nothing is spent twice.</summary>
/// <remarks>Each command carries the key of the bank operation it stands for; the same key again changes nothing (invariants 9 and 10).</remarks>
internal static class ECashRules
{
    // Precedence is part of the API: the first failed check is the code the caller sees.
    internal static Decision<CustomerEvent> TopUp(CustomerCommand.TopUpECash c, DateTimeOffset at, Customer customer)
    {
        if (customer.Cash.TopUps.Contains(c.Id)) return Decision<CustomerEvent>.Nothing;
        if (c.Amount.Minor <= 0) return RejectionCode.AmountNotPositive;
        if (c.Amount.Minor > Amount.MaxMinor || customer.Cash.Balance(c.Amount.Currency) > Amount.MaxMinor - c.Amount.Minor) return RejectionCode.AmountTooLarge;
        List<CustomerEvent> events = [new CustomerEvent.ECashToppedUp(c.Id, c.Amount, customer.Id, customer.Merchant, c.By, at)];
        if (!customer.Instruments.Any(i => i.Type == Payments.InstrumentType.ECash)) events.Add(new CustomerEvent.InstrumentAdded(InstrumentOf(customer.Id), at));
        return events;
    }

    internal static Decision<CustomerEvent> Hold(CustomerCommand.HoldECash c, Customer customer)
    {
        if (customer.Cash.Find(c.Key) is not null) return Decision<CustomerEvent>.Nothing;
        return c.Amount.Minor > customer.Cash.Available(c.Amount.Currency)
            ? RejectionCode.ECashInsufficient
            : new CustomerEvent.ECashHeld(c.Key, c.Amount);
    }

    internal static Decision<CustomerEvent> Spend(CustomerCommand.SpendECash c, Customer customer)
    {
        if (customer.Cash.Find(c.Hold) is not { } hold) return RejectionCode.NoSuchHold;
        if (hold.Spent.Any(m => m.Key == c.Key)) return Decision<CustomerEvent>.Nothing;
        if (c.Amount.Currency != hold.Amount.Currency || c.Amount.Minor <= 0 || c.Amount.Minor > hold.Open) return RejectionCode.ECashInsufficient;
        return new CustomerEvent.ECashSpent(c.Hold, c.Key, c.Amount, c.Final || c.Amount.Minor == hold.Open, customer.Id);
    }

    internal static Decision<CustomerEvent> Release(CustomerCommand.ReleaseECash c, Customer customer) => customer.Cash.Find(c.Hold) switch
    {
        null => RejectionCode.NoSuchHold,
        { Status: ECashHoldStatus.Held } => new CustomerEvent.ECashReleased(c.Hold),
        _ => Decision<CustomerEvent>.Nothing,
    };

    internal static Decision<CustomerEvent> Refund(CustomerCommand.RefundECash c, Customer customer)
    {
        if (customer.Cash.Holds.FirstOrDefault(h => h.Spent.Any(m => m.Key == c.Spent)) is not { } hold) return RejectionCode.NoSuchHold;
        if (hold.Refunded.Any(m => m.Key == c.Key)) return Decision<CustomerEvent>.Nothing;
        var left = hold.Spent.Sum(m => m.Amount.Minor) - hold.Refunded.Sum(m => m.Amount.Minor);
        return c.Amount.Currency == hold.Amount.Currency && c.Amount.Minor > 0 && c.Amount.Minor <= left
            ? new CustomerEvent.ECashRefunded(hold.Key, c.Key, c.Amount, customer.Id)
            : RejectionCode.ECashInsufficient;
    }

    internal static ECash Evolve(ECash cash, CustomerEvent happened) => happened switch
    {
        CustomerEvent.ECashToppedUp e => Moved(cash, e.Amount.Currency, e.Amount.Minor) with { TopUps = cash.TopUps.Add(e.TopUp) },
        CustomerEvent.ECashHeld e => cash with { Holds = cash.Holds.Add(new ECashHold(e.Key, e.Amount, ECashHoldStatus.Held)) },
        CustomerEvent.ECashSpent e => Hold(Moved(cash, e.Amount.Currency, -e.Amount.Minor), e.Hold, h => h with
        {
            Spent = h.Spent.Add(new ECashMove(e.Key, e.Amount)),
            Status = e.Final ? ECashHoldStatus.Spent : h.Status,
        }),
        CustomerEvent.ECashReleased e => Hold(cash, e.Hold, h => h with { Status = ECashHoldStatus.Released }),
        CustomerEvent.ECashRefunded e => Hold(Moved(cash, e.Amount.Currency, e.Amount.Minor), e.Hold, h => h with { Refunded = h.Refunded.Add(new ECashMove(e.Key, e.Amount)) }),
        _ => cash,
    };

    /// <summary>The merchant pays for a top-up; what is spent comes through a gateway like any other bank's money.</summary>
    internal static IEnumerable<PostingSet> Postings(CustomerEvent happened) => happened switch
    {
        CustomerEvent.ECashToppedUp e => [PostingSet.Move(e.Amount, Account.CustomerECash(e.Customer), Account.MerchantPayable(e.Merchant))],
        CustomerEvent.ECashSpent e => [PostingSet.Move(e.Amount, Account.GatewayClearing(ECash.Gateway), Account.CustomerECash(e.Customer))],
        CustomerEvent.ECashRefunded e => [PostingSet.Move(e.Amount, Account.CustomerECash(e.Customer), Account.GatewayClearing(ECash.Gateway))],
        _ => [],
    };

    private static Payments.InstrumentRef InstrumentOf(string customer) =>
        new($"ins_{customer[(customer.IndexOf('_', StringComparison.Ordinal) + 1)..]}e", Payments.InstrumentType.ECash, ECash.Gateway, "", 0, 0);

    private static ECash Moved(ECash cash, Currency currency, long minor)
    {
        for (var i = 0; i < cash.Balances.Count; i++)
        {
            if (cash.Balances[i].Currency == currency) return cash with { Balances = cash.Balances.With(i, new Amount(cash.Balances[i].Minor + minor, currency)) };
        }

        return cash with { Balances = cash.Balances.Add(new Amount(minor, currency)) };
    }

    private static ECash Hold(ECash cash, string key, Func<ECashHold, ECashHold> change) =>
        cash with { Holds = cash.Holds.Select(h => h.Key == key ? change(h) : h).ToEquatableArray() };
}
