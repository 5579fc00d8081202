using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using static Hub.Domain.Tests.Customers.CustomerWorld;

namespace Hub.Domain.Tests.Customers;

/// <summary>The electronic wallet: who opens it, and how often that may be tried.</summary>
public sealed class WalletTests
{
    private static readonly CustomerCommand.OpenWallet Right = new("secret_1", Fits: true, "token", "guess_1");
    private static readonly CustomerCommand.OpenWallet Wrong = new("secret_1", Fits: false, "token", "guess_2");

    [Fact]
    public void A_wallet_opens_with_its_password_for_ten_minutes()
    {
        var open = WithWallet().When(Right, Noon).Then(new CustomerEvent.WalletOpened("token", Noon.AddMinutes(10)));

        Assert.True(open.Customer().Wallet!.IsOpenFor("token", Noon.AddMinutes(10).AddTicks(-1)));
        Assert.False(open.Customer().Wallet!.IsOpenFor("token", Noon.AddMinutes(10)));
        Assert.False(open.Customer().Wallet!.IsOpenFor("other", Noon));
        Assert.False(open.Customer().Wallet!.IsOpenFor(null, Noon));
    }

    [Fact]
    public void Without_a_password_there_is_no_wallet()
    {
        Registered().When(Right, Noon).ThenRejected(RejectionCode.WalletNotSet);
        Registered().When(new CustomerCommand.AddInstrument(new InstrumentRef("ins_1", InstrumentType.WalletCard, "visa", "4242", 12, 2030)), Noon).ThenRejected(RejectionCode.WalletNotSet);
    }

    [Fact]
    public void Five_wrong_passwords_lock_it_and_then_the_right_one_counts_no_more()
    {
        var run = WithWallet();
        for (var i = 1; i < 5; i++) run = run.When(Wrong, Noon).Then(new CustomerEvent.WalletPasswordWrong(i, null));
        run = run.When(Wrong, Noon).Then(new CustomerEvent.WalletPasswordWrong(5, Noon.AddMinutes(15)));

        run.When(Right, Noon.AddMinutes(15).AddTicks(-1)).ThenRejected(RejectionCode.WalletLocked);
        run.When(Wrong, Noon.AddMinutes(15).AddTicks(-1)).ThenRejected(RejectionCode.WalletLocked);
        run.When(Right, Noon.AddMinutes(15)).ThenTypes(typeof(CustomerEvent.WalletOpened));
    }

    [Fact]
    public void Every_lock_is_twice_as_long_as_the_one_before_up_to_sixteen_hours()
    {
        var (run, at) = (WithWallet(), Noon);
        var minutes = new List<double>();
        for (var locks = 0; locks < 9; locks++)
        {
            for (var i = 0; i < 5; i++) run = run.Do(Wrong, at);
            var until = run.Customer().Wallet!.LockedUntil!.Value;
            minutes.Add((until - at).TotalMinutes);
            at = until;
        }

        Assert.Equal([15, 30, 60, 120, 240, 480, 960, 960, 960], minutes);

        // The right password ends all of it.
        run = run.Do(Right, at);
        for (var i = 0; i < 5; i++) run = run.Do(Wrong, at);
        Assert.Equal(at.AddMinutes(15), run.Customer().Wallet!.LockedUntil);
    }

    [Fact]
    public void A_new_password_takes_the_wallet_opened_with_the_old_one()
    {
        var change = new CustomerCommand.SetWalletPassword("secret_2", "token", OnePayment: false, Proof: null);
        WithWallet().When(change, Noon).ThenRejected(RejectionCode.WalletClosed);
        WithWallet().Do(Right, Noon).When(change, Noon.AddMinutes(10)).ThenRejected(RejectionCode.WalletClosed);

        var changed = WithWallet().Do(Right, Noon).When(change, Noon).Then(new CustomerEvent.WalletPasswordSet("secret_2", "secret_1", Noon));
        changed.When(Right, Noon).ThenRejected(RejectionCode.VersionMismatch);
    }

    [Theory]
    [InlineData("token", -1, null)]
    [InlineData("token", 0, RejectionCode.WalletClosed)]
    [InlineData("other", -1, RejectionCode.WalletClosed)]
    [InlineData(null, -1, RejectionCode.WalletClosed)]
    public void A_card_goes_into_the_wallet_and_out_of_it_only_while_it_is_open(string? session, long ticks, RejectionCode? rejection)
    {
        var at = Noon.AddMinutes(10).AddTicks(ticks);
        var card = new InstrumentRef("ins_1", InstrumentType.WalletCard, "visa", "4242", 12, 2030);
        var open = WithWallet().Do(Right, Noon);

        var put = open.When(new CustomerCommand.AddInstrument(card, session), at);
        var taken = open.Do(new CustomerCommand.AddInstrument(card, "token"), Noon).When(new CustomerCommand.RemoveInstrument("ins_1", session), at);

        if (rejection is { } code)
        {
            put.ThenRejected(code);
            taken.ThenRejected(code);
        }
        else
        {
            put.Then(new CustomerEvent.InstrumentAdded(card, at));
            taken.Then(new CustomerEvent.InstrumentRemoved("ins_1"));
        }
    }

    [Fact]
    public void What_lies_outside_the_wallet_is_removed_without_opening_it()
    {
        var card = new InstrumentRef("ins_1", InstrumentType.Card, "visa", "4242", 12, 2030);
        WithWallet().Do(new CustomerCommand.AddInstrument(card), Noon)
            .When(new CustomerCommand.RemoveInstrument("ins_1"), Noon).Then(new CustomerEvent.InstrumentRemoved("ins_1"));
    }

    [Fact]
    public void Two_first_passwords_side_by_side_leave_one() =>
        WithWallet().When(new CustomerCommand.SetWalletPassword("secret_2", null, OnePayment: false, Proof: null), Noon).ThenRejected(RejectionCode.WalletClosed);
}
