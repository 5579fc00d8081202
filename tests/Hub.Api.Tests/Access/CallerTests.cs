using Hub.Api.Access;
using Hub.Domain.Kernel;

namespace Hub.Api.Tests.Access;

/// <summary>Invariant 22: nothing crosses from one customer or merchant to another.</summary>
public sealed class CallerTests
{
    private static readonly Caller MerchantA = new Caller.Merchant("mer_a") { CredentialId = "crd_1" };
    private static readonly Caller CustomerA = new Caller.Customer("mer_a", "cus_a", null) { CredentialId = "crd_2" };
    private static readonly Caller CheckoutA = new Caller.Customer("mer_a", "cus_a", "pay_a") { CredentialId = "crd_3" };
    private static readonly Caller StaffA = new Caller.Staff("s@x", [StaffRole.Support], ["mer_a", "mer_c"]) { CredentialId = "crd_4" };
    private static readonly Caller AdminOfNone = new Caller.Staff("a@x", [StaffRole.Admin], []) { CredentialId = "crd_5" };

    public static TheoryData<string?, string?, string?, string?, bool, bool, bool, bool> Table => new()
    {
        // merchant, customer, order, payment: seen by merchant, customer, checkout session, staff
        { "mer_a", "cus_a", null, null, true, true, true, true },
        { "mer_a", "cus_a", "ord_a", null, true, true, false, true },
        { "mer_a", "cus_a", "ord_a", "pay_a", true, true, true, true },
        { "mer_a", "cus_a", "ord_b", "pay_b", true, true, false, true },
        { "mer_a", "cus_b", null, null, true, false, false, true },
        { "mer_a", "cus_b", "ord_a", "pay_a", true, false, false, true },
        { "mer_a", null, null, null, true, false, false, true },
        { "mer_b", "cus_a", null, null, false, false, false, false },
        { "mer_b", "cus_a", "ord_a", "pay_a", false, false, false, false },
        { "mer_c", "cus_a", null, null, false, false, false, true },
        { null, "cus_a", null, "pay_a", false, false, false, false },
        { null, null, null, null, false, false, false, false },
        { "MER_A", "cus_a", null, null, false, false, false, false },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void What_one_may_see_follows_from_whom_it_concerns(
        string? merchant, string? customer, string? order, string? payment, bool byMerchant, bool byCustomer, bool byCheckout, bool byStaff)
    {
        var subjects = new Subjects(merchant, customer, order, payment);

        Assert.Equal(
            (byMerchant, byCustomer, byCheckout, byStaff, false),
            (MerchantA.MaySee(subjects), CustomerA.MaySee(subjects), CheckoutA.MaySee(subjects), StaffA.MaySee(subjects), AdminOfNone.MaySee(subjects)));
    }

    [Fact]
    public void No_two_tenants_share_a_name()
    {
        Caller[] all = [MerchantA, CustomerA, CheckoutA, StaffA, AdminOfNone, new Caller.Merchant("cus_a") { CredentialId = "crd_6" }];

        Assert.Equal(all.Length, all.Select(caller => caller.Tenant).Distinct().Count());
    }

    [Theory]
    [InlineData(Policies.PaymentsConfirm, false, true, false, false)]
    [InlineData(Policies.PaymentsSubmit, false, true, false, false)]
    [InlineData(Policies.OrdersAccept, false, true, false, false)]
    [InlineData(Policies.AddressesVerify, false, true, false, false)]
    [InlineData(Policies.OrdersWrite, true, false, false, false)]
    [InlineData(Policies.PaymentsRefund, true, false, false, true)]
    [InlineData(Policies.PaymentsCapture, true, false, false, true)]
    [InlineData(Policies.Read, true, true, true, true)]
    [InlineData(Policies.ReadLists, true, false, true, true)]
    [InlineData(Policies.CasesWrite, false, false, false, true)]
    public void A_policy_names_who_may(string policy, bool merchant, bool customer, bool support, bool admin) => Assert.Equal(
        (merchant, customer, support, admin, false),
        (
            Policies.Allows(policy, MerchantA, []),
            Policies.Allows(policy, CustomerA, []),
            Policies.Allows(policy, StaffA, []),
            Policies.Allows(policy, AdminOfNone, []),
            Policies.Allows(policy, null, [])));

    [Fact]
    public void Nobody_may_do_anything() => Assert.All(Policies.Names, policy => Assert.False(Policies.Allows(policy, null, [])));
}
