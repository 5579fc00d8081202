using System.Net;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Domain.Addresses;

namespace Hub.Api.Tests.Attacks;

/// <summary>One-time codes under attack: however many guess, and however often it is asked again, five answers are tried and one is accepted.</summary>
/// <remarks>Invariants 14 to 16. The clock moves, hence a hub of its own.</remarks>
[Attack(AttackRow.OneTimeCode)]
public sealed class OneTimeCodeTests : IAsyncLifetime
{
    private const int ResendSeconds = 31;

    private readonly JourneyHub _hub = new();

    public ValueTask InitializeAsync() => _hub.InitializeAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    [Trait("Invariant", "15")]
    public async Task Of_a_hundred_guesses_side_by_side_five_are_tried()
    {
        var sale = await WaitingAsync();
        var guesses = new List<string>();
        for (var number = 0; number < 100; number++) guesses.Add(await sale.WrongCodeAsync(number));
        var browsers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => sale.Payer.BrowserAsync()));

        var answers = await Task.WhenAll(guesses.Select((guess, number) => AnswerAsync(browsers[number % 5], sale, guess)));

        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests, $"{answer.StatusCode}"));
        await _hub.QuietAsync();
        Assert.Equal(5, (await sale.StateAsync()).WrongAnswers);
        Assert.Equal("canceled", await sale.StatusAsync());
        using var right = await AnswerAsync(browsers[0], sale, await sale.PageCodeAsync());
        Assert.NotEqual(HttpStatusCode.OK, right.StatusCode);
        await _hub.QuietAsync();
        Assert.Empty((await sale.StateAsync()).Captures);
    }

    [Fact]
    [Trait("Invariant", "14")]
    public async Task Of_many_right_answers_side_by_side_one_is_accepted()
    {
        var sale = await WaitingAsync();
        var code = await sale.PageCodeAsync();
        var browsers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => sale.Payer.BrowserAsync()));

        var answers = await Task.WhenAll(browsers.Select(browser => AnswerAsync(browser, sale, code)));

        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        foreach (var late in answers.Where(a => a.StatusCode != HttpStatusCode.OK)) await late.ProblemAsync(HttpStatusCode.Conflict, "already_answered");
        await _hub.QuietAsync();
        Assert.Equal("succeeded", await sale.StatusAsync());
        Assert.Single((await sale.StateAsync()).Captures);
    }

    [Fact]
    [Trait("Invariant", "15")]
    public async Task Asking_again_between_guesses_does_not_start_the_count_anew()
    {
        var sale = await WaitingAsync();
        using var browser = await sale.Payer.BrowserAsync();
        for (var number = 0; number < 4; number++)
        {
            using var wrong = await AnswerAsync(browser, sale, await sale.WrongCodeAsync(number));
            await wrong.ProblemAsync(HttpStatusCode.Conflict, "wrong_code");
            if (number is 1 or 3) await ResendAsync(browser, sale);
        }

        using var fifth = await AnswerAsync(browser, sale, await sale.WrongCodeAsync(4));

        await fifth.ProblemAsync(HttpStatusCode.Conflict, "confirmation_exhausted");
        await _hub.QuietAsync();
        Assert.Equal("canceled", await sale.StatusAsync());
    }

    [Fact]
    public async Task It_is_sent_again_half_a_minute_later_at_the_earliest_and_three_times_at_most()
    {
        var sale = await WaitingAsync();
        using var browser = await sale.Payer.BrowserAsync();

        using var early = await _hub.UnchangedAsync(() => browser.SendAsync($"/v1/payments/{sale.Payment}/confirmation/resend"));
        await early.ProblemAsync(HttpStatusCode.Conflict, "resend_too_soon");
        for (var time = 0; time < 3; time++) await ResendAsync(browser, sale);
        _hub.Clock.Advance(TimeSpan.FromSeconds(ResendSeconds));
        using var fourth = await _hub.UnchangedAsync(() => browser.SendAsync($"/v1/payments/{sale.Payment}/confirmation/resend"));

        await fourth.ProblemAsync(HttpStatusCode.Conflict, "too_many_resends");
    }

    /// <summary>Invariant 14: bound to the attempt; wrong answers count on over all attempts.</summary>
    [Fact]
    [Trait("Invariant", "14")]
    public async Task The_code_of_an_earlier_attempt_does_not_answer_for_the_next()
    {
        var sale = await WaitingAsync();
        using var browser = await sale.Payer.BrowserAsync();
        var old = await sale.PageCodeAsync();
        using (var wrong = await AnswerAsync(browser, sale, await sale.WrongCodeAsync())) await wrong.ProblemAsync(HttpStatusCode.Conflict, "wrong_code");
        await browser.DoAsync($"/v1/payments/{sale.Payment}/confirmation", """{"answer":"reject"}""");
        await _hub.QuietAsync();
        Assert.Equal("requires_payment_method", await sale.StatusAsync());
        await browser.DoAsync($"/v1/payments/{sale.Payment}/submit", sale.SubmitBody(await sale.Payer.AddCardAsync("5555555555554444")));
        await _hub.QuietAsync();
        Assert.NotEqual(old, await sale.PageCodeAsync());

        using var stale = await AnswerAsync(browser, sale, old);

        await stale.ProblemAsync(HttpStatusCode.Conflict, "wrong_code");
        Assert.Equal(2, (await sale.StateAsync()).WrongAnswers);
        using var right = await AnswerAsync(browser, sale, await sale.PageCodeAsync());
        await right.MadeAsync();
    }

    [Fact]
    [Trait("Invariant", "15")]
    public async Task A_code_counts_for_five_minutes()
    {
        var sale = await WaitingAsync();
        var code = await sale.PageCodeAsync();
        _hub.Clock.Advance(TimeSpan.FromMinutes(5));
        using var browser = await sale.Payer.BrowserAsync();

        using var late = await AnswerAsync(browser, sale, code);

        await late.ProblemAsync(HttpStatusCode.Conflict, "confirmation_expired");
        await _hub.QuietAsync();
        Assert.Empty((await sale.StateAsync()).Captures);
    }

    [Fact]
    public async Task Of_a_hundred_guesses_at_an_address_five_are_tried()
    {
        var payer = await _hub.Acme.NewPayerAsync();
        var address = $"/v1/customers/{payer.Id}/addresses/{payer.PhoneAddress}/verification";
        var browsers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => payer.BrowserAsync()));
        await browsers[0].DoAsync(address);
        await _hub.QuietAsync();
        var right = int.Parse(System.Text.RegularExpressions.Regex.Match((await payer.MessagesAsync())[^1], @"\d{6}").Value, System.Globalization.CultureInfo.InvariantCulture);
        var before = _hub.Engine.Feed.Head;

        var answers = await Task.WhenAll(Enumerable.Range(1, 100).Select(number =>
            GuessAsync(browsers[number % 5], address, right + number)));

        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests, $"{answer.StatusCode}"));
        Assert.Equal(5, _hub.AskedAfter(before).Count(e => e.StartsWith("customer/", StringComparison.Ordinal)));
        using var fresh = await payer.BrowserAsync();
        using var late = await fresh.SendAsync($"{address}/check", $$"""{"code":"{{right:000000}}"}""");
        await late.ProblemAsync(HttpStatusCode.Conflict, "verification_exhausted");
    }

    [Fact]
    public async Task The_older_of_two_codes_proves_no_address()
    {
        var payer = await _hub.Acme.NewPayerAsync();
        var address = $"/v1/customers/{payer.Id}/addresses/{payer.PhoneAddress}/verification";
        using var browser = await payer.BrowserAsync();
        await browser.DoAsync(address);
        await _hub.QuietAsync();
        _hub.Clock.Advance(TimeSpan.FromSeconds(ResendSeconds));
        await browser.DoAsync(address);
        await _hub.QuietAsync();
        var codes = (await payer.MessagesAsync()).Select(m => System.Text.RegularExpressions.Regex.Match(m, @"\d{6}").Value).Distinct().ToList();
        Assert.Equal(2, codes.Count);

        using var older = await GuessAsync(browser, address, int.Parse(codes[0], System.Globalization.CultureInfo.InvariantCulture));

        await older.ProblemAsync(HttpStatusCode.Conflict, "wrong_code");
        await browser.DoAsync($"{address}/check", $$"""{"code":"{{codes[1]}}"}""");
    }

    private async Task<Sale> WaitingAsync() =>
        await (await _hub.Acme.SellAsync(await _hub.AdaAsync())).AwaitingConfirmationAsync();

    private async Task ResendAsync(HttpClient browser, Sale sale)
    {
        _hub.Clock.Advance(TimeSpan.FromSeconds(ResendSeconds));
        await browser.DoAsync($"/v1/payments/{sale.Payment}/confirmation/resend");
        await _hub.QuietAsync();
    }

    /// <summary>Whoever makes devices without end gets no more guesses at the codes that go to one phone.</summary>
    [Fact]
    public async Task Guesses_at_devices_are_counted_at_the_phone_that_proves_them()
    {
        var payer = await (await _hub.Acme.NewPayerAsync()).VerifiedAsync();
        var tried = 1;
        for (var device = 0; device < 5; device++)
        {
            using var browser = await payer.BrowserAsync();
            _hub.Clock.Advance(TimeSpan.FromSeconds(ResendSeconds));
            var bound = await browser.DoAsync($"/v1/customers/{payer.Id}/devices", $$"""{"secret":"{{new string((char)('a' + device), 43)}}","via":"{{payer.PhoneAddress}}"}""");
            await _hub.QuietAsync();
            var address = $"/v1/customers/{payer.Id}/addresses/{bound.Text("id")}/verification";
            var right = await NewestAsync(payer.Phone);
            for (var guess = 1; guess <= 4; guess++)
            {
                using var wrong = await GuessAsync(browser, address, right + guess);
                await wrong.ProblemAsync(HttpStatusCode.Conflict, tried++ < AddressDecider.MaxGuessesPerHour ? "wrong_code" : "guesses_capped");
            }
        }
    }

    /// <summary>Whoever makes customers without end that name one phone gets no more guesses for it.</summary>
    [Fact]
    public async Task Guesses_at_one_phone_are_counted_over_all_customers_who_name_it()
    {
        const string phone = "+14155557000";
        var tried = 0;
        for (var customer = 0; customer < 5; customer++)
        {
            var (address, browser, right) = await AskedAsync(phone);
            using var _ = browser;
            for (var guess = 1; guess <= 4; guess++)
            {
                using var wrong = await GuessAsync(browser, address, right + guess);
                await wrong.ProblemAsync(HttpStatusCode.Conflict, tried++ < AddressDecider.MaxGuessesPerHour ? "wrong_code" : "guesses_capped");
            }
        }

        var (last, another, code) = await AskedAsync(phone);
        using (another)
        {
            using var capped = await GuessAsync(another, last, code);
            await capped.ProblemAsync(HttpStatusCode.Conflict, "guesses_capped");
        }

        _hub.Clock.Advance(TimeSpan.FromMinutes(61));
        var (later, fresh, good) = await AskedAsync(phone);
        using (fresh)
        {
            using var proven = await GuessAsync(fresh, later, good);
            await proven.MadeAsync();
        }
    }

    /// <summary>Codes that nobody types make the wait outlast the code; whoever waits is told how long, and that no code is open.</summary>
    [Fact]
    public async Task Whoever_asks_for_a_code_too_soon_is_told_how_long_to_wait_and_whether_one_can_be_typed()
    {
        var payer = await (await _hub.Acme.NewPayerAsync()).VerifiedAsync();
        var path = $"/v1/customers/{payer.Id}/wallet";
        var ask = $$"""{"address":"{{payer.PhoneAddress}}"}""";
        using var browser = await payer.BrowserAsync();
        for (var codes = 0; codes < 6; codes++)
        {
            Assert.NotNull((await browser.DoAsync($"{path}/code", ask)).GetProperty("code_expires_at").GetString());
            _hub.Clock.Advance(TimeSpan.FromSeconds((30 << codes) - 20));
            using var soon = await browser.SendAsync($"{path}/code", ask);
            await soon.ProblemAsync(HttpStatusCode.Conflict, "resend_too_soon");
            Assert.InRange(soon.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 20);
            _hub.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        using var fresh = await payer.BrowserAsync();
        await fresh.DoAsync($"{path}/code", ask);
        _hub.Clock.Advance(TimeSpan.FromMinutes(10));
        using var late = await fresh.SendAsync($"{path}/code", ask);
        await late.ProblemAsync(HttpStatusCode.Conflict, "resend_too_soon");
        Assert.InRange(late.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 21, 22);
        using var looked = await fresh.AskAsync(path);
        Assert.False((await looked.MadeAsync()).TryGetProperty("code_expires_at", out var none) && none.ValueKind != System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task A_code_that_has_ended_costs_no_guess()
    {
        var (address, browser, right) = await AskedAsync("+14155557001");
        _hub.Clock.Advance(TimeSpan.FromMinutes(10));

        using (browser)
        {
            for (var guess = 0; guess < 3; guess++)
            {
                using var late = await _hub.UnchangedAsync(() => GuessAsync(browser, address, right + guess));
                await late.ProblemAsync(HttpStatusCode.Conflict, "verification_expired");
            }
        }
    }

    private async Task<(string Address, HttpClient Browser, int Right)> AskedAsync(string phone)
    {
        var made = await _hub.Acme.DoAsync("/v1/customers", $$"""{"name":"Eve","phone":"{{phone}}"}""");
        var payer = new Payer(_hub, _hub.Acme, made.Text("id"), phone, "", made.GetProperty("addresses")[0].Text("id"));
        var address = $"/v1/customers/{payer.Id}/addresses/{payer.PhoneAddress}/verification";
        var browser = await payer.BrowserAsync();
        await browser.DoAsync(address);
        await _hub.QuietAsync();
        return (address, browser, await NewestAsync(phone));
    }

    private async Task<int> NewestAsync(string phone)
    {
        var reader = new Payer(_hub, _hub.Acme, "", phone, "", "");
        return int.Parse(System.Text.RegularExpressions.Regex.Match((await reader.MessagesAsync())[^1], @"\d{6}").Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Task<HttpResponseMessage> GuessAsync(HttpClient browser, string address, int code)
    {
        AttackFigures.Tried(AttackRow.OneTimeCode);
        return browser.SendAsync($"{address}/check", $$"""{"code":"{{code % 1_000_000:000000}}"}""");
    }

    private static Task<HttpResponseMessage> AnswerAsync(HttpClient browser, Sale sale, string code)
    {
        AttackFigures.Tried(AttackRow.OneTimeCode);
        return browser.SendAsync($"/v1/payments/{sale.Payment}/confirmation", $$"""{"answer":"approve","code":"{{code}}"}""");
    }
}
