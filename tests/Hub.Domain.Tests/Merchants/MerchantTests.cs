global using MerchantRun = Hub.Domain.Tests.Testing.Run<Hub.Domain.Merchants.MerchantDecider, Hub.Domain.Merchants.MerchantCommand, Hub.Domain.Merchants.MerchantEvent, Hub.Domain.Merchants.MerchantState>;
using Hub.Domain.Kernel;
using Hub.Domain.Merchants;

namespace Hub.Domain.Tests.Merchants;

/// <summary>The keys a merchant signs with, and where it hears results.</summary>
public sealed class MerchantTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static MerchantRun Registered() => MerchantRun.Given().Do(new MerchantCommand.Register("mer_1", "Shop"), Noon);

    private static MerchantRun Listening(int endpoints = 1) => Enumerable.Range(1, endpoints)
        .Aggregate(Registered(), (run, i) => run.Do(new MerchantCommand.AddEndpoint($"whe_{i}", "https://shop.example", ["payment.succeeded"], "sec_1"), Noon));

    [Fact]
    public void A_merchant_registers_under_one_name()
    {
        Registered().When(new MerchantCommand.Register("mer_1", "Shop"), Noon).ThenNothing();
        Registered().When(new MerchantCommand.Register("mer_1", "Other"), Noon).ThenRejected(RejectionCode.AlreadyExists);
        MerchantRun.Given().When(new MerchantCommand.RetireSigningKey("sig_1"), Noon).ThenRejected(RejectionCode.NotFound);
    }

    [Fact]
    public void A_key_is_added_once_and_retired_for_good()
    {
        var run = Registered().When(new MerchantCommand.AddSigningKey("sig_1", "pem"), Noon).Then(new MerchantEvent.SigningKeyAdded("sig_1", "pem", Noon));
        run.When(new MerchantCommand.AddSigningKey("sig_1", "pem"), Noon).ThenRejected(RejectionCode.AlreadyExists);
        run.When(new MerchantCommand.RetireSigningKey("sig_1"), Noon).Then(new MerchantEvent.SigningKeyRetired("sig_1")).When(new MerchantCommand.RetireSigningKey("sig_1"), Noon).ThenNothing();
        run.When(new MerchantCommand.RetireSigningKey("sig_2"), Noon).ThenRejected(RejectionCode.NoSuchKey);
    }

    [Theory]
    [InlineData(MerchantDecider.MaxEndpoints - 1, null)]
    [InlineData(MerchantDecider.MaxEndpoints, RejectionCode.TooManyEndpoints)]
    public void A_merchant_listens_at_sixteen_endpoints_at_most(int endpoints, RejectionCode? rejection)
    {
        var turn = Listening(endpoints).When(new MerchantCommand.AddEndpoint("whe_x", "https://shop.example", [], "sec_1"), Noon);

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(MerchantEvent.EndpointAdded));
    }

    [Fact]
    public void A_new_secret_signs_beside_the_last_one_for_a_day()
    {
        var run = Listening().When(new MerchantCommand.RotateSecret("whe_1", "sec_2"), Noon).Then(new MerchantEvent.SecretRotated("whe_1", "sec_2", Noon.AddDays(1)));
        var endpoint = Assert.IsType<Merchant>(run.State).Endpoints[0];
        Assert.Equal(("sec_2", "sec_1", Noon.AddDays(1)), (endpoint.Secret, endpoint.PreviousSecret, endpoint.PreviousUntil));
    }

    [Fact]
    public void A_disabled_endpoint_hears_nothing_more()
    {
        var run = Listening().When(new MerchantCommand.DisableEndpoint("whe_1", "gone"), Noon).Then(new MerchantEvent.EndpointDisabled("whe_1", "gone"));
        run.When(new MerchantCommand.DisableEndpoint("whe_1", "gone"), Noon).ThenNothing();
        run.When(new MerchantCommand.RotateSecret("whe_1", "x"), Noon).ThenRejected(RejectionCode.EndpointDisabled);
        Assert.False(Assert.IsType<Merchant>(run.State).Endpoints[0].Wants("payment.succeeded"));
        Assert.True(Assert.IsType<Merchant>(Listening().State).Endpoints[0].Wants("payment.succeeded"));
        Assert.False(Assert.IsType<Merchant>(Listening().State).Endpoints[0].Wants("payment.created"));
    }
}
