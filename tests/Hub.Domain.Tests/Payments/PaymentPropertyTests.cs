using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Tests.Testing;
using static Hub.Domain.Tests.Payments.GatewayWorld;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>Random lives of payments. A failure prints the seed and the shortest luck that fails.</summary>
public sealed class PaymentPropertyTests
{
    [Fact]
    [Trait("Invariant", "6")]
    [Trait("Invariant", "8")]
    [Trait("Invariant", "10")]
    [Trait("Invariant", "14")]
    [Trait("Invariant", "15")]
    [Trait("Invariant", "24")]
    [Trait("Invariant", "25")]
    [Trait("Invariant", "26")]
    public void Whatever_happens_the_money_is_right_and_everything_comes_to_an_end()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var steps = 0L;
        Properties.Check(runs: 4_000, length: 300, luck =>
        {
            var walk = new PaymentWalk(luck);
            walk.Live();
            steps += walk.Steps;
            seen.UnionWith(walk.Run.History.Select(e => e.GetType().Name));
        });

        // Luck that never gets somewhere proves nothing about it. Another seed may miss what is rare.
        if (Properties.IsChosen) return;
        Assert.Equal(typeof(PaymentEvent).GetNestedTypes().Select(t => t.Name).Except(seen), []);
        Assert.True(steps >= 100_000, $"Only {steps} steps.");
    }

    [Fact]
    [Trait("Invariant", "12")]
    public void Any_order_and_repetition_of_the_same_webhooks_gives_one_final_state() => Properties.Check(runs: 1_000, length: 40, numbers =>
    {
        var luck = new Luck(numbers);
        var (start, key, answers) = luck.Of(Stories);
        var plain = answers.Aggregate(start, (run, answer) => run.Bank(key, answer, AnswerSource.Webhook));

        // Each at least once, in any order, some more than once.
        List<BankAnswer> shuffled = [.. answers];
        while (luck.Below(5) > 0) shuffled.Add(luck.Of(answers));
        for (var i = shuffled.Count - 1; i > 0; i--)
        {
            var other = luck.Below(i + 1);
            (shuffled[i], shuffled[other]) = (shuffled[other], shuffled[i]);
        }

        var after = shuffled.Aggregate(start, (run, answer) => run.Bank(key, answer, AnswerSource.Webhook));
        Assert.Equal(Outcome(plain.Payment()), Outcome(after.Payment()));
    });

    private static readonly IReadOnlyList<(PaymentRun Start, string Key, BankAnswer[] Answers)> Stories =
    [
        (Authorizing(), Authorize, [new BankAnswer.Pending(null), AuthorizedAnswer()]),
        (Authorizing(), Authorize, [new BankAnswer.ActionRequired("bank_1", null), new BankAnswer.Pending(null), AuthorizedAnswer()]),
        (Authorizing(), Authorize, [new BankAnswer.ActionRequired("bank_1", null), new BankAnswer.Declined("no")]),
        (Authorizing().Bank(Authorize, new BankAnswer.Unknown("timeout")), Authorize, [AuthorizedAnswer(), new BankAnswer.Unknown("timeout")]),
        (Authorizing().Fire("expiry", Deadline), Authorize, [new BankAnswer.Pending(null), AuthorizedAnswer()]),
        (Confirmed().Start(CaptureKey), CaptureKey, [new BankAnswer.Pending(null), new BankAnswer.Captured("c", Eur(50_00))]),
        (Confirmed().Start(CaptureKey), CaptureKey, [new BankAnswer.Pending(null), new BankAnswer.Failed("no")]),
        (Rejected().Start(ReleaseKey), ReleaseKey, [new BankAnswer.Pending(null), new BankAnswer.Voided("v")]),
        (Rejected().Start(ReleaseKey), ReleaseKey, [new BankAnswer.Pending(null), new BankAnswer.Failed("no")]),
        (Debiting(), Authorize, [new BankAnswer.Pending(null), Moved(), Cleared()]),
        (Debiting(), Authorize, [new BankAnswer.ActionRequired("page_1", null), Moved(), Cleared(), Returned()]),
        (Debiting().Fire("expiry", Deadline), Authorize, [Cleared(), Returned()]),
        (LeftTheBank(), Authorize, [new BankAnswer.ActionRequired("page_1", null), Moved(), Cleared()]),
        (Captured().Do(new PaymentCommand.Refund(null, "x", "mer_1"), Noon).Start(RefundKey), RefundKey, [new BankAnswer.Pending(null), new BankAnswer.Refunded("r", Eur(50_00))]),
    ];

    // The count of questions may differ, and so may what a page was once shown; what holds may not.
    private static (PaymentStatus, long, long, string, string) Outcome(Payment p) => (
        p.Status, p.Captured, p.Refunded,
        string.Join(',', p.Attempts.Select(a => $"{a.Status} {a.Void?.Progress}")), string.Join(',', p.Cases.Select(c => c.Reason)));
}
