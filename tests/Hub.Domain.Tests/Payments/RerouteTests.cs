using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using static Hub.Domain.Tests.Payments.GatewayWorld;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>Another bank's turn, and only where this one provably has nothing of it.</summary>
public sealed class RerouteTests
{
    private const string Second = "att_1_2/authorize";
    private static readonly BankAnswer.NeverReached NotReached = new("refused");
    private static readonly GatewayChoice Other = Choice("second", GatewayTerms.Full);

    [Fact]
    public void The_next_gateway_takes_the_same_instrument_as_a_new_attempt_of_the_hubs()
    {
        var run = Calling().When(Report(Authorize, NotReached), Noon).Then(
            new PaymentEvent.AttemptFailed("att_1_1", "refused"),
            new PaymentEvent.Submitted("att_1_2", Card, "second", Eur(50_00), [Phone], "sec_1", Second, Channel.Web, Noon)
            {
                Terms = GatewayTerms.Full,
                Reason = "fits",
                Rerouted = true,
            });

        Assert.Equal((2, 1), (run.Payment().Attempts.Count, run.Payment().Tries));
        Assert.Equal(PaymentStatus.AwaitingConfirmation, run.Start(Second).Bank(Second, AuthorizedAnswer()).Ask("att_1_2").Status());
    }

    [Fact]
    [Trait("Invariant", "11")]
    public void A_call_that_may_have_reached_the_bank_is_never_sent_to_another()
    {
        Calling().When(Report(Authorize, new BankAnswer.Unknown("timeout")), Noon).ThenTypes(typeof(PaymentEvent.OutcomeUnknown));
        Calling().When(Report(Authorize, new BankAnswer.NotFound(), AnswerSource.Query), Noon).ThenTypes(typeof(PaymentEvent.BankCallPostponed));
        Calling().When(Report(Authorize, NotReached, AnswerSource.Query), Noon).ThenTypes(typeof(PaymentEvent.OutcomeUnknown));

        var unknown = Calling().Bank(Authorize, new BankAnswer.Unknown("timeout")).Bank(Authorize, new BankAnswer.NotFound(), AnswerSource.Query).Start(Authorize, 2);
        unknown.When(Report(Authorize, NotReached) with { Try = 2 }, Noon).ThenTypes(typeof(PaymentEvent.BankCallPostponed));
        Calling().When(Report(Authorize, NotReached) with { Try = 2 }, Noon).ThenNothing();
    }

    [Fact]
    public void What_another_bank_cannot_help_stays()
    {
        Calling().When(Report(Authorize, new BankAnswer.Declined("no")), Noon).ThenTypes(typeof(PaymentEvent.Declined));
        Calling().When(Report(Authorize, new BankAnswer.NeverReached("security_code_missing", Final: true)), Noon).ThenTypes(typeof(PaymentEvent.AttemptFailed));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void Nothing_new_begins_at_another_bank_from_the_deadline_on(long ticks, bool reroutes)
    {
        var after = Calling().Do(Report(Authorize, NotReached), Deadline.AddTicks(ticks));

        Assert.Equal(reroutes ? 2 : 1, after.Payment().Attempts.Count);
    }

    [Fact]
    public void The_last_gateway_is_called_as_often_as_an_only_one_and_then_the_attempt_has_failed()
    {
        var run = Calling().Bank(Authorize, NotReached);
        for (var i = 1; i <= PaymentLimits.AuthorizeTries; i++) run = run.Start(Second, i).Bank(Second, NotReached);

        Assert.Equal(PaymentStatus.RequiresPaymentMethod, run.Status());
        Assert.All(run.Payment().Attempts, a => Assert.Equal(AttemptStatus.Failed, a.Status));
    }

    [Theory]
    [InlineData(PaymentLimits.Attempts - 1, PaymentStatus.RequiresPaymentMethod)]
    [InlineData(PaymentLimits.Attempts, PaymentStatus.Canceled)]
    public void What_the_hub_sends_elsewhere_is_no_try_of_the_customers(int submits, PaymentStatus status)
    {
        var run = Created();
        for (var i = 0; i < submits; i++)
        {
            var (first, second) = ($"att_1_{(2 * i) + 1}/authorize", $"att_1_{(2 * i) + 2}/authorize");
            run = run.Do(SubmitTo(Only, Other), Noon).Start(first).Bank(first, NotReached).Start(second).Bank(second, new BankAnswer.Declined("no"));
        }

        Assert.Equal(status, run.Status());
    }

    [Fact]
    [Trait("Invariant", "25")]
    public void A_debit_at_another_bank_is_confirmed_anew()
    {
        var run = Created().Do(SubmitAccount with { Gateways = [NetBank, Choice("south", AtOnce)] }, Noon).Ask("att_1_1").Do(Pay(), Noon)
            .Start(Authorize).Bank(Authorize, NotReached);

        run.When(new PaymentCommand.StartBankCall(Second, 1), Noon).ThenRejected(RejectionCode.Fenced);
        run.When(Pay(), Noon).ThenTypes(typeof(PaymentEvent.AnswerIgnored));
        run.Ask("att_1_2").When(Pay() with { Confirmation = "con_1_2" }, Noon).ThenTypes(typeof(PaymentEvent.ConfirmationEnded), typeof(PaymentEvent.DebitRequested));
    }

    [Fact]
    [Trait("Invariant", "10")]
    public void A_hold_that_turns_up_at_the_bank_that_was_given_up_is_released()
    {
        var run = Calling().Bank(Authorize, NotReached).When(Report(Authorize, AuthorizedAnswer(), AnswerSource.Webhook), Noon)
            .ThenTypes(typeof(PaymentEvent.Authorized), typeof(PaymentEvent.VoidRequested));

        Assert.Equal(AttemptStatus.Created, run.Start(Second).Bank(Second, NotReached).Payment().LastAttempt!.Status);
    }

    private static PaymentRun Calling() => Created().Do(SubmitTo(Only, Other), Noon).Start(Authorize);
}
