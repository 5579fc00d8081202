using Hub.Channels.Incoming;
using Hub.Channels.Templates;
using Hub.Domain.Addresses;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Orders;
using Hub.Domain.Payments;

namespace Hub.Channels.Tests.Incoming;

/// <summary>Whom a message is about. Holds invariant 22: nothing of one customer reaches a phone that two share, unless an order names one of them.</summary>
[Trait("Invariant", "22")]
public sealed class OrderLookupTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Holder Ada = new("mer_1", "cus_ada", "adr_1");
    private static readonly Holder Bob = new("mer_2", "cus_bob", "adr_2");
    private static readonly Order A7 = Order("ord_01jd3v9h5k00000000000aaa17", "R-7", Ada);
    private static readonly Order A8 = Order("ord_01jd3v9h5k00000000000aaa18", "R-8", Ada);
    private static readonly Order B7 = Order("ord_01jd3v9h5k00000000000bbb17", "r-7", Bob);
    private static readonly Order B9 = Order("ord_01jd3v9h5k00000000000bbb19", "2026/9", Bob);

    [Fact]
    public void A_phone_nobody_proved_is_told_nothing()
    {
        Assert.Equal(new Found.Nobody(), Find(null));
        Assert.Equal(new Found.Nobody(), Find("R-7"));
    }

    [Fact]
    public void The_only_holder_is_told_of_all_their_orders()
    {
        var one = Assert.IsType<Found.One>(Find(null, Ada));

        Assert.Equal(Ada, one.Who);
        Assert.Equal([A8, A7], one.Orders);
    }

    [Theory]
    [InlineData("R-7")]
    [InlineData("r-7")]
    [InlineData("0aaa17")]
    [InlineData("0AAA17")]
    [InlineData("ord_01jd3v9h5k00000000000aaa17")]
    [InlineData("ORD_01JD3V9H5K00000000000AAA17")]
    public void An_order_is_named_by_the_shops_reference_or_by_six_characters_of_the_id(string reference)
    {
        var found = Find(reference, Ada);

        Assert.Equal([A7], Assert.IsType<Found.One>(found).Orders);
    }

    [Theory]
    [InlineData("R-")]
    [InlineData("R-77")]
    [InlineData("aaa17")]
    [InlineData("ord_")]
    [InlineData("ord_aaa17")]
    [InlineData("jd3v9h5k000000")]
    [InlineData("x01jd3v9h5k00000000000aaa17")]
    [InlineData("2026/9")]
    public void What_names_no_order_of_theirs_finds_none(string reference) => Assert.Equal(new Found.NoSuchOrder(), Find(reference, Ada));

    [Fact]
    public void Two_who_share_a_phone_are_told_of_an_order_that_only_one_of_them_has()
    {
        Assert.Equal(new Found.Several(), Find(null, Ada, Bob));
        Assert.Equal(new Found.Several(), Find("R-7", Ada, Bob));
        Assert.Equal(Ada, Assert.IsType<Found.One>(Find("R-8", Ada, Bob)).Who);
        Assert.Equal(Bob, Assert.IsType<Found.One>(Find("2026/9", Ada, Bob)).Who);
        Assert.Equal(Bob, Assert.IsType<Found.One>(Find("0bbb17", Ada, Bob)).Who);
        Assert.Equal(new Found.NoSuchOrder(), Find("R-1", Ada, Bob));
    }

    [Theory]
    [InlineData(OrderStatus.Placed, null, Standing.Placed)]
    [InlineData(OrderStatus.Accepted, null, Standing.AwaitingPayment)]
    [InlineData(OrderStatus.Accepted, PaymentStatus.RequiresPaymentMethod, Standing.AwaitingPayment)]
    [InlineData(OrderStatus.Paid, PaymentStatus.Succeeded, Standing.Paid)]
    [InlineData(OrderStatus.Shipped, PaymentStatus.Succeeded, Standing.Shipped)]
    [InlineData(OrderStatus.Delivered, PaymentStatus.Succeeded, Standing.Delivered)]
    [InlineData(OrderStatus.Canceled, null, Standing.Canceled)]
    public void An_order_stands_as_it_and_its_payment_do(OrderStatus order, PaymentStatus? payment, Standing standing)
    {
        var paid = payment is null ? null : new Payment("pay_1", A7.Grant, CaptureMode.Automatic, Noon, Noon);

        Assert.Equal(standing, Standings.Of(A7 with { Status = order, Payment = paid?.Id }, paid));
    }

    [Fact]
    public void What_is_delivered_canceled_or_too_late_is_not_open()
    {
        Standing[] closed = [Standing.Delivered, Standing.Canceled, Standing.Expired];

        Assert.All(Enum.GetValues<Standing>(), standing => Assert.Equal(!closed.Contains(standing), Standings.IsOpen(standing)));
        Assert.Equal(Standing.Returned, Standings.Of(A7 with { Status = OrderStatus.Shipped, ReturnedAt = Noon }, null));
    }

    private static Found Find(string? reference, params Holder[] holders) => new OrderLookup(new Orders()).Find(
        new AddressState((AddressIdentity?)null) { Holders = holders.ToEquatableArray() }, reference);

    private static Order Order(string id, string reference, Holder of)
    {
        var invoice = new Invoice(Currency.Eur, [new InvoiceLine("BOOK-1", "A Room of One's Own", 2, 19_90, 2_60)], 4_90);
        return new Order(
            id, of.Merchant, "ACME Books", of.Customer, reference, invoice, "hash", new Consignee(new Sealed(""), new Sealed("")),
            new DeliveryTerms("parcel", null), new SignatureProof("sig_1", "", "", Noon), Noon);
    }

    private sealed class Orders : ICustomerOrders
    {
        public IReadOnlyList<Order> Newest(string customer) => customer == Ada.Customer ? [A8, A7] : [B9, B7];
    }
}
