using Hub.Domain.Confirmations;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using static Hub.Actors.Tests.Audit.Row;
using static Hub.Actors.Tests.Audit.Tape;

namespace Hub.Actors.Tests.Audit;

/// <summary>Invariants 9 to 12 and 14 to 16, 26: calls, outcomes, and what the customer answers.</summary>
public sealed class BankAuditTests
{
    private static readonly Row[] Calls =
    [
        Holds("a call, put off, and the next", t => t.Calling().Pay(Postponed).Pay(Due).Pay(Call(2))),
        Breaking(9, "a call whose time has not come", t => t.Calling().Pay(Postponed).Pay(Call(2))),
        Breaking(9, "a call that was never intended", t => t.Created().Pay(Call(1))),
        Breaking(9, "a call under another key", t => t.Submitted().Pay(new PaymentEvent.BankCallStarted("att_1/again", 1))),
        Breaking(9, "a first call numbered 2", t => t.Submitted().Pay(Call(2))),
        Breaking(9, "a call number twice", t => t.Calling().Pay(Call(1))),
        Breaking(9, "a call number skipped", t => t.Calling().Pay(Postponed).Pay(Due).Pay(Call(3))),
        Breaking(9, "a call while one is out", t => t.Calling().Pay(Call(2))),
        Breaking(9, "an outcome without a start", t => t.Submitted().Pay(Yes)),
        Holds("an operator's word without a start", t => t.Submitted().Pay(Yes with { Source = AnswerSource.Operator })),
        Breaking(9, "an intent twice", t => t.Held().Pay(new PaymentEvent.VoidRequested("att_1", Authorize, AfterVoid.TryAgain, "rejected"))),
        Breaking(10, "a call after the bank's yes", t => t.Held().Pay(Call(2))),
        Breaking(10, "put off after the bank's yes", t => t.Held().Pay(Postponed)),
        Breaking(10, "money taken twice by one capture", t => t.Captured(20_00).Pay(Taken(1, 20_00))),
        Breaking(10, "money given back twice by one refund", t => t.Captured().Pay(RefundOf(1, 1)).Pay(new PaymentEvent.BankCallStarted(Refund, 1)).Pay(Refunded(1, 1)).Pay(Refunded(1, 1))),
        Breaking(10, "a release of what is not held", t => t.Calling().Pay(new PaymentEvent.Declined("att_1", "no", AnswerSource.Response)).Pay(ReleaseOf())),
        Breaking(11, "a call while nobody knows", t => t.Calling().Pay(Unknown).Pay(Call(2))),
        Breaking(11, "another attempt while nobody knows", t => t.Calling().Pay(Unknown).Pay(Attempt(2))),
        Breaking(11, "another attempt while one is out", t => t.Calling().Pay(Attempt(2))),
        Breaking(11, "another attempt beside a hold", t => t.Held().Pay(Attempt(2))),
        Breaking(11, "another attempt before the release is acknowledged", t => t.Held().Pay(ReleaseOf()).Pay(Attempt(2))),
        Holds("another attempt after a release", t => Released(t.Held()).Pay(Attempt(2))),
        Holds("another attempt after a no", t => t.Calling().Pay(new PaymentEvent.Declined("att_1", "no", AnswerSource.Response)).Pay(Attempt(2))),
        Holds("another attempt beside the release of a hold that came late", t => t.Calling().Pay(new PaymentEvent.Declined("att_1", "no", AnswerSource.Response)).Pay(Yes, ReleaseOf(AfterVoid.Stay)).Pay(Attempt(2))),
        Breaking(11, "another attempt beside a hold that came late and is not released", t => t.Calling().Pay(new PaymentEvent.Declined("att_1", "no", AnswerSource.Response)).Pay(Yes).Pay(Attempt(2))),
        Breaking(11, "a case settled by nobody", t => t.Calling().Pay(new PaymentEvent.CaseOpened("cas_1", "odd", null)).Pay(new PaymentEvent.CaseSettled("cas_1", "", "note"))),
        Breaking(11, "a case settled twice", t => t.Calling().Pay(new PaymentEvent.CaseOpened("cas_1", "odd", null)).Pay(new PaymentEvent.CaseSettled("cas_1", "staff_1", "note")).Pay(new PaymentEvent.CaseSettled("cas_1", "staff_1", "note"))),
        Breaking(12, "a yes twice", t => t.Held().Pay(Yes)),
        Breaking(12, "a no after a no", t => t.Calling().Pay(new PaymentEvent.Declined("att_1", "no", AnswerSource.Response)).Pay(new PaymentEvent.Declined("att_1", "no", AnswerSource.Webhook))),
        Breaking(12, "unknown after the bank's yes", t => t.Held().Pay(Unknown)),
        Breaking(12, "released twice", t => Released(t.Held()).Pay(new PaymentEvent.Voided("att_1", AnswerSource.Webhook))),
        Holds("a hold that lapses in time", t => t.Held().Later(HoldEnds - Noon).Pay(new PaymentEvent.HoldLapsed("att_1"))),
        Breaking(18, "a hold that lapses a tick early", t => t.Held().Later(HoldEnds - Noon - TimeSpan.FromTicks(1)).Pay(new PaymentEvent.HoldLapsed("att_1"))),
    ];

    private static readonly Row[] Answers =
    [
        Holds("approved a tick before it expires", t => t.Asked().Later(AnswerBy - Noon - TimeSpan.FromTicks(1)).Pay(Match())),
        Breaking(15, "approved when it has just expired", t => t.Asked().Later(AnswerBy - Noon).Pay(Match())),
        Holds("approved on a page", t => t.Asked().Pay(Match(Channel.Web))),
        Breaking(15, "approved from a channel it was never sent to", t => t.Asked().Pay(Match(Channel.Email))),
        Breaking(15, "approved from nowhere", t => t.Asked().Pay(Match(null))),
        Holds("four wrong answers and a right one", t => Wrong(t.Asked(), 4).Pay(Match())),
        Breaking(15, "five wrong answers and a right one", t => Wrong(t.Asked(), 5).Pay(Match())),
        Breaking(15, "a sixth wrong answer", t => Wrong(t.Asked(), 6)),
        Breaking(15, "wrong answers counted from one again", t => Wrong(t.Asked(), 1).Pay(new PaymentEvent.WrongAnswer("con_1", Channel.Sms, 1))),
        Breaking(15, "a wrong answer that matches too", t => t.Asked().Pay(new PaymentEvent.WrongAnswer("con_1", Channel.Sms, 1), Match())),
        Breaking(15, "an ignored answer that captures", t => t.Confirmed().Pay(Ignored, CaptureOf(1, 1))),
        Holds("an ignored answer", t => t.Confirmed().Pay(Ignored)),
        Breaking(14, "approved twice", t => t.Confirmed().Pay(Match())),
        new("approved after it was superseded", [15, 16], t => t.Asked().Pay(new PaymentEvent.ConfirmationEnded("con_1", ConfirmationStatus.Superseded, null)).Pay(Match())),
        Breaking(16, "rejected after it was approved", t => t.Confirmed().Pay(new PaymentEvent.ConfirmationEnded("con_1", ConfirmationStatus.Rejected, Channel.Web))),
        Breaking(14, "two confirmations of one attempt", t => t.Asked().Pay(new PaymentEvent.ConfirmationRequested("con_2", "att_1", new Challenge(1, "a", "b"), AnswerBy, Noon))),
        Breaking(14, "asked before anything is held", t => t.Calling().Pay(new PaymentEvent.ConfirmationRequested("con_1", "att_1", new Challenge(1, "a", "b"), AnswerBy, Noon))),
        Breaking(14, "approved for a hold that is being released", t => t.Asked().Pay(ReleaseOf()).Pay(Match())),
        Breaking(14, "the amount changed under an attempt", t => t.Asked().Pay(new PaymentEvent.AmountChanged(Grant(40_00)))),
    ];

    private static readonly Row[] AtRest =
    [
        Holds("a payment nobody submitted", t => t.Created().Audit.AtRest(Noon)),
        Breaking(26, "an intent nobody called", t => t.Submitted().Audit.AtRest(Noon)),
        Breaking(26, "a call nobody ended", t => t.Calling().Audit.AtRest(Noon)),
        Breaking(26, "an outcome nobody knows", t => t.Calling().Pay(Unknown).Audit.AtRest(Noon)),
        Holds("an outcome nobody knows, with a case", t => t.Calling().Pay(Unknown with { AskAt = null }, Opened).Audit.AtRest(Noon)),
        Breaking(26, "an outcome nobody knows, with a case that was settled", t => t.Calling().Pay(Unknown with { AskAt = null }, Opened).Pay(new PaymentEvent.CaseSettled("cas_1", "staff_1", "note")).Audit.AtRest(Noon)),
        Holds("a hold that waits for the merchant", t => t.Confirmed().Audit.AtRest(Noon)),
        Breaking(10, "a hold of a payment that has ended", t => t.Held().Pay(new PaymentEvent.Canceled("why", "mer_1")).Audit.AtRest(Noon)),
        Holds("a hold that was released", t => Released(t.Held()).Audit.AtRest(Noon)),
        Breaking(10, "a release that was refused, without a case", t => Refused(t).Audit.AtRest(Noon)),
        Holds("a release that was refused, with a case", t => Refused(t).Pay(new PaymentEvent.CaseOpened("cas_1", "void_failed", Release)).Audit.AtRest(Noon)),
        Holds("an answer that may still come", t => t.Asked().Audit.AtRest(AnswerBy.AddTicks(-1))),
        Breaking(18, "an answer that was to come by now", t => t.Asked().Audit.AtRest(AnswerBy)),
        Holds("a payment that may still expire", t => t.Created().Audit.AtRest(Deadline.AddTicks(-1))),
        Breaking(18, "a payment that was to expire by now", t => t.Created().Audit.AtRest(Deadline)),
        Holds("a captured payment at its deadline", t => t.Captured().Audit.AtRest(Deadline)),
    ];

    public static TheoryData<string> AllCalls => Names(Calls);

    public static TheoryData<string> AllAnswers => Names(Answers);

    public static TheoryData<string> AllAtRest => Names(AtRest);

    private static PaymentEvent.BankCallPostponed Postponed => new(Authorize, "refused", Noon.AddSeconds(1));

    private static PaymentEvent.OutcomeUnknown Unknown => new(Authorize, "timeout", Noon.AddSeconds(2));

    private static PaymentEvent.Authorized Yes => new("att_1", "bank_1", HoldEnds, null, AnswerSource.Response);

    private static PaymentEvent.AnswerIgnored Ignored => new("con_1", Channel.Sms, Domain.Kernel.RejectionCode.AlreadyAnswered);

    private static PaymentEvent.CaseOpened Opened => new("cas_1", "outcome_unknown", Authorize);

    [Theory]
    [MemberData(nameof(AllCalls))]
    public void A_call_breaks_exactly_what_it_breaks(string row) => Check(Calls, row);

    [Theory]
    [MemberData(nameof(AllAnswers))]
    public void An_answer_breaks_exactly_what_it_breaks(string row) => Check(Answers, row);

    [Theory]
    [MemberData(nameof(AllAtRest))]
    public void At_rest_exactly_what_is_left_over_is_found(string row) => Check(AtRest, row);

    private static PaymentEvent.BankCallDue Due => new(Authorize);

    private static PaymentEvent.BankCallStarted Call(int number) => new(Authorize, number);

    private static Tape Released(Tape t) => t.Pay(ReleaseOf()).Pay(new PaymentEvent.BankCallStarted(Release, 1)).Pay(new PaymentEvent.Voided("att_1", AnswerSource.Response));

    private static Tape Refused(Tape t) => t.Held().Pay(ReleaseOf()).Pay(new PaymentEvent.BankCallStarted(Release, 1)).Pay(new PaymentEvent.VoidFailed("att_1", "no"));

    private static Tape Wrong(Tape t, int times)
    {
        for (var i = 1; i <= times; i++) t.Pay(new PaymentEvent.WrongAnswer("con_1", Channel.Sms, i));
        return t;
    }
}
