using System.Buffers.Text;
using System.Security.Cryptography;
using Hub.Actors.Ports;
using Hub.Gateways.SandboxBank;
using Hub.Sandbox.Outbox;
using Hub.Sandbox.Storage;
using Microsoft.Extensions.Options;

namespace Hub.Sandbox.Bank;

/// <summary>What every bank does alike: carries out each idempotency key at most once, writes it down before it answers, tells the hub, signs.</summary>
internal sealed class BankDesk(
    BankIdentity bank, BankBooks books, SandboxStore store, SandboxOutbox outbox, SandboxStream stream, IOptions<SandboxOptions> options, TimeProvider time, IdSource ids)
    : IDisposable
{
    private readonly ECDsa _signer = SandboxKeys.Open(bank.SigningKey);

    internal BankIdentity Bank => bank;

    internal BankBooks Books => books;

    internal SandboxOptions Options => options.Value;

    internal string NewId(string prefix) => ids.New(prefix);

    internal BankOperation? Operation(string key) => store.Read(t => books.Operation(t, key));

    internal IBankObject? Find(string kind, string id) => store.Read(t => books.Shown(t, kind, id));

    internal T Read<T>(Func<SandboxTransaction, T> work) => store.Read(work);

    /// <summary>Carries out a request, unless its key was carried out before.</summary>
    /// <param name="call">The arrival.</param>
    /// <param name="kind">What is asked for.</param>
    /// <param name="act">Decides and writes, within the transaction that keeps the key.</param>
    internal async Task<BankAnswer> CarryOutAsync(BankCall call, string kind, Func<BankTurn, Done> act)
    {
        var (answer, done, owed) = await store.WriteAsync<(BankAnswer, Done?, OutboxDelivery?)>(t =>
        {
            var seen = books.Arrive(t, call.Key, kind, call.Fingerprint);
            if (!seen.Same) return (BankAnswer.Error(422, "idempotency_key_reused", "This key came with another request."), null, null);
            if (seen.CarriedOut) return (new BankAnswer(seen.Status, seen.Answer!, CardBehaviour.Approves, true, null), null, null);
            var now = time.GetUtcNow();
            var done = act(new(t, now, seen.Calls == 0));
            if (done.Object is not { } shown) return (BankAnswer.Error(done.Status, done.Code, done.Message), null, null);
            var json = SandboxJson.Write<object>(shown);
            books.CarriedOut(t, call.Key, done.Status, json, shown.Id);
            var told = done.Event is not null && Tells(done.Fault);
            var owed = told ? Owe(t, done.Event!, done.About ?? call.Key, shown, now, done.Fault == CardBehaviour.DuplicateWebhook ? 3 : 1) : null;
            return (new BankAnswer(done.Status, json, done.Fault, false, owed), done, owed);
        });
        foreach (var late in done?.Late ?? []) outbox.Dispatch(late);
        if (done?.Object is { } changed) stream.Tell("bank", new { changed.Id, Kind = kind });
        // Before the answer on purpose: the first attempt is awaited, the rest of them follow in their own time.
        if (owed is not null && done!.Fault == CardBehaviour.WebhookFirst) await outbox.DeliverAsync(owed);
        return answer;
    }

    /// <summary>Changes the books without being asked by the hub: a customer or a developer at a page, or the bank by itself.</summary>
    /// <param name="act">Decides and writes; <c>null</c> when nothing is to be changed.</param>
    /// <returns>What was changed, or <c>null</c>.</returns>
    internal async Task<IBankObject?> ChangeAsync(Func<BankTurn, Change?> act)
    {
        var (change, owed) = await store.WriteAsync(t =>
        {
            var now = time.GetUtcNow();
            var change = act(new(t, now, false));
            return (change, change?.Event is { } type ? Owe(t, type, change.Key, change.Object, now, 1) : null);
        });
        if (change is null) return null;
        foreach (var late in change.Late) outbox.Dispatch(late);
        stream.Tell("bank", new { change.Object.Id });
        if (owed is not null) outbox.Dispatch(owed);
        return change.Object;
    }

    /// <summary>Notes something the bank will do by itself.</summary>
    /// <param name="turn">The transaction.</param>
    /// <param name="job">What, as its <see cref="IBank.WorkAsync"/> knows it.</param>
    /// <param name="id">On which object.</param>
    /// <param name="key">The idempotency key that led to it.</param>
    /// <param name="wait">How much later, by the sandbox's clock.</param>
    internal OutboxDelivery Later(BankTurn turn, string job, string id, string key, TimeSpan wait) =>
        SandboxOutbox.Add(turn.Books, bank.LateParty, id, job, [key], turn.Now + wait);

    /// <summary>Signs what became of some money.</summary>
    /// <param name="kind">What, as in <see cref="TransferStatement.Kind"/>.</param>
    /// <param name="key">The idempotency key of the operation.</param>
    /// <param name="about">What it made.</param>
    /// <param name="payee">The merchant's name.</param>
    /// <param name="at">When.</param>
    internal BankTransfer Sign(string kind, string key, IMoney about, string payee, DateTimeOffset at)
    {
        var said = new TransferStatement(bank.Name, kind, key, about.Id, about.Amount, about.Currency, payee, at);
        return new(kind, key, payee, at, Base64Url.EncodeToString(_signer.SignData(said.ToBytes(), HashAlgorithmName.SHA256)));
    }

    /// <inheritdoc/>
    public void Dispose() => _signer.Dispose();

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
        return SandboxOutbox.Add(t, bank.WebhookParty, bank.WebhookPath, id, [.. Enumerable.Repeat(body, copies)], now);
    }
}

/// <summary>One transaction of a bank.</summary>
/// <param name="Books">The database.</param>
/// <param name="Now">By the sandbox's clock.</param>
/// <param name="First">Whether the key arrived for the first time.</param>
internal sealed record BankTurn(SandboxTransaction Books, DateTimeOffset Now, bool First);

/// <summary>What a request came to inside its transaction: an object, or a refusal that leaves the key free.</summary>
internal sealed record Done(int Status, IBankObject? Object, string? Event, CardBehaviour Fault = CardBehaviour.Approves, string Code = "", string Message = "")
{
    /// <summary>What follows by itself.</summary>
    internal IReadOnlyList<OutboxDelivery> Late { get; init; } = [];

    /// <summary>The idempotency key the webhook names; <c>null</c> for the request's own.</summary>
    internal string? About { get; init; }

    internal static Done NotFound => Refused(404, "not_found", "There is no such object.");

    internal static Done Refused(int status, string code, string message) => new(status, null, null, Code: code, Message: message);
}

/// <summary>What a bank did by itself.</summary>
/// <param name="Object">What it changed, as the API shows it.</param>
/// <param name="Event">The webhook that tells of it; <c>null</c> for none.</param>
/// <param name="Key">The idempotency key that the webhook names.</param>
internal sealed record Change(IBankObject Object, string? Event, string Key)
{
    /// <summary>What follows by itself.</summary>
    internal IReadOnlyList<OutboxDelivery> Late { get; init; } = [];
}

/// <summary>A bank that does things by itself.</summary>
internal interface IBank
{
    /// <summary>Its name at the hub.</summary>
    BankIdentity Identity { get; }

    /// <summary>Does what it had noted for later.</summary>
    /// <param name="job">What.</param>
    /// <param name="id">On which object.</param>
    Task WorkAsync(string job, string id);
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
