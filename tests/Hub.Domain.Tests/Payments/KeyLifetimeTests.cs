using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using static Hub.Domain.Tests.Payments.GatewayWorld;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>A bank that forgets keys: what it may have forgotten is asked about and never repeated.</summary>
public sealed class KeyLifetimeTests
{
    private const long Seconds = 3_000;
    private static readonly DateTimeOffset KeyEnds = Noon.AddSeconds(Seconds);

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, RejectionCode.Fenced)]
    [InlineData(1, RejectionCode.Fenced)]
    [Trait("Invariant", "10")]
    public void A_call_that_may_have_arrived_is_repeated_only_while_the_bank_remembers_it(long ticks, RejectionCode? rejection)
    {
        var turn = NotThere().Due(Authorize).When(new PaymentCommand.StartBankCall(Authorize, 2), KeyEnds.AddTicks(ticks));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(PaymentEvent.BankCallStarted));
    }

    [Theory]
    [InlineData(-1, typeof(PaymentEvent.BankCallDue))]
    [InlineData(0, typeof(PaymentEvent.OutcomeUnknown))]
    [InlineData(1, typeof(PaymentEvent.OutcomeUnknown))]
    [Trait("Invariant", "10")]
    public void A_call_that_is_due_after_the_keys_end_becomes_a_question(long ticks, Type happened)
    {
        var run = NotThere().When(new PaymentCommand.TimerDue("bank:" + Authorize), KeyEnds.AddTicks(ticks)).ThenTypes(happened);

        if (happened == typeof(PaymentEvent.OutcomeUnknown)) Assert.True(run.Timers["bank:" + Authorize] > KeyEnds);
    }

    [Fact]
    [Trait("Invariant", "26")]
    public void What_the_bank_does_not_know_after_the_keys_end_is_a_case()
    {
        var run = NotThere().Fire("bank:" + Authorize, KeyEnds).When(Report(Authorize, new BankAnswer.NotFound(), AnswerSource.Query), KeyEnds)
            .ThenTypes(typeof(PaymentEvent.OutcomeUnknown), typeof(PaymentEvent.CaseOpened));

        Assert.Equal(["key_ended"], run.OpenCases());
        run.When(Report(Authorize, new BankAnswer.Declined("no"), AnswerSource.Operator), KeyEnds).ThenTypes(typeof(PaymentEvent.Declined), typeof(PaymentEvent.CaseSettled));
        run.When(Report(Authorize, AuthorizedAnswer(), AnswerSource.Webhook), KeyEnds).ThenTypes(typeof(PaymentEvent.Authorized));
    }

    /// <summary>The call was due in time and came too late to be made: the reaction is fenced, and asks.</summary>
    [Fact]
    [Trait("Invariant", "26")]
    public void A_call_that_the_fence_stopped_is_asked_about_and_becomes_a_case()
    {
        var due = NotThere().Fire("bank:" + Authorize, KeyEnds.AddTicks(-1));
        due.When(new PaymentCommand.StartBankCall(Authorize, 2), KeyEnds).ThenRejected(RejectionCode.Fenced);

        Assert.Equal(["key_ended"], due.Bank(Authorize, new BankAnswer.NotFound(), AnswerSource.Query, KeyEnds).OpenCases());
        Assert.Contains("bank:" + Authorize, due.Bank(Authorize, new BankAnswer.Unknown("timeout"), AnswerSource.Query, KeyEnds).Timers.Keys);
    }

    [Fact]
    [Trait("Invariant", "10")]
    public void A_key_is_as_old_as_its_first_call()
    {
        var run = NotThere().Start(Authorize, 2).Bank(Authorize, new BankAnswer.NotFound(), AnswerSource.Query, KeyEnds.AddTicks(-2)).Due(Authorize, KeyEnds.AddTicks(-1));

        run.When(new PaymentCommand.StartBankCall(Authorize, 3), KeyEnds).ThenRejected(RejectionCode.Fenced);
    }

    [Fact]
    public void A_call_that_provably_never_arrived_may_be_made_at_any_time()
    {
        var run = Keyed(Seconds).Start(Authorize).Bank(Authorize, new BankAnswer.NeverReached("refused"));

        run.When(new PaymentCommand.TimerDue("bank:" + Authorize), KeyEnds).ThenTypes(typeof(PaymentEvent.BankCallDue))
            .When(new PaymentCommand.StartBankCall(Authorize, 2), KeyEnds).ThenTypes(typeof(PaymentEvent.BankCallStarted));
    }

    [Fact]
    public void A_key_without_an_end_is_remembered_for_ever() =>
        Keyed(null, Noon.AddYears(2)).Start(Authorize).Bank(Authorize, new BankAnswer.NotFound(), AnswerSource.Query)
            .Due(Authorize).When(new PaymentCommand.StartBankCall(Authorize, 2), Noon.AddYears(1)).ThenTypes(typeof(PaymentEvent.BankCallStarted));

    /// <summary>The place was made long ago: whether the bank knows the key of the call that follows is not known.</summary>
    [Fact]
    [Trait("Invariant", "26")]
    public void What_was_prepared_and_comes_to_light_after_the_keys_end_is_a_case()
    {
        var run = Keyed(Seconds).Start(Authorize).Bank(Authorize, new BankAnswer.Unknown("timeout")).Bank(Authorize, new BankAnswer.Prepared("intent_1"), AnswerSource.Query, KeyEnds);
        run.When(new PaymentCommand.StartBankCall(Authorize, 2), KeyEnds).ThenRejected(RejectionCode.Fenced);

        Assert.Equal(["key_ended"], run.Bank(Authorize, new BankAnswer.Prepared("intent_1"), AnswerSource.Query, KeyEnds).OpenCases());
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, RejectionCode.Fenced)]
    [Trait("Invariant", "10")]
    public void Captures_and_refunds_have_keys_of_their_own_age(long ticks, RejectionCode? rejection)
    {
        var at = Noon.AddMinutes(20);
        var capturing = Keyed(Seconds).Start(Authorize).Bank(Authorize, AuthorizedAnswer()).Ask("att_1_1").Do(Pay(), Noon)
            .Do(new PaymentCommand.StartBankCall(CaptureKey, 1), at).Bank(CaptureKey, new BankAnswer.NotFound(), AnswerSource.Query, at);

        var turn = capturing.Due(CaptureKey).When(new PaymentCommand.StartBankCall(CaptureKey, 2), at.AddSeconds(Seconds).AddTicks(ticks));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(PaymentEvent.BankCallStarted));
    }

    private static PaymentRun Keyed(long? seconds, DateTimeOffset? deadline = null) => Created(deadline: deadline).Do(SubmitTo(Choice("sandbox", GatewayTerms.Full with { KeySeconds = seconds })), Noon);

    private static PaymentRun NotThere() => Keyed(Seconds).Start(Authorize).Bank(Authorize, new BankAnswer.NotFound(), AnswerSource.Query);
}
