using Hub.Api.Access;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Gateways.Jwe;
using Hub.Gateways.SandboxBank;

namespace Hub.Api.Customers;

/// <summary>What a customer wants to pay with, checked; what is secret in it lies in the vault afterwards.</summary>
public sealed class InstrumentIntake(CardIntake cards, WalletTokens tokens, TimeProvider time)
{
    /// <summary>Takes one instrument in.</summary>
    /// <returns>The instrument, or why it was refused; nothing is kept then.</returns>
    internal Task<(InstrumentRef? Instrument, Problem? Refused)> TakeAsync(
        AddInstrumentRequest asked, Customer customer, Caller caller, IdempotencyKey key, CancellationToken cancel) => asked switch
    {
        { Type: InstrumentType.Card or InstrumentType.WalletCard, Encrypted: null } => Refused(Problems.Invalid("encrypted", "is required: the card, encrypted on the customer's device")),
        { Type: InstrumentType.WalletCard } when caller is not Caller.Customer => Refused(Problems.OfStatus(403)),
        { Type: InstrumentType.WalletCard } when customer.Wallet is null => Refused(Problems.From(RejectionCode.WalletNotSet)),
        { Type: InstrumentType.WalletCard } when !customer.Wallet!.IsOpenFor(tokens.DigestOf(customer.Id, asked.Wallet), time.GetUtcNow()) =>
            Refused(Problems.From(RejectionCode.WalletClosed)),
        { Type: InstrumentType.Card or InstrumentType.WalletCard } => CardAsync(asked, customer, key.CreatedId, cancel),
        { Type: InstrumentType.BankAccount } => NetBanks.Find(asked.Bank) is { } bank
            ? Task.FromResult<(InstrumentRef?, Problem?)>((customer.Instruments.FirstOrDefault(i => i.Type == asked.Type && i.Brand == bank.Id) ?? new InstrumentRef(key.CreatedId, asked.Type, bank.Id, "", 0, 0), null))
            : Refused(Problems.Invalid("bank", "must be one of the banks that GET /v1/banks lists")),
        { Type: InstrumentType.ECheck, Encrypted: null } => Refused(Problems.Invalid("encrypted", "is required: the account, encrypted on the customer's device")),
        { Type: InstrumentType.ECheck } => AccountAsync(asked.Encrypted, customer, key.CreatedId, cancel),
        // E-cash comes with the first top-up, and is added by nobody.
        _ => Refused(Problems.Invalid("type", $"must be one of {string.Join(", ", InstrumentType.All.Where(type => type != InstrumentType.ECash))}")),
    };

    private static Task<(InstrumentRef?, Problem?)> Refused(Problem problem) => Task.FromResult<(InstrumentRef?, Problem?)>((null, problem));

    private async Task<(InstrumentRef?, Problem?)> AccountAsync(string encrypted, Customer customer, string id, CancellationToken cancel) =>
        await cards.KeepAccountAsync(encrypted, customer.Id, id, Known(customer, InstrumentType.ECheck), cancel) switch
        {
            Intake.AccountKept { Instrument: var kept, Details: var account } => (new InstrumentRef(kept, InstrumentType.ECheck, account.Bank, account.Last4, 0, 0), null),
            Intake.Refused refused => (null, RefusalOf(refused)),
            _ => throw new InvalidOperationException("An account was taken for something else."),
        };

    private async Task<(InstrumentRef?, Problem?)> CardAsync(AddInstrumentRequest asked, Customer customer, string id, CancellationToken cancel) =>
        await cards.KeepCardAsync(asked.Encrypted!, customer.Id, id, Known(customer, asked.Type), cancel) switch
        {
            Intake.CardKept { Instrument: var kept, Details: var card } => (new InstrumentRef(kept, asked.Type, card.Brand, card.Last4, card.ExpMonth, card.ExpYear), null),
            Intake.Refused refused => (null, RefusalOf(refused)),
            _ => throw new InvalidOperationException("A card was taken for something else."),
        };

    // A card in the wallet and the same one outside it are two: only one of them is behind the password.
    private static List<InstrumentRef> Known(Customer customer, string type) => [.. customer.Instruments.Where(i => i.Type == type)];

    private static Problem RefusalOf(Intake.Refused refused) =>
        refused.Code == Intake.OtherInstrument ? Problems.From(RejectionCode.CommandIdReused) : TypedCodes.Refused("encrypted", refused.Code);
}
