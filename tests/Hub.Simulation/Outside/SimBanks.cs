namespace Hub.Simulation.Outside;

/// <summary>What sort of bank it is.</summary>
/// <param name="Party">Its name in the story.</param>
/// <param name="Gateway">Its connector's name in the hub.</param>
/// <param name="Word">Its word for what an authorization makes.</param>
internal sealed record BankKind(string Party, string Gateway, string Word)
{
    /// <summary>Holds money on cards.</summary>
    public static BankKind Cards { get; } = new("bank", "sandbox", "authorization");

    /// <summary>Another that does, for when the first cannot be reached.</summary>
    public static BankKind OtherCards { get; } = new("second bank", "sandbox_b", "authorization");

    /// <summary>Customers pay at its own page, and the money moves at once.</summary>
    public static BankKind NetBanking { get; } = new("net bank", "sandbox_netbank", "order");

    /// <summary>Debits accounts at once; days later it clears, or goes back.</summary>
    public static BankKind Debits { get; } = new("debit bank", "sandbox_debit", "debit");
}

/// <summary>Every bank of a world, and their books side by side.</summary>
internal sealed class SimBanks
{
    /// <summary>The banks of a world.</summary>
    public SimBanks(Core.World world, Core.Mix mix)
    {
        (Cards, OtherCards, NetBanking, Debits) = (New(BankKind.Cards), New(BankKind.OtherCards), New(BankKind.NetBanking), New(BankKind.Debits));
        All = [Cards, OtherCards, NetBanking, Debits];
        Stripe = new SimStripe(world, mix, Entries);

        SimBank New(BankKind kind) => new(world, mix, kind, Entries);
    }

    /// <summary>Cards.</summary>
    public SimBank Cards { get; }

    /// <summary>Cards, where the first cannot be reached.</summary>
    public SimBank OtherCards { get; }

    /// <summary>Accounts, at the bank's page.</summary>
    public SimBank NetBanking { get; }

    /// <summary>E-checks.</summary>
    public SimBank Debits { get; }

    /// <summary>The sandbox's banks.</summary>
    public IReadOnlyList<SimBank> All { get; }

    /// <summary>Cards, at Stripe.</summary>
    public SimStripe Stripe { get; }

    /// <summary>What stored value was moved under a key.</summary>
    public Func<string, BankEntry?> FindECash { get; set; } = _ => null;

    /// <summary>Everything they carried out or refused, in order.</summary>
    public List<BankEntry> Entries { get; } = [];

    /// <summary>What the people of the banks see when they look a key up.</summary>
    public BankEntry? Find(string key) => All.Select(bank => bank.Find(key)).FirstOrDefault(entry => entry is not null) ?? Stripe.Look(key) ?? FindECash(key);
}
