using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Money;

namespace Hub.Domain.Tests.Customers;

/// <summary>A registered customer, and the ways to give it a wallet and stored value.</summary>
internal static class CustomerWorld
{
    /// <summary>How long a new address waits.</summary>
    internal const int Hours = 24;

    internal static readonly NewAddress Second = new("adr_9", Channel.Sms, "key_9", new Sealed("q"), "key_9w");

    internal static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    internal static Amount Eur(long cents) => new(cents, Currency.Eur);

    internal static CustomerRun Registered() => CustomerRun.Given().Do(
        new CustomerCommand.Register("cus_1", "mer_1", new Sealed("n"), [new NewAddress("adr_1", Channel.Sms, "key_1", new Sealed("p"))], new Preferences(Channel.Sms, [], "en")),
        Noon);

    internal static Customer Customer(this CustomerRun run) => Assert.IsType<Customer>(run.State);

    internal static CustomerRun WithCash(long cents) => Registered().Do(new CustomerCommand.TopUpECash("top_1", Eur(cents), "mer_1"), Noon);

    internal static CustomerRun WithWallet() => Registered().Do(new CustomerCommand.SetWalletPassword("secret_1", null, OnePayment: false, Proof: null), Noon);

    internal static CustomerRun Prove(this CustomerRun run, string address, int hours = Hours, DateTimeOffset? at = null) => run
        .Do(new CustomerCommand.RequestVerification(address, $"ver_{address}", "right"), at ?? Noon)
        .Do(new CustomerCommand.CheckVerification(address, "right", hours), at ?? Noon);

    internal static CustomerRun Proved() => Registered().Prove("adr_1");

    internal static CustomerRun Changed(int hours = Hours) => Proved().Do(new CustomerCommand.AddAddress(Second), Noon).Prove("adr_9", hours);

    /// <summary>A browser asks for a code at the first number.</summary>
    internal static CustomerRun Ask(this CustomerRun run, int device, DateTimeOffset at) => run
        .Do(new CustomerCommand.AddAddress(new NewAddress($"adr_d{device}", Channel.Chat, $"key_d{device}", new Sealed("d"), "key_1")), at)
        .Do(new CustomerCommand.RequestVerification($"adr_d{device}", $"ver_d{device}", "right"), at);
}
