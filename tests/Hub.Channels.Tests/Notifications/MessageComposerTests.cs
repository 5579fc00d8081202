using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Channels.Confirmations;
using Hub.Channels.Email;
using Hub.Channels.Notifications;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Notifications;
using Hub.Domain.Notifications.Planning;
using Hub.Domain.Orders;
using Hub.Domain.Payments;

namespace Hub.Channels.Tests.Notifications;

/// <summary>A message speaks the language of the customer it goes to, also where it answers a number and not a name.</summary>
public sealed class MessageComposerTests
{
    private const string Phone = "sms:+14155550100:+4915112345678";
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Sealed Nothing = new("");
    private static readonly About AboutAda = new("mer_1", "cus_1", "ord_1", "pay_1", "con_1");
    private static readonly About AboutStranger = new(null, "own_1");

    [Theory]
    [InlineData("en", "OmniHub: ACME Books shipped order A-17 with DHL, tracking 0034.")]
    [InlineData("de-AT", "OmniHub: ACME Books hat Bestellung A-17 mit DHL versandt, Sendung 0034.")]
    [InlineData("zh-Hans-CN", "OmniHub：“ACME Books”的订单 A-17 已发货，承运人：DHL，运单号 0034。")]
    [InlineData("fr", "OmniHub: ACME Books shipped order A-17 with DHL, tracking 0034.")]
    public async Task A_notice_is_in_the_customers_language(string locale, string words)
    {
        var message = await ComposeAsync(Hub(locale), NotificationKind.Shipped, AboutAda, Channel.Sms);

        Assert.Equal(words, message.Text);
    }

    [Theory]
    [InlineData("en-GB", "OmniHub: pay €44.70 to ACME Books? Reply PAY ")]
    [InlineData("de", "OmniHub: 44,70 € an ACME Books zahlen? Antwort: PAY ")]
    [InlineData("zh", "OmniHub：是否向“ACME Books”支付 €44.70？同意请回复 PAY ")]
    public async Task A_confirmation_is_in_the_customers_language(string locale, string words)
    {
        var message = await ComposeAsync(Hub(locale), NotificationKind.Confirmation, AboutAda, Channel.Sms);

        Assert.StartsWith(words, message.Text, StringComparison.Ordinal);
        Assert.True(message.DiscardContent);
    }

    /// <summary>A link beside a code is what those send who fish for codes.</summary>
    [Theory]
    [InlineData(NotificationKind.PaymentCanceled, Channel.Email, true)]
    [InlineData(NotificationKind.Shipped, Channel.Email, true)]
    [InlineData(NotificationKind.Confirmation, Channel.Email, false)]
    [InlineData(NotificationKind.AddressVerification, Channel.Email, false)]
    [InlineData(NotificationKind.Shipped, Channel.Sms, false)]
    public async Task A_mail_leads_to_the_payment_and_one_with_a_code_leads_nowhere(NotificationKind kind, Channel channel, bool leads)
    {
        var message = await ComposeAsync(Hub("de"), kind, AboutAda, channel);

        Assert.Equal(leads, message.Text.Contains("http://localhost:5080/my?payment=pay_1\n", StringComparison.Ordinal));
        Assert.Equal(leads, message.Html?.Contains("href=\"http://localhost:5080/my?payment=pay_1\"", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData("de", "Ihr Bestätigungscode", "<html lang=\"de\">")]
    [InlineData("zh", "您的验证码", "<html lang=\"zh-Hans\">")]
    public async Task A_letter_is_in_the_customers_language(string locale, string subject, string html)
    {
        var message = await ComposeAsync(Hub(locale), NotificationKind.AddressVerification, new About("mer_1", "cus_1", Part: "ver_1"), Channel.Email);

        Assert.Equal(subject, message.Subject);
        Assert.Contains(html, message.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NotificationKind.WrongNumber, "OmniHub: Dazu gibt es keine offene Anfrage.")]
    [InlineData(NotificationKind.Help, "OmniHub: Zahlungsbestätigungen.")]
    public async Task A_reply_to_a_number_speaks_as_the_last_request_there_did(NotificationKind kind, string words)
    {
        var hub = Hub("de");
        hub[HubKinds.Address[Phone]] = Address(new OpenCode("con_0", "pay_0", "adr_1", "aa", Noon), new OpenCode("con_1", "pay_1", "adr_1", "bb", Noon));

        Assert.StartsWith(words, (await ComposeAsync(hub, kind, AboutStranger, Channel.Sms)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "pay_1")]
    [InlineData(true, "pay_unknown")]
    public async Task A_reply_to_a_number_nobody_was_asked_at_is_in_English(bool asked, string payment)
    {
        var hub = Hub("de");
        hub[HubKinds.Address[Phone]] = asked ? Address(new OpenCode("con_9", payment, "adr_1", "aa", Noon)) : Address();

        Assert.StartsWith("OmniHub: that matches", (await ComposeAsync(hub, NotificationKind.WrongNumber, AboutStranger, Channel.Sms)).Text, StringComparison.Ordinal);
    }

    /// <summary>Text and HTML, in three languages that differ. Receipts and refunds, which need money that moved, are held by the journeys.</summary>
    [Theory]
    [InlineData(NotificationKind.PaymentDeclined)]
    [InlineData(NotificationKind.PaymentCanceled)]
    [InlineData(NotificationKind.PaymentExpired)]
    [InlineData(NotificationKind.PaymentReturned)]
    [InlineData(NotificationKind.Shipped)]
    [InlineData(NotificationKind.Delivered)]
    public async Task A_notice_has_text_and_HTML_in_three_languages_and_stands_in_its_orders_thread(NotificationKind kind)
    {
        var mails = new List<OutgoingMessage>();
        foreach (var locale in new[] { "en", "de", "zh" }) mails.Add(await ComposeAsync(Hub(locale), kind, AboutAda, Channel.Email));

        Assert.Equal(3, mails.Select(m => m.Subject).Distinct().Count());
        Assert.Equal(3, mails.Select(m => m.Text).Distinct().Count());
        Assert.All(mails, mail =>
        {
            Assert.StartsWith("<!doctype html>", mail.Html, StringComparison.Ordinal);
            Assert.All(new[] { mail.Text, mail.Html! }, form => Assert.Contains("A-17", form, StringComparison.Ordinal));
            Assert.Equal(("ord_1", true), (mail.Thread, mail.Unsubscribe is not null));
        });
    }

    [Theory]
    [InlineData(NotificationKind.Confirmation)]
    [InlineData(NotificationKind.AddressVerification)]
    [InlineData(NotificationKind.WalletCode)]
    public async Task Nobody_leaves_what_keeps_their_account_safe(NotificationKind kind) =>
        Assert.Null((await ComposeAsync(Hub("en"), kind, AboutAda with { Part = "ver_1" }, Channel.Email)).Unsubscribe);

    private static async Task<OutgoingMessage> ComposeAsync(Dictionary<ActorId, State> hub, NotificationKind kind, About about, Channel channel)
    {
        var composer = new MessageComposer(new Standing(hub), new Codes(new Keys()), new Persons(), new MailTokens(new Keys(), new ChannelOptions()), new ChannelOptions());
        var route = new Route(channel, "adr_1", Phone, Nothing);
        var notification = new Notification("ntf_1", kind, about, [new Recipient(route, Verified: true)], Noon, Noon);
        var message = await composer.ComposeAsync(notification, new Delivery("dlv_1", route, TryState.InFlight, Noon), "to", TestContext.Current.CancellationToken);
        Assert.NotNull(message);
        return message;
    }

    private static Dictionary<ActorId, State> Hub(string locale)
    {
        var invoice = new Invoice(Currency.Eur, [new InvoiceLine("BOOK-1", "A Room of One's Own", 2, 19_90, 2_60)], 4_90);
        var grant = new OrderGrant("ord_1", "mer_1", "ACME Books", "cus_1", invoice.Total, "hash", "sig_1");
        return new Dictionary<ActorId, State>
        {
            [HubKinds.Customer["cus_1"]] = new Customer("cus_1", "mer_1", Nothing, new Preferences(Channel.Sms, [], locale), Noon),
            [HubKinds.Order["ord_1"]] = new Order(
                "ord_1", "mer_1", "ACME Books", "cus_1", "A-17", invoice, "hash", new Consignee(Nothing, Nothing),
                new DeliveryTerms("parcel", null), new SignatureProof("sig_1", "", "", Noon), Noon)
            { Shipment = new Shipment("DHL", "0034", Noon) },
            [HubKinds.Payment["pay_1"]] = new Payment("pay_1", grant, CaptureMode.Automatic, Noon, Noon),
        };
    }

    private static AddressState Address(params OpenCode[] codes) =>
        new(new AddressIdentity(Channel.Sms, "+14155550100", Nothing, "own_1")) { Codes = codes.ToEquatableArray() };

    /// <summary>Actors that stand still.</summary>
    private sealed class Standing(Dictionary<ActorId, State> states) : IActors
    {
        public Task<TurnOutcome> SendAsync(ActorId actor, Envelope command, CancellationToken cancel) =>
            throw new InvalidOperationException("Composing a message changes nothing.");

        public Task<ActorReading> ReadAsync(ActorId actor, long atLeast, CancellationToken cancel) =>
            Task.FromResult(new ActorReading(1, states.GetValueOrDefault(actor) ?? new NoCustomer()));
    }

    private sealed class Keys : IKeyring
    {
        public byte[] Mac(string purpose, ReadOnlySpan<byte> data) => System.Security.Cryptography.SHA256.HashData(data);
    }

    private sealed class Persons : IPersonalData
    {
        public Sealed Seal(string customer, string words) => new(words);

        public string? Open(string customer, Sealed text) => text.Text;

        public bool IsErased(string customer) => false;

        public void Erase(string customer) => throw new InvalidOperationException("Composing a message forgets nobody.");
    }
}
