using System.Net;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Attacks;

/// <summary>Text messages from the wrong phone, in look-alike digits, past a STOP, to numbers that cost: held or refused, the opt-out kept, the spending bounded.</summary>
/// <remarks>Invariants 14 and 15.</remarks>
[Collection("journey")]
[Attack(AttackRow.TextMessage)]
[Trait("Invariant", "15")]
public sealed class TextMessageTests(JourneyHub hub)
{
    /// <summary>A message from a phone that nobody asked anything is recorded at that phone and moves nothing else.</summary>
    [Theory]
    [InlineData("+14155559999")]
    [InlineData("+4915112345678")]
    public async Task The_right_digits_from_another_phone_move_no_money(string from)
    {
        var sale = await WaitingAsync();

        await TextedAsync(from, $"PAY {await sale.PhoneDigitsAsync()}");

        Assert.Equal("awaiting_confirmation", await sale.StatusAsync());
        Assert.Equal(0, (await sale.StateAsync()).WrongAnswers);
    }

    /// <summary>A sender that is no number of a person: a short code, a name, another channel's address, look-alikes.</summary>
    [Theory]
    [InlineData("{phone}\u200B")]
    [InlineData(" {phone}")]
    [InlineData("whatsapp:{phone}")]
    [InlineData("12345")]
    [InlineData("ACME")]
    [InlineData("+１４１５５５５０００１")]
    public async Task A_sender_that_is_no_number_is_nobody(string from)
    {
        var sale = await WaitingAsync();
        var digits = await sale.PhoneDigitsAsync();

        AttackFigures.Tried(AttackRow.TextMessage);
        using var answer = await hub.UnchangedAsync(() => hub.TextAsync(from.Replace("{phone}", sale.Payer.Phone, StringComparison.Ordinal), $"PAY {digits}"));

        await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal("awaiting_confirmation", await sale.StatusAsync());
    }

    /// <summary>The right digits, written so that only some readers would take them for digits: for a person to read, neither a yes nor a wrong answer.</summary>
    [Theory]
    [InlineData(0x0660)] // Arabic-Indic.
    [InlineData(0x06F0)] // Extended Arabic-Indic.
    [InlineData(0x0966)] // Devanagari.
    [InlineData(0x09E6)] // Bengali.
    [InlineData(0x0E50)] // Thai.
    [InlineData(0xFF10)] // Full width.
    [InlineData(0x1D7CE)] // Mathematical bold.
    [InlineData(0x1FBF0)] // Seven-segment.
    public async Task Digits_that_only_look_alike_answer_nothing(int zero)
    {
        var sale = await WaitingAsync();
        var digits = string.Concat((await sale.PhoneDigitsAsync()).Select(digit => char.ConvertFromUtf32(zero + digit - '0')));

        foreach (var text in new[] { $"PAY {digits}", $"NO {digits}", $"NOT ME {digits}", digits }) await TextedAsync(sale.Payer.Phone, text);

        await StillWaitsAsync(sale);
    }

    [Theory]
    [InlineData("РАY {0}")] // Cyrillic Er and A.
    [InlineData("ＰＡＹ {0}")]
    [InlineData("PAY {0}0")]
    [InlineData("PAY 0{0}")]
    [InlineData("PAY {0}?")]
    [InlineData("PAY {0} {0}")]
    [InlineData("PAY {0}\u0301")]
    [InlineData("PAY\u202E{0}")]
    [InlineData("YES {0}")]
    [InlineData("YES")]
    [InlineData("OK")]
    [InlineData("{0}")]
    [InlineData("please do not PAY {0}")]
    [InlineData("PAY {0} NO {0}")]
    [InlineData("<script>PAY {0}</script>")]
    public async Task Words_that_are_not_exactly_the_answer_answer_nothing(string words)
    {
        var sale = await WaitingAsync();

        await TextedAsync(sale.Payer.Phone, string.Format(System.Globalization.CultureInfo.InvariantCulture, words, await sale.PhoneDigitsAsync()));

        await StillWaitsAsync(sale);
    }

    /// <summary>A merchant cannot move a customer to another phone, and a phone that nobody proved is not asked.</summary>
    [Fact]
    [Trait("Invariant", "14")]
    public async Task A_number_that_was_named_a_minute_ago_is_asked_nothing()
    {
        var payer = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        foreach (var body in new[] { """{"phone":"+14155550000"}""", """{"addresses":[{"phone":"+14155550000"}]}""", """{"confirmation":{"method":"sms","address":"+14155550000"}}""" })
        {
            AttackFigures.Tried(AttackRow.TextMessage);
            using var moved = await hub.UnchangedAsync(() => hub.Acme.Client.CallAsync("PATCH", $"/v1/customers/{payer.Id}", body, $"{Guid.NewGuid()}"));
            await moved.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        }

        var unproven = await hub.Acme.NewPayerAsync("Mallory");
        var sale = await (await hub.Acme.SellAsync(unproven)).AcceptedAsync();
        var card = await unproven.AddCardAsync();
        using var browser = await unproven.BrowserAsync();
        AttackFigures.Tried(AttackRow.TextMessage);
        using var submitted = await hub.UnchangedAsync(() => browser.SendAsync($"/v1/payments/{sale.Payment}/submit", sale.SubmitBody(card)));
        await submitted.ProblemAsync(HttpStatusCode.Conflict, "no_confirmation_route");
        Assert.Empty(await unproven.MessagesAsync());
    }

    [Theory]
    [InlineData("STOP", null)]
    [InlineData("stop.", null)]
    [InlineData(" Unsubscribe ", null)]
    [InlineData("whatever Twilio took it for", "STOP")]
    public async Task After_a_stop_nothing_arrives_whoever_asks_for_it(string words, string? optOutType)
    {
        var payer = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        var sale = await (await hub.Acme.SellAsync(payer)).AwaitingConfirmationAsync();
        AttackFigures.Tried(AttackRow.TextMessage);
        using (await hub.TextAsync(payer.Phone, words, optOutType)) await hub.QuietAsync();
        var before = (await payer.MessagesAsync()).Count;

        // START from elsewhere opts nobody in; neither does a new order, nor another customer with the same phone.
        await TextedAsync("+14155559998", "START");
        var next = await (await hub.Acme.SellAsync(payer)).AcceptedAsync();
        using (var pays = await payer.BrowserAsync()) await pays.DoAsync($"/v1/payments/{next.Payment}/submit", next.SubmitBody(await hub.CardAsync(payer, "4242424242424242")));
        await hub.QuietAsync();
        Assert.Equal("requires_payment_method", await next.StatusAsync());
        var twin = await hub.Acme.DoAsync("/v1/customers", $$"""{"name":"Twin","phone":"{{payer.Phone}}"}""");
        var other = new Payer(hub, hub.Acme, twin.Text("id"), payer.Phone, "", twin.GetProperty("addresses")[0].Text("id"));
        using var browser = await other.BrowserAsync();
        await browser.DoAsync($"/v1/customers/{other.Id}/addresses/{other.PhoneAddress}/verification");
        await hub.QuietAsync();

        Assert.Equal(before, (await payer.MessagesAsync()).Count);
        Assert.Equal("awaiting_confirmation", await sale.StatusAsync());
    }

    [Theory]
    [InlineData("+19005550100")] // Premium rate within the United States.
    [InlineData("+4990012345678")]
    [InlineData("+449012345678")]
    [InlineData("+447012345678")]
    [InlineData("+33899123456")]
    [InlineData("+88216555010")] // Thuraya.
    [InlineData("+881612345678")] // Iridium.
    [InlineData("+870772001122")] // Inmarsat.
    [InlineData("+9791234567")] // International premium rate.
    public async Task A_number_that_costs_whoever_sends_to_it_is_nobodys(string phone)
    {
        AttackFigures.Tried(AttackRow.TextMessage);
        using var answer = await hub.UnchangedAsync(() => hub.Acme.Client.SendAsync("/v1/customers", $$"""{"name":"Eve","phone":"{{phone}}"}"""));

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Contains("premium-rate or satellite", problem.GetProperty("errors").GetProperty("phone")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+18765550100")] // Jamaica, beside the United States.
    [InlineData("+2521234567")] // Somalia.
    public async Task Nothing_goes_to_a_country_that_is_not_on_the_list(string phone)
    {
        AttackFigures.Tried(AttackRow.TextMessage);
        Assert.Empty(await VerifiedPhonesAsync(hub, [phone]));
    }

    /// <summary>However many customers somebody invents: a bound a merchant, a country, a block of numbers in a row.</summary>
    [Theory]
    [InlineData("BlockPerHour", "+4915100000", "+4915100001")]
    [InlineData("CountryPerHour", "+4915100000", "+4366400000")]
    [InlineData("MerchantPerHour", "+4915100000", null)]
    public async Task Pumped_messages_meet_a_bound_and_the_rest_goes_on(string bound, string block, string? elsewhere)
    {
        await using var own = new JourneyHub { Settings = [$"--Sending:{bound}", "3"] };
        await own.InitializeAsync();
        var phones = Enumerable.Range(100, 10).Select(number => $"{block}{number}").ToList();

        AttackFigures.Tried(AttackRow.TextMessage, phones.Count);
        var reached = await VerifiedPhonesAsync(own, phones);

        Assert.Equal(3, reached.Count);
        if (elsewhere is not null) Assert.Single(await VerifiedPhonesAsync(own, [$"{elsewhere}200"]));
        else Assert.Empty(await VerifiedPhonesAsync(own, ["+4366400000200"]));
        own.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Single(await VerifiedPhonesAsync(own, [$"{block}900"]));
        Assert.Contains(own.LogLines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("as many text messages as the settings allow", StringComparison.Ordinal));
    }

    /// <summary>A customer for each phone asks for a code.</summary>
    /// <returns>The phones at which something arrived.</returns>
    private static async Task<List<string>> VerifiedPhonesAsync(JourneyHub hub, IReadOnlyList<string> phones)
    {
        var reached = new List<string>();
        foreach (var phone in phones)
        {
            var made = await hub.Acme.DoAsync("/v1/customers", $$"""{"name":"Eve","phone":"{{phone}}"}""");
            var payer = new Payer(hub, hub.Acme, made.Text("id"), phone, "", made.GetProperty("addresses")[0].Text("id"));
            using var browser = await payer.BrowserAsync();
            await browser.DoAsync($"/v1/customers/{payer.Id}/addresses/{payer.PhoneAddress}/verification");
            await hub.QuietAsync();
            if ((await payer.MessagesAsync()).Count > 0) reached.Add(phone);
        }

        return reached;
    }

    private async Task<Sale> WaitingAsync() => await (await hub.Acme.SellAsync(await hub.AdaAsync())).AwaitingConfirmationAsync();

    private async Task TextedAsync(string from, string text)
    {
        AttackFigures.Tried(AttackRow.TextMessage);
        using var answer = await hub.TextAsync(from, text);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await hub.QuietAsync();
    }

    private static async Task StillWaitsAsync(Sale sale)
    {
        Assert.Equal("awaiting_confirmation", await sale.StatusAsync());
        Assert.Equal(0, (await sale.StateAsync()).WrongAnswers);
        Assert.Empty((await sale.StateAsync()).Captures);
    }
}
