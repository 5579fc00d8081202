using Hub.Actors.Ports;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.SandboxBank;
using Hub.Gateways.Tests.SandboxBank;
using Hub.Gateways.Tests.Support;
using Hub.Gateways.Vault;

namespace Hub.Gateways.Tests.Reactions;

/// <summary>Whatever fails before the first byte leaves reached nobody, and is told as that (invariant 11).</summary>
[Trait("Invariant", "11")]
public sealed class NotSentTests
{
    private const string Authorize = "att_1_1/authorize";
    private const string Evidence = "dsp_1_1/answer1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, Exception> Outages => new()
    {
        { "away", new VaultUnavailableException("The vault cannot be read.") },
        { "another master key", new VaultConfigurationException("The master key does not open this vault.") },
    };

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task A_vault_that_is_away_for_a_moment_leaves_a_call_to_be_tried_again(string what, Exception outage)
    {
        Assert.NotEmpty(what);
        await using var bank = await BankListener.AnswersAsync(201, GatewayFixture.Authorization("authorized", reference: $"pay_1/{Authorize}"));
        var (payment, vault) = (OnePayment.Submitted(49_90, SandboxBankGateway.GatewayName), new FakeCardVault { Failure = outage });
        var reaction = payment.At(vault, new NoPersons(), GatewayFixture.Gateway(bank.Address, vault: vault));

        await reaction.HandleAsync(payment.Newest<PaymentEvent.Submitted>(), Cancel);

        var operation = payment.Payment.FindOperation(Authorize)!;
        Assert.Equal((BankOperationProgress.Intended, 1, false), (operation.Progress, operation.Tries, operation.MaybeReached));
        Assert.Empty(bank.Requests);

        vault.Failure = null;
        await reaction.HandleAsync(payment.Due(Authorize), Cancel);
        Assert.Equal(AttemptStatus.Authorized, payment.Payment.Attempts[0].Status);
        Assert.Single(bank.Requests);
    }

    /// <summary>Trying again cannot help: the customer types the card once more, and no gateway is asked meanwhile.</summary>
    [Fact]
    public async Task What_the_vault_cannot_open_ends_the_attempt_at_once()
    {
        await using var bank = await BankListener.AnswersAsync(201, "{}");
        var vault = new FakeCardVault { Failure = new InvalidDataException("A row of kind card in the vault is not what the hub put there.") };
        var payment = OnePayment.Submitted(49_90, SandboxBankGateway.GatewayName, SandboxBankGateway.SecondName);

        await payment.At(vault, new NoPersons(), GatewayFixture.Gateway(bank.Address, vault: vault)).HandleAsync(payment.Newest<PaymentEvent.Submitted>(), Cancel);

        Assert.Equal(AttemptStatus.Failed, Assert.Single(payment.Payment.Attempts).Status);
        Assert.Equal(PaymentStatus.RequiresPaymentMethod, payment.Payment.Status);
        Assert.Empty(bank.Requests);
    }

    [Fact]
    public async Task Evidence_that_cannot_be_opened_for_now_is_sent_later()
    {
        await using var bank = await BankListener.AnswersAsync(200, """{"id":"bdi_1","status":"under_review","reference":"r"}""");
        var (payment, vault, persons) = (OnePayment.Contested(50_00, SandboxBankGateway.GatewayName), new FakeCardVault(), new Persons { Away = true });
        var reaction = payment.At(vault, persons, GatewayFixture.Gateway(bank.Address, vault: vault));

        await reaction.HandleAsync(payment.Newest<PaymentEvent.EvidenceSubmitted>(), Cancel);
        Assert.Equal((BankOperationProgress.Intended, false), (payment.Payment.FindOperation(Evidence)!.Progress, payment.Payment.FindOperation(Evidence)!.MaybeReached));
        Assert.Empty(bank.Requests);

        persons.Away = false;
        await reaction.HandleAsync(payment.Due(Evidence), Cancel);
        Assert.Equal(BankOperationProgress.Ended, payment.Payment.FindOperation(Evidence)!.Progress);
        Assert.Contains("we sent it", Assert.Single(bank.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Invariant", "26")]
    public async Task Evidence_that_was_erased_becomes_a_case()
    {
        await using var bank = await BankListener.AnswersAsync(200, "{}");
        var (payment, vault) = (OnePayment.Contested(50_00, SandboxBankGateway.GatewayName), new FakeCardVault());

        await payment.At(vault, new Persons { Erased = true }, GatewayFixture.Gateway(bank.Address, vault: vault))
            .HandleAsync(payment.Newest<PaymentEvent.EvidenceSubmitted>(), Cancel);

        Assert.Contains(payment.Payment.Cases, x => x is { Open: true, Operation: Evidence });
        Assert.Empty(bank.Requests);
    }

    /// <summary>Staff settle a case with the bank's own reference, as they read it.</summary>
    [Theory]
    [Trait("Invariant", "26")]
    [InlineData("..")]
    [InlineData("#1")]
    public async Task A_reference_that_is_no_id_of_a_bank_becomes_a_case(string typed)
    {
        await using var bank = await BankListener.AnswersAsync(200, "{}");
        var (payment, vault) = (OnePayment.Confirmed(50_00, SandboxBankGateway.GatewayName, typed), new FakeCardVault());

        await payment.At(vault, new NoPersons(), GatewayFixture.Gateway(bank.Address, vault: vault)).HandleAsync(payment.Newest<PaymentEvent.CaptureRequested>(), Cancel);

        Assert.Contains(payment.Payment.Cases, x => x is { Open: true, Operation: "cap_1_1/capture" });
        Assert.Equal("bank_id_unusable", Assert.IsType<PaymentEvent.OutcomeUnknown>(payment.Newest<PaymentEvent.OutcomeUnknown>().Body).Reason);
        Assert.Empty(bank.Requests);
    }

    /// <summary>A call under such a reference was journaled as started by an earlier version: nobody can be asked about it.</summary>
    [Fact]
    public async Task A_question_about_what_such_a_reference_names_is_not_sent()
    {
        await using var bank = await BankListener.AnswersAsync(200, "{}");
        var (payment, vault) = (OnePayment.Confirmed(50_00, SandboxBankGateway.GatewayName, "#1"), new FakeCardVault());
        payment.Do(new PaymentCommand.StartBankCall("cap_1_1/capture", 1));

        await payment.At(vault, new NoPersons(), GatewayFixture.Gateway(bank.Address, vault: vault)).HandleAsync(payment.Newest<PaymentEvent.CaptureRequested>(), Cancel);

        Assert.Equal(BankOperationProgress.Unknown, payment.Payment.FindOperation("cap_1_1/capture")!.Progress);
        Assert.Empty(bank.Requests);
    }

    /// <summary>Words that lie open, as long as they can be had.</summary>
    private sealed class Persons : IPersonalData
    {
        internal bool Away { get; set; }

        internal bool Erased { get; init; }

        public string? Open(string customer, Sealed text) => Away ? throw new VaultUnavailableException("The vault cannot be read.") : Erased ? null : text.Text;

        public Sealed Seal(string customer, string words) => throw new NotSupportedException();

        public bool IsErased(string customer) => Erased;

        public void Erase(string customer) => throw new NotSupportedException();
    }
}
