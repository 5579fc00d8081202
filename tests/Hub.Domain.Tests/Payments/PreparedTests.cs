using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using static Hub.Domain.Tests.Payments.GatewayWorld;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>A bank that makes a place for an authorization first: its id is journaled before any money is asked for.</summary>
public sealed class PreparedTests
{
    private static readonly BankAnswer.Prepared Place = new("intent_1");

    [Fact]
    [Trait("Invariant", "9")]
    public void The_banks_id_is_journaled_and_the_next_call_carries_it_out()
    {
        var run = Authorizing().When(Report(Authorize, Place), Noon).Then(new PaymentEvent.AttemptPrepared("att_1_1", Authorize, "intent_1"));
        Assert.Equal((AttemptStatus.Created, "intent_1"), (run.Payment().LastAttempt!.Status, run.Payment().LastAttempt!.BankId));

        run.Start(Authorize, 2).When(Report(Authorize, AuthorizedAnswer(id: "intent_1")) with { Try = 2 }, Noon).ThenTypes(typeof(PaymentEvent.Authorized));
    }

    [Fact]
    [Trait("Invariant", "12")]
    public void The_same_place_told_again_changes_nothing()
    {
        Prepared().When(Report(Authorize, Place, AnswerSource.Webhook), Noon).ThenNothing();
        Prepared().Start(Authorize, 2).When(Report(Authorize, Place, AnswerSource.Webhook), Noon).ThenNothing();
        Prepared().Start(Authorize, 2).When(Report(Authorize, Place) with { Try = 1 }, Noon).ThenNothing();
        Prepared().Start(Authorize, 2).Bank(Authorize, AuthorizedAnswer(id: "intent_1")).When(Report(Authorize, Place, AnswerSource.Webhook), Noon).ThenNothing();
    }

    /// <summary>Asked what became of the call that was to carry it out, the bank shows only the place: it was not carried out.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Invariant", "26")]
    public void A_call_of_which_the_bank_shows_only_the_place_is_made_again(bool timedOut)
    {
        var calling = Prepared().Start(Authorize, 2);
        var run = (timedOut ? calling.Bank(Authorize, new BankAnswer.Unknown("timeout")) : calling)
            .When(Report(Authorize, Place, AnswerSource.Query), Noon).ThenTypes(typeof(PaymentEvent.BankCallPostponed));

        var due = run.Timers["bank:" + Authorize];
        run.When(new PaymentCommand.TimerDue("bank:" + Authorize), due).ThenTypes(typeof(PaymentEvent.BankCallDue)).Start(Authorize, 3);
    }

    [Fact]
    [Trait("Invariant", "26")]
    public void A_bank_that_answers_the_call_with_the_place_alone_is_asked_later()
    {
        var run = Prepared().Start(Authorize, 2).When(Report(Authorize, Place) with { Try = 2 }, Noon).ThenTypes(typeof(PaymentEvent.OutcomeUnknown));

        Assert.Contains("bank:" + Authorize, run.Timers.Keys);
    }

    [Fact]
    public void A_place_that_comes_to_light_by_asking_is_carried_out()
    {
        var run = Authorizing().Bank(Authorize, new BankAnswer.Unknown("timeout")).Bank(Authorize, Place, AnswerSource.Query);

        Assert.Equal("intent_1", run.Payment().LastAttempt!.BankId);
        run.Start(Authorize, 2).Bank(Authorize, new BankAnswer.Declined("no"));
    }

    [Fact]
    [Trait("Invariant", "10")]
    public void Another_place_for_the_same_key_is_a_case() =>
        Prepared().Start(Authorize, 2).When(Report(Authorize, new BankAnswer.Prepared("intent_2"), AnswerSource.Webhook), Noon).ThenTypes(typeof(PaymentEvent.CaseOpened));

    [Theory]
    [InlineData(PaymentLimits.AuthorizeTries, AttemptStatus.Created)]
    [InlineData(PaymentLimits.AuthorizeTries + 1, AttemptStatus.Failed)]
    public void What_was_prepared_has_one_call_more(int tries, AttemptStatus status)
    {
        var run = Prepared();
        for (var i = 2; i <= tries; i++) run = run.Start(Authorize, i).Bank(Authorize, new BankAnswer.NeverReached("refused"));

        Assert.Equal(status, run.Payment().LastAttempt!.Status);
    }

    [Fact]
    [Trait("Invariant", "11")]
    public void A_place_without_a_call_to_carry_it_out_is_nothing_and_another_bank_may_be_asked()
    {
        var run = Created().Do(SubmitTo(Only, Choice("second", GatewayTerms.Full)), Noon).Start(Authorize).Bank(Authorize, Place).Start(Authorize, 2);

        run.When(Report(Authorize, new BankAnswer.NeverReached("refused")), Noon).ThenTypes(typeof(PaymentEvent.AttemptFailed), typeof(PaymentEvent.Submitted));
    }

    [Fact]
    [Trait("Invariant", "26")]
    public void A_place_the_customer_left_is_given_up()
    {
        var left = Prepared().Start(Authorize, 2).Bank(Authorize, new BankAnswer.ActionRequired("intent_1", null)).Do(new PaymentCommand.Cancel("mer_1", "left"), Noon);

        left.When(Report(Authorize, Place, AnswerSource.Query), Noon).ThenTypes(typeof(PaymentEvent.AttemptFailed));
    }
}
