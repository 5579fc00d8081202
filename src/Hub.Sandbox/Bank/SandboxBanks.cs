using System.Security.Cryptography;
using Hub.Actors.Ports;
using Hub.Sandbox.Bank.Accounts;
using Hub.Sandbox.Outbox;
using Hub.Sandbox.Storage;
using Microsoft.Extensions.Options;

namespace Hub.Sandbox.Bank;

/// <summary>Every bank of the sandbox, each with books of its own.</summary>
internal sealed class SandboxBanks : IDisposable
{
    private readonly List<BankDesk> _desks = [];
    private readonly IBank[] _all;

    public SandboxBanks(SandboxStore store, SandboxOutbox outbox, SandboxStream stream, IOptions<SandboxOptions> options, TimeProvider time)
    {
        var ids = new IdSource(time, new Randomness());
        BankDesk Desk(BankIdentity bank, IReadOnlyDictionary<string, Func<string, IBankEntry>> kinds)
        {
            var desk = new BankDesk(bank, new BankBooks(bank, kinds), store, outbox, stream, options, time, ids);
            _desks.Add(desk);
            return desk;
        }

        Cards = new CardBank(Desk(BankIdentity.Cards, CardBank.Kinds), CardTerms.First);
        SecondCards = new CardBank(Desk(BankIdentity.SecondCards, CardBank.Kinds), CardTerms.Second);
        Net = new NetBank(Desk(BankIdentity.NetBanking, NetBank.Kinds));
        Debits = new DebitBank(Desk(BankIdentity.Debits, DebitBank.Kinds));
        _all = [Cards, SecondCards, Net, Debits];
    }

    /// <summary>The first bank for cards.</summary>
    internal CardBank Cards { get; }

    /// <summary>The second bank for cards.</summary>
    internal CardBank SecondCards { get; }

    /// <summary>Net banking.</summary>
    internal NetBank Net { get; }

    /// <summary>E-checks.</summary>
    internal DebitBank Debits { get; }

    /// <summary>One of them.</summary>
    internal IBank Of(BankIdentity bank) => Array.Find(_all, one => one.Identity == bank) ?? throw new InvalidOperationException($"There is no bank called {bank}.");

    /// <summary>A bank for cards by its name at the hub; <c>null</c> where there is none.</summary>
    internal CardBank? CardsOf(string name) => _all.OfType<CardBank>().FirstOrDefault(one => one.Identity.Name == name);

    /// <inheritdoc/>
    public void Dispose() => _desks.ForEach(desk => desk.Dispose());

    private sealed class Randomness : IRandomSource
    {
        public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
    }
}
