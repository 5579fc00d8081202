using System.Globalization;
using Hub.Gateways.SandboxBank;

namespace Hub.Sandbox.Bank.Accounts;

/// <summary>Net banking: the customer signs in at their own bank and sends the money themselves. Several banks behind one API.</summary>
internal sealed class NetBank(BankDesk desk) : IBank
{
    /// <summary>Wrong passwords until the order is locked.</summary>
    internal const int MaxWrong = 3;

    private const string Expire = "expire_order";
    private const string Recall = "recall_order";
    private const string Event = "order.updated";

    /// <summary>How long a customer may take.</summary>
    internal static readonly TimeSpan OrderLife = TimeSpan.FromMinutes(30);

    internal static IReadOnlyDictionary<string, Func<string, IBankEntry>> Kinds { get; } = new Dictionary<string, Func<string, IBankEntry>>(StringComparer.Ordinal)
    {
        [NetOrderEntry.Kind] = SandboxJson.Read<NetOrderEntry>,
        [AccountRefundEntry.Kind] = SandboxJson.Read<AccountRefundEntry>,
    };

    /// <inheritdoc/>
    public BankIdentity Identity => desk.Bank;

    internal BankDesk Desk => desk;

    /// <summary>What was sent: paid back, and shown.</summary>
    internal MovedMoney<NetOrderEntry> Moved { get; } = new(desk, NetOrderEntry.Kind);

    internal static string? WrongWith(NetOrderRequest asked) => asked switch
    {
        _ when BankRules.WrongWithAmount(asked.Amount) is { } wrong => wrong,
        _ when !Hub.Domain.Money.Currency.TryParse(asked.Currency, out _) => "currency",
        _ when NetCustomers.Of(asked.Bank) is null => "bank",
        { Payee.Length: 0 or > 200 } => "payee",
        { ReturnUrl: { } url } when !Uri.TryCreate(url, UriKind.Absolute, out var back) || back.Scheme is not ("http" or "https") || url.Length > 2_000 => "return_url",
        _ => BankRules.WrongWithReference(asked.Reference),
    };

    /// <summary>Opens an order that waits for the customer.</summary>
    internal Task<BankAnswer> OrderAsync(BankCall call, NetOrderRequest asked) => desk.CarryOutAsync(call, NetOrderEntry.Kind, turn =>
    {
        if (asked.Bank == NetCustomers.Down) return Done.Refused(503, NetBanks.DownCode, "The bank is down; nothing was begun.");
        var id = desk.NewId("bno");
        var page = $"{desk.Options.HubUrl.ToString().TrimEnd('/')}/sandbox/bank?order={id}";
        var shown = new NetOrder(id, "requires_action", asked.Bank, asked.Amount, asked.Currency, asked.Reference, null, null, page, null);
        desk.Books.Add(turn.Books, NetOrderEntry.Kind, null, new NetOrderEntry(shown, call.Key, asked.Payee, asked.ReturnUrl, 0, null, 0, turn.Now));
        return new Done(201, shown, null) { Late = [desk.Later(turn, Expire, id, call.Key, OrderLife)] };
    });

    /// <summary>The customer's number and password at the bank's page.</summary>
    internal async Task<SignIn> SignInAsync(string id, string number, string password)
    {
        SignIn outcome = new SignIn.Closed();
        await desk.ChangeAsync(turn =>
        {
            if (Find(turn, id) is not { Object.Status: "requires_action" } entry) return null;
            if (NetCustomers.Of(entry.Object.Bank)!.Is(number, password))
            {
                var session = desk.NewId("bse");
                desk.Books.Replace(turn.Books, entry with { Session = session, Wrong = 0 });
                outcome = new SignIn.Opened(session, entry);
                return null;
            }

            var after = entry with { Wrong = entry.Wrong + 1 };
            var locked = after.Wrong >= MaxWrong;
            if (locked) after = after with { Object = Ended(after.Object, "declined") with { DeclineCode = "customer_locked" } };
            desk.Books.Replace(turn.Books, after);
            outcome = new SignIn.Wrong(MaxWrong - after.Wrong);
            return locked ? Told(after) : null;
        });
        return outcome;
    }

    /// <summary>The customer's answer.</summary>
    /// <param name="id">The order.</param>
    /// <param name="session">From the sign-in.</param>
    /// <param name="approve">Yes or no.</param>
    /// <returns>The order after it; <c>null</c> where it is not theirs to answer, or not any more.</returns>
    internal async Task<NetOrderEntry?> AnswerAsync(string id, string session, bool approve)
    {
        NetOrderEntry? answered = null;
        await desk.ChangeAsync(turn =>
        {
            if (Find(turn, id) is not { Object.Status: "requires_action", Session: { } signedIn } entry || signedIn != session) return null;
            var after = entry with
            {
                Session = null,
                Object = approve
                    ? Ended(entry.Object, "succeeded") with { Transfer = desk.Sign(TransferStatement.Captured, entry.Key, entry.Object, entry.Payee, turn.Now) }
                    : Ended(entry.Object, "declined") with { DeclineCode = "customer_denied" },
            };
            desk.Books.Replace(turn.Books, after);
            answered = after with { ReturnUrl = WayBack(after, turn.Now) };
            return Told(after) with { Late = approve && after.Object.Bank == NetCustomers.RecallsLater ? [desk.Later(turn, Recall, id, entry.Key, 2 * desk.Options.BankDay)] : [] };
        });
        return answered;
    }

    /// <summary>The money goes back to the customer.</summary>
    /// <returns>The order, or <c>null</c> where no money moved.</returns>
    internal Task<IBankObject?> RecallAsync(string id) => desk.ChangeAsync(turn =>
    {
        if (Find(turn, id) is not { Object.Status: "succeeded" } entry) return null;
        var back = desk.Sign(TransferStatement.Returned, entry.Key, entry.Object, entry.Payee, turn.Now);
        var after = entry with { Object = entry.Object with { Status = "returned", ReturnCode = "payment_recalled", Transfer = back } };
        desk.Books.Replace(turn.Books, after);
        return new Change(after.Object, Event, after.Key);
    });

    /// <inheritdoc/>
    public Task WorkAsync(string job, string id) => job switch
    {
        Recall => RecallAsync(id),
        Expire => ExpireAsync(id),
        _ => throw new InvalidOperationException($"The bank knows no job called {job}."),
    };

    /// <summary>One order as it lies in the books.</summary>
    internal NetOrderEntry? Entry(string id) => desk.Read(t => desk.Books.Find<NetOrderEntry>(t, NetOrderEntry.Kind, id));

    private Task<IBankObject?> ExpireAsync(string id) => desk.ChangeAsync(turn =>
    {
        if (Find(turn, id) is not { Object.Status: "requires_action" } entry) return null;
        var after = entry with { Object = Ended(entry.Object, "declined") with { DeclineCode = "customer_left" } };
        desk.Books.Replace(turn.Books, after);
        return Told(after);
    });

    private NetOrderEntry? Find(BankTurn turn, string id) => desk.Books.Find<NetOrderEntry>(turn.Books, NetOrderEntry.Kind, id);

    private static NetOrder Ended(NetOrder order, string status) => order with { Status = status, ActionUrl = null };

    private static Change Told(NetOrderEntry entry) =>
        new(entry.Object, entry.Object.Bank == NetCustomers.ReturnLost ? null : Event, entry.Key);

    /// <summary>The way back to the shop, with the answer signed into it.</summary>
    private string? WayBack(NetOrderEntry entry, DateTimeOffset now)
    {
        if (entry.ReturnUrl is not { } url || entry.Object.Bank == NetCustomers.ReturnLost) return null;
        var order = entry.Object;
        var signed = order.Transfer ?? desk.Sign(TransferStatement.Declined, entry.Key, order, entry.Payee, now);
        var said = new TransferStatement(Identity.Name, signed.Kind, entry.Key, order.Id, order.Amount, order.Currency, entry.Payee, signed.At);
        var query = string.Join('&', NetBankReturn.Write(said, signed.Signature).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
        return string.Create(CultureInfo.InvariantCulture, $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}");
    }
}

/// <summary>How a sign-in at the bank's page went.</summary>
internal abstract record SignIn
{
    /// <summary>The order may be seen and answered.</summary>
    internal sealed record Opened(string Session, NetOrderEntry Entry) : SignIn;

    /// <summary>Not this number and password; so many tries are left.</summary>
    internal sealed record Wrong(int Left) : SignIn;

    /// <summary>Nothing waits for anybody here.</summary>
    internal sealed record Closed : SignIn;
}
