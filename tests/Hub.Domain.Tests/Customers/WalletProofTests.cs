using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Customers.Wallets;
using Hub.Domain.Kernel;
using static Hub.Domain.Tests.Customers.CustomerWorld;

namespace Hub.Domain.Tests.Customers;

/// <summary>Whose the wallet is: who sets its first password, and how the owner comes back in.</summary>
public sealed class WalletProofTests
{
    private static readonly WalletProof Right = new("adr_1", "right");
    private static readonly WalletProof Wrong = new("adr_1", "wrong");
    private static readonly CustomerEvent FirstSet = new CustomerEvent.WalletPasswordSet("secret_2", null, Noon);
    private static readonly CustomerEvent SetAnew = new CustomerEvent.WalletPasswordSet("secret_2", "secret_1", Noon);
    private static readonly CustomerEvent Proved = new CustomerEvent.WalletProved("adr_1", "ver_w", Noon);

    private static CustomerRun Verified(CustomerRun run) => run
        .Do(new CustomerCommand.RequestVerification("adr_1", "ver_1", "address"), Noon)
        .Do(new CustomerCommand.CheckVerification("adr_1", "address"), Noon);

    private static CustomerRun Sent(CustomerRun run) => Verified(run).Do(new CustomerCommand.RequestWalletCode("adr_1", "ver_w", "right"), Noon);

    private static CustomerCommand.SetWalletPassword Set(bool onePayment, WalletProof? proof = null, string? session = null) => new("secret_2", session, onePayment, proof);

    [Fact]
    public void The_first_password_takes_a_session_of_the_customers_own_or_the_code()
    {
        Verified(Registered()).When(Set(onePayment: true), Noon).ThenRejected(RejectionCode.WalletProofRequired);
        Verified(Registered()).When(Set(onePayment: false), Noon).Then(FirstSet);
        Sent(Registered()).When(Set(onePayment: true, Right), Noon).Then(Proved, FirstSet);
        Sent(Registered()).When(Set(onePayment: false, Right), Noon).Then(Proved, FirstSet);
    }

    [Fact]
    public void A_session_for_one_payment_sets_no_second_password_whatever_it_proves()
    {
        Sent(WithWallet()).When(Set(onePayment: true, Right), Noon).ThenRejected(RejectionCode.WalletClosed);
        Sent(WithWallet()).When(Set(onePayment: true), Noon).ThenRejected(RejectionCode.WalletClosed);
    }

    [Fact]
    public void The_owner_comes_back_with_a_code_and_every_lock_and_token_ends()
    {
        var opened = new CustomerCommand.OpenWallet("secret_1", Fits: true, "token", "guess");
        var run = Sent(WithWallet()).Do(opened, Noon);
        for (var i = 0; i < 5; i++) run = run.Do(opened with { Fits = false }, Noon);
        Assert.True(run.Customer().Wallet!.IsLocked(Noon));
        Assert.True(run.Customer().Wallet!.IsOpenFor("token", Noon));

        run.When(Set(onePayment: false), Noon).ThenRejected(RejectionCode.WalletClosed);
        var back = run.When(Set(onePayment: false, Right), Noon).Then(Proved, SetAnew);

        Assert.Equal(new Wallet("secret_2", Noon), back.Customer().Wallet);
        back.When(Set(onePayment: false, Right), Noon).ThenRejected(RejectionCode.VerificationExpired);
    }

    [Fact]
    public void While_it_is_open_no_code_is_used_up()
    {
        var open = Sent(WithWallet()).Do(new CustomerCommand.OpenWallet("secret_1", Fits: true, "token", "guess"), Noon);

        open.When(Set(onePayment: true, Wrong, "token"), Noon).Then(SetAnew);
    }

    [Fact]
    public void A_wrong_code_is_counted_and_after_five_the_right_one_no_longer_counts()
    {
        var run = Sent(WithWallet());
        for (var i = 1; i <= CustomerDecider.MaxWrongCodes; i++)
        {
            run = run.When(Set(onePayment: false, Wrong), Noon).Then(new CustomerEvent.VerificationFailed("adr_1", "ver_w", i));
        }

        run.When(Set(onePayment: false, Right), Noon).ThenRejected(RejectionCode.VerificationExhausted);
        Assert.Equal("secret_1", run.Customer().Wallet!.Secret);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, RejectionCode.VerificationExpired)]
    [InlineData(1, RejectionCode.VerificationExpired)]
    public void A_code_is_good_for_ten_minutes(long ticks, RejectionCode? rejection)
    {
        var turn = Sent(Registered()).When(Set(onePayment: true, Right), Noon.AddMinutes(10).AddTicks(ticks));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(CustomerEvent.WalletProved), typeof(CustomerEvent.WalletPasswordSet));
    }

    [Fact]
    public void Codes_go_to_addresses_that_are_the_customers_for_certain()
    {
        Registered().When(new CustomerCommand.RequestWalletCode("adr_1", "ver_w", "right"), Noon).ThenRejected(RejectionCode.AddressNotVerified);
        Registered().When(new CustomerCommand.RequestWalletCode("adr_9", "ver_w", "right"), Noon).ThenRejected(RejectionCode.NoSuchAddress);

        // A code that was sent to prove an address proves nothing else.
        var asked = Registered().Do(new CustomerCommand.RequestVerification("adr_1", "ver_1", "right"), Noon);
        asked.When(Set(onePayment: true, Right), Noon).ThenRejected(RejectionCode.AddressNotVerified);
        Sent(Registered()).When(new CustomerCommand.CheckVerification("adr_1", "right"), Noon).ThenRejected(RejectionCode.AddressAlreadyVerified);
    }

    /// <summary>Whoever has a session can add an address and prove it: that alone gives no wallet away.</summary>
    [Theory]
    [InlineData(-1, RejectionCode.AddressHeld)]
    [InlineData(0, null)]
    [InlineData(1, null)]
    public void An_address_that_is_held_proves_no_wallet(long ticks, RejectionCode? rejection)
    {
        var until = Noon.AddHours(24);
        var run = Verified(Registered())
            .Do(new CustomerCommand.AddAddress(new NewAddress("adr_9", Channel.Sms, "key_9", new Sealed("q"))), Noon)
            .Do(new CustomerCommand.RequestVerification("adr_9", "ver_9", "address"), Noon)
            .Do(new CustomerCommand.CheckVerification("adr_9", "address", 24), Noon);
        var turn = run.When(new CustomerCommand.RequestWalletCode("adr_9", "ver_x", "right"), until.AddTicks(ticks));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(CustomerEvent.VerificationRequested));
    }

    [Fact]
    public void A_code_sent_before_the_address_was_held_proves_no_wallet_while_it_is()
    {
        var back = Sent(Registered())
            .Do(new CustomerCommand.LoseAddress("adr_1", "not_me"), Noon)
            .Do(new CustomerCommand.RequestVerification("adr_1", "ver_2", "right"), Noon.AddMinutes(1))
            .Do(new CustomerCommand.CheckVerification("adr_1", "right", 24), Noon.AddMinutes(1));

        back.When(Set(onePayment: true, Right), Noon.AddMinutes(1)).ThenRejected(RejectionCode.AddressHeld);
    }

    [Fact]
    public void Each_code_that_nobody_typed_doubles_the_wait_for_the_next_up_to_an_hour_and_the_right_one_ends_it()
    {
        var (run, at) = (Sent(Registered()), Noon);
        var waits = new List<long>();
        for (var codes = 0; codes < 10; codes++)
        {
            var next = new CustomerCommand.RequestWalletCode("adr_1", "ver_w", "right");
            var wait = 30L;
            while (run.When(next, at.AddSeconds(wait)).Decision.Rejection is RejectionCode.ResendTooSoon) wait *= 2;
            run.When(next, at.AddSeconds(wait).AddTicks(-1)).ThenRejected(RejectionCode.ResendTooSoon);
            Assert.Equal(at.AddSeconds(wait), run.Customer().Addresses[0].NextCodeAt);
            at = at.AddSeconds(wait);
            run = run.Do(next, at);
            waits.Add(wait);
        }

        Assert.Equal([30, 60, 120, 240, 480, 960, 1_920, 3_840, 3_840, 3_840], waits);
        run.Do(Set(onePayment: true, Right), at).When(new CustomerCommand.RequestWalletCode("adr_1", "ver_x", "right"), at).ThenTypes(typeof(CustomerEvent.VerificationRequested));
    }

    [Fact]
    public void Codes_that_proved_an_address_are_not_counted_again()
    {
        var run = Verified(Registered());
        for (var i = 0; i < CustomerDecider.MaxCodesSent; i++) run = run.Do(new CustomerCommand.RequestWalletCode("adr_1", $"ver_{i}", "x"), Noon.AddDays((long)i));

        Assert.Equal((1, CustomerDecider.MaxCodesSent), (run.Customer().Addresses[0].CodesSent, run.Customer().Addresses[0].WalletCodes));
    }
}
