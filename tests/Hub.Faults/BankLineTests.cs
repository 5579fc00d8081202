using Hub.Faults.Support;

namespace Hub.Faults;

/// <summary>Connections that break, fall silent or crawl between the hub and the bank, whose webhooks arrive.</summary>
public sealed class BankLineWithWebhooksTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Invariant", "9")]
    [Trait("Invariant", "10")]
    [Trait("Invariant", "11")]
    [Trait("Invariant", "26")]
    public Task Whatever_becomes_of_the_line_to_the_bank_each_payment_ends_right() => BankLine.EachPaymentEndsRightAsync(webhooks: true, output);
}

/// <summary>The same where no webhook arrives: only a query can tell what became of a call. A class of its own, to run beside the other.</summary>
public sealed class BankLineWithoutWebhooksTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Invariant", "9")]
    [Trait("Invariant", "10")]
    [Trait("Invariant", "11")]
    [Trait("Invariant", "26")]
    public Task Whatever_becomes_of_the_line_to_the_bank_each_payment_ends_right() => BankLine.EachPaymentEndsRightAsync(webhooks: false, output);
}
