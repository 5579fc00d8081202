using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Money;

namespace Hub.Domain.Tests.Customers;

/// <summary>A registered customer, and the ways to give it a wallet and stored value.</summary>
internal static class CustomerWorld
{
    internal static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    internal static Amount Eur(long cents) => new(cents, Currency.Eur);

    internal static CustomerRun Registered() => CustomerRun.Given().Do(
        new CustomerCommand.Register("cus_1", "mer_1", new Sealed("n"), [new NewAddress("adr_1", Channel.Sms, "key_1", new Sealed("p"))], new Preferences(Channel.Sms, [], "en")),
        Noon);

    internal static Customer Customer(this CustomerRun run) => Assert.IsType<Customer>(run.State);

    internal static CustomerRun WithCash(long cents) => Registered().Do(new CustomerCommand.TopUpECash("top_1", Eur(cents), "mer_1"), Noon);

    internal static CustomerRun WithWallet() => Registered().Do(new CustomerCommand.SetWalletPassword("secret_1", null, OnePayment: false, Proof: null), Noon);
}
