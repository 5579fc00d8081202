using Orleans;
using Orleans.Runtime;

namespace Hub.Bench.Rivals.Naive;

/// <summary>One text under a name: whose session, whose key, a signing key, that an order's reference is taken.</summary>
public interface IEntryGrain : IGrainWithStringKey
{
    Task<string?> GetAsync();

    /// <returns>Whether it was free, or had this text already.</returns>
    Task<bool> SetAsync(string text);
}

/// <summary>An order.</summary>
public interface IOrderGrain : IGrainWithStringKey
{
    Task<Placed> PlaceAsync(string merchant, string customer, string currency, long total, string hash, string document);

    Task<Placed> ShowAsync();

    Task<string> AcceptAsync(string key, string customer, string hash);

    /// <returns>The payment's id; empty where it may not be opened.</returns>
    Task<string> OpenPaymentAsync(string key, string merchant);

    Task PaidAsync();
}

/// <summary>A payment with its attempt, confirmation, capture and postings.</summary>
public interface IPaymentGrain : IGrainWithStringKey
{
    Task CreateAsync(string order, string customer, long amount, string currency);

    Task<PaymentRecord> ShowAsync();

    /// <returns>The attempt; empty where none may be begun.</returns>
    Task<string> StartAsync(string key, string customer);

    Task AuthorizedAsync(string authorization);

    Task SentAsync();

    /// <returns>The capture; empty where there is nothing to take.</returns>
    Task<string> MatchAsync();

    Task CapturedAsync(string capture);

    Task ReportedAsync(string report);
}

/// <summary>A phone and the codes that are open there.</summary>
public interface IPhoneGrain : IGrainWithStringKey
{
    Task OpenAsync(string code, string payment);

    /// <returns>The payment that the code stands for; empty for a wrong code or a repeat.</returns>
    Task<string> TakeAsync(string sid, string code);
}

/// <summary>One text message.</summary>
public interface IMessageGrain : IGrainWithStringKey
{
    Task AdvanceAsync(int rank);
}

[GenerateSerializer]
public sealed class Entry
{
    [Id(0)] public string? Text { get; set; }
}

[GenerateSerializer]
public sealed class Placed
{
    [Id(0)] public string Merchant { get; set; } = "";
    [Id(1)] public string Customer { get; set; } = "";
    [Id(2)] public string Currency { get; set; } = "";
    [Id(3)] public long Total { get; set; }
    [Id(4)] public string Hash { get; set; } = "";
    [Id(5)] public string Document { get; set; } = "";
    [Id(6)] public string Status { get; set; } = "";
    [Id(7)] public string Payment { get; set; } = "";
    [Id(8)] public Dictionary<string, string> Answers { get; set; } = [];
}

[GenerateSerializer]
public sealed class PaymentRecord
{
    [Id(0)] public string Order { get; set; } = "";
    [Id(1)] public string Customer { get; set; } = "";
    [Id(2)] public long Amount { get; set; }
    [Id(3)] public string Currency { get; set; } = "";
    [Id(4)] public string Status { get; set; } = "";
    [Id(5)] public string? Confirmation { get; set; }
    [Id(6)] public string Attempt { get; set; } = "";
    [Id(7)] public string Authorization { get; set; } = "";
    [Id(8)] public string Capture { get; set; } = "";
    [Id(9)] public List<string> Reports { get; set; } = [];
    [Id(10)] public Dictionary<string, long> Postings { get; set; } = [];
    [Id(11)] public Dictionary<string, string> Answers { get; set; } = [];
}

[GenerateSerializer]
public sealed class Phone
{
    [Id(0)] public Dictionary<string, string> Open { get; set; } = [];
    [Id(1)] public List<string> Taken { get; set; } = [];
}

[GenerateSerializer]
public sealed class Message
{
    [Id(0)] public int Rank { get; set; }
}

[GrainType("naive-entry")]
internal sealed class EntryGrain([PersistentState("entry", NaiveService.Storage)] IPersistentState<Entry> stored) : Grain, IEntryGrain
{
    public Task<string?> GetAsync() => Task.FromResult(stored.State.Text);

    public async Task<bool> SetAsync(string text)
    {
        if (stored.State.Text is { } there) return there == text;
        stored.State.Text = text;
        await stored.WriteStateAsync();
        return true;
    }
}

[GrainType("naive-order")]
internal sealed class OrderGrain([PersistentState("order", NaiveService.Storage)] IPersistentState<Placed> stored, IGrainFactory grains) : Grain, IOrderGrain
{
    private Placed State => stored.State;

    public async Task<Placed> PlaceAsync(string merchant, string customer, string currency, long total, string hash, string document)
    {
        if (State.Status.Length > 0) return State;
        (State.Merchant, State.Customer, State.Currency, State.Total, State.Hash, State.Document, State.Status) = (merchant, customer, currency, total, hash, document, "placed");
        await stored.WriteStateAsync();
        return State;
    }

    public Task<Placed> ShowAsync() => Task.FromResult(State);

    public async Task<string> AcceptAsync(string key, string customer, string hash)
    {
        if (State.Answers.TryGetValue(key, out var answered)) return answered;
        if (State.Customer != customer || State.Status != "placed" || State.Hash != hash) return "";
        (State.Status, State.Answers[key]) = ("accepted", "accepted");
        await stored.WriteStateAsync();
        return "accepted";
    }

    public async Task<string> OpenPaymentAsync(string key, string merchant)
    {
        if (State.Answers.TryGetValue(key, out var answered)) return answered;
        if (State.Merchant != merchant || State.Status != "accepted") return "";
        var payment = "pay_" + this.GetPrimaryKeyString();
        (State.Status, State.Payment, State.Answers[key]) = ("paying", payment, payment);
        await stored.WriteStateAsync();
        await grains.GetGrain<IPaymentGrain>(payment).CreateAsync(this.GetPrimaryKeyString(), State.Customer, State.Total, State.Currency);
        return payment;
    }

    public async Task PaidAsync()
    {
        State.Status = "paid";
        await stored.WriteStateAsync();
    }
}

[GrainType("naive-payment")]
internal sealed class PaymentGrain([PersistentState("payment", NaiveService.Storage)] IPersistentState<PaymentRecord> stored) : Grain, IPaymentGrain
{
    private PaymentRecord State => stored.State;

    public async Task CreateAsync(string order, string customer, long amount, string currency)
    {
        if (State.Status.Length > 0) return;
        (State.Order, State.Customer, State.Amount, State.Currency, State.Status) = (order, customer, amount, currency, "requires_payment_method");
        await stored.WriteStateAsync();
    }

    public Task<PaymentRecord> ShowAsync() => Task.FromResult(State);

    public async Task<string> StartAsync(string key, string customer)
    {
        if (State.Answers.TryGetValue(key, out var answered)) return answered;
        if (State.Customer != customer || State.Status != "requires_payment_method") return "";
        State.Attempt = "att_" + this.GetPrimaryKeyString();
        (State.Status, State.Answers[key]) = ("processing", State.Attempt);
        await stored.WriteStateAsync();
        return State.Attempt;
    }

    public async Task AuthorizedAsync(string authorization)
    {
        (State.Status, State.Authorization, State.Confirmation) = ("awaiting_confirmation", authorization, "created");
        await stored.WriteStateAsync();
    }

    public async Task SentAsync()
    {
        if (State.Confirmation != "created") return;
        State.Confirmation = "sent";
        await stored.WriteStateAsync();
    }

    public async Task<string> MatchAsync()
    {
        if (State.Status != "awaiting_confirmation") return "";
        (State.Status, State.Confirmation, State.Capture) = ("processing", "matched", "cap_" + this.GetPrimaryKeyString());
        await stored.WriteStateAsync();
        return State.Capture;
    }

    public async Task CapturedAsync(string capture)
    {
        State.Status = "succeeded";
        State.Postings = new Dictionary<string, long>(StringComparer.Ordinal) { ["gateway_clearing"] = State.Amount, ["merchant_payable"] = -State.Amount };
        await stored.WriteStateAsync();
    }

    public async Task ReportedAsync(string report)
    {
        if (State.Reports.Contains(report)) return;
        State.Reports.Add(report);
        await stored.WriteStateAsync();
    }
}

[GrainType("naive-phone")]
internal sealed class PhoneGrain([PersistentState("phone", NaiveService.Storage)] IPersistentState<Phone> stored) : Grain, IPhoneGrain
{
    public async Task OpenAsync(string code, string payment)
    {
        stored.State.Open[code] = payment;
        await stored.WriteStateAsync();
    }

    public async Task<string> TakeAsync(string sid, string code)
    {
        if (stored.State.Taken.Contains(sid) || !stored.State.Open.Remove(code, out var payment)) return "";
        stored.State.Taken.Add(sid);
        await stored.WriteStateAsync();
        return payment;
    }
}

[GrainType("naive-message")]
internal sealed class MessageGrain([PersistentState("message", NaiveService.Storage)] IPersistentState<Message> stored) : Grain, IMessageGrain
{
    public async Task AdvanceAsync(int rank)
    {
        if (rank <= stored.State.Rank) return;
        stored.State.Rank = rank;
        await stored.WriteStateAsync();
    }
}
