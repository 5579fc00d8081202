using Hub.Actors.Journal;
using Hub.Domain.Customers;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Simulation.Core;
using Hub.Simulation.Disk;
using Hub.Simulation.Outside;
using Account = Hub.Domain.Ledger.Account;

namespace Hub.Simulation.Checks;

/// <summary>
/// What every customer's stored value must be, added up from the customers' own journals and from nothing the rules say of it. Each
/// movement goes into the banks' books as well, so that what the payments believe is compared with it as with any other bank.
/// </summary>
internal sealed class ECashBooks(World world, SimBanks banks)
{
    private readonly SortedDictionary<string, Purse> _purses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BankEntry> _moves = new(StringComparer.Ordinal);
    private readonly HashSet<string> _started = new(StringComparer.Ordinal);

    /// <summary>What the customer's actor did under a key.</summary>
    public BankEntry? Find(string key) => _moves.GetValueOrDefault(key);

    /// <summary>A transaction became durable (invariants 9 and 10).</summary>
    public void Durable(IReadOnlyList<JournalWrite> transaction, IReadOnlyList<WriteResult> results)
    {
        for (var i = 0; i < transaction.Count; i++)
        {
            if (transaction[i] is not JournalWrite.Append append || results[i] is not WriteResult.Appended)
            {
                continue;
            }

            foreach (var happened in append.Events)
            {
                switch (happened.Body)
                {
                    case PaymentEvent.BankCallStarted e: _started.Add(e.Operation); break;
                    case CustomerEvent e: Read(append, e); break;
                }
            }
        }
    }

    /// <summary>Somebody was told that a customer's value was topped up.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="asked">How often anybody asked for it.</param>
    /// <param name="acknowledged">Which amounts the hub said it had added; no two are alike.</param>
    public void CompareTopUps(string customer, int asked, IReadOnlyCollection<long> acknowledged)
    {
        var purse = PurseOf(customer);
        if (purse.TopUps.Count > asked || acknowledged.Any(amount => purse.TopUps.Count(top => top == amount) != 1))
        {
            world.Break(10, $"{customer} was topped up with {string.Join(' ', purse.TopUps)}, and the hub said so of {string.Join(' ', acknowledged)}");
        }
    }

    /// <summary>Nothing is in flight any more: nothing is held, and hub, ledger and journal have one balance.</summary>
    /// <param name="disk">The ledger.</param>
    /// <param name="state">The customer as the hub has it.</param>
    public void AtRest(SimDisk disk, Customer state)
    {
        var (purse, euro) = (PurseOf(state.Id), Currency.Parse("EUR"));
        if (purse.Held != 0)
        {
            world.Break(10, $"{purse.Held} of {state.Id}'s stored value are held for nobody");
        }

        var posted = -disk.Tables.Balances().Where(row => row.Account == Account.CustomerECash(state.Id)).Sum(row => row.Amount.Minor);
        if (state.Cash.Balance(euro) != purse.Balance || state.Cash.Available(euro) != purse.Balance || posted != purse.Balance)
        {
            world.Break(10, $"{state.Id} has {purse.Balance} by the journal, {state.Cash.Balance(euro)} by the hub, and {posted} by the ledger");
        }

        world.Counters.Add("purses compared with hub and ledger");
    }

    private void Read(JournalWrite.Append append, CustomerEvent happened)
    {
        var customer = append.Stream[(append.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var purse = PurseOf(customer);
        switch (happened)
        {
            case CustomerEvent.ECashToppedUp e:
                world.Counters.Add("e-cash: topped up");
                purse.Balance += e.Amount.Minor;
                purse.TopUps.Add(e.Amount.Minor);
                break;
            case CustomerEvent.ECashHeld e:
                purse.Held += Enter("authorization", customer, e.Key, null, e.Amount.Minor, "authorized").Amount;
                break;
            case CustomerEvent.ECashSpent e when Find(e.Hold) is { } hold:
                var spent = Enter("capture", customer, e.Key, hold, e.Amount.Minor, "succeeded");
                hold.Taken += spent.Amount;
                (purse.Balance, purse.Held) = (purse.Balance - spent.Amount, purse.Held - (e.Final ? spent.Amount + hold.Amount - hold.Taken : spent.Amount));
                hold.Closed = e.Final;
                break;
            case CustomerEvent.ECashReleased e when Find(e.Hold) is { Voided: false, Closed: false } hold:
                Enter("void", customer, KeyOf(append.CommandId), hold, 0, "succeeded");
                purse.Held -= hold.Amount - hold.Taken;
                hold.Voided = true;
                break;
            case CustomerEvent.ECashRefunded e:
                purse.Balance += Enter("refund", customer, e.Key, Find(e.Hold), e.Amount.Minor, "succeeded").Amount;
                break;
            case CustomerEvent.ECashSpent or CustomerEvent.ECashReleased:
                world.Break(10, $"{customer}: {happened} of a hold that does not stand");
                break;
        }

        if (purse.Held < 0 || purse.Balance < purse.Held)
        {
            world.Break(10, $"{customer} has {purse.Balance} of stored value, and {purse.Held} of it are held");
        }
    }

    private BankEntry Enter(string kind, string customer, string key, BankEntry? of, long amount, string status)
    {
        world.Counters.Add($"e-cash: {kind}");
        var entry = new BankEntry(kind, $"{customer}:{key}", amount)
        {
            Key = key, Reference = $"{Payment.IdOfPart(key)}/{key}", Gateway = "ecash", Parent = of, Status = status, HeldUntil = DateTimeOffset.MaxValue,
        };
        if (!_moves.TryAdd(key, entry))
        {
            world.Break(10, $"{customer}'s stored value was moved twice under {key}");
        }

        if (!_started.Contains(key))
        {
            world.Break(9, $"{customer}'s stored value was moved under {key}, and the payment had not begun that");
        }

        banks.Entries.Add(entry);
        return entry;
    }

    private Purse PurseOf(string customer) => _purses.TryGetValue(customer, out var purse) ? purse : _purses[customer] = new Purse();

    // A planted bug may have added something of its own.
    private static string KeyOf(string commandId) => commandId["ecash:".Length..].Split('#')[0];

    private sealed class Purse
    {
        public long Balance { get; set; }

        public long Held { get; set; }

        public List<long> TopUps { get; } = [];
    }
}
