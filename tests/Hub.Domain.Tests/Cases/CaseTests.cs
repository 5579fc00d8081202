using Hub.Domain.Cases;
using Hub.Domain.Kernel;
using Hub.Domain.Tests.Testing;

namespace Hub.Domain.Tests.Cases;

/// <summary>A case waits for a person, once.</summary>
public sealed class CaseTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CaseMatter Matter = new("cas_1_1", "amount_mismatch", "mer_1", "cus_1", "ord_1", "pay_1", "att_1_1/authorize");

    [Fact]
    public void A_case_is_opened_once_however_often_it_is_reported() =>
        Given().Do(new CaseCommand.Open(Matter), Noon).When(new CaseCommand.Open(Matter), Noon.AddHours(1)).ThenNothing();

    [Fact]
    public void What_was_never_opened_cannot_be_settled() =>
        Given().When(new CaseCommand.Settle("ada", "looked"), Noon).ThenRejected(RejectionCode.NotFound);

    [Fact]
    public void A_case_is_settled_once_and_says_by_whom()
    {
        var settled = Given(new CaseEvent.Opened(Matter, Noon))
            .When(new CaseCommand.Settle("ada", "the bank gave it back"), Noon.AddHours(1))
            .Then(new CaseEvent.Settled("ada", "the bank gave it back", Noon.AddHours(1)));

        Assert.Equal("ada", settled.State.SettledBy);
        settled.When(new CaseCommand.Settle("bob", "me too"), Noon.AddHours(2)).ThenRejected(RejectionCode.NothingToDo);
    }

    [Fact]
    [Trait("Invariant", "22")]
    public void A_case_concerns_its_merchant_and_no_customer() =>
        Assert.Equal(new Subjects("mer_1", null, "ord_1", "pay_1"), Given(new CaseEvent.Opened(Matter, Noon)).State.Subjects);

    private static Run<CaseDecider, CaseCommand, CaseEvent, CaseState> Given(params IReadOnlyList<CaseEvent> happened) =>
        Run<CaseDecider, CaseCommand, CaseEvent, CaseState>.Given(happened);
}
