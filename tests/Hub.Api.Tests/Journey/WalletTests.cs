using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Customers;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Channels.Confirmations;
using Hub.Domain.Addresses;
using Hub.Domain.Customers;
using Hub.Gateways.Vault;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Tests.Journey;

/// <summary>Who may set, open and empty the electronic wallet, and what a wrong guess costs.</summary>
[Collection("journey")]
public sealed class WalletTests(JourneyHub hub)
{
    private const string Password = "correct horse battery";

    /// <summary>A key is given back when its answer could not be told; its guess was counted all the same.</summary>
    [Fact]
    [Trait("Invariant", "4")]
    public async Task Another_password_under_a_key_that_was_given_back_is_refused_and_tells_nothing()
    {
        var payer = await WithWalletAsync();
        var key = KeyOf(payer);

        Assert.Equal("wrong_wallet_password", await OpenAsync(payer, key, "wrong password"));
        Assert.Equal("command_id_reused", await OpenAsync(payer, key, "wronger password"));
        Assert.Equal("command_id_reused", await OpenAsync(payer, key, Password));

        // The very same request gets the recorded answer, and costs no second try.
        Assert.Equal("wrong_wallet_password", await OpenAsync(payer, key, "wrong password"));
        Assert.Equal(1, (await StateAsync(payer)).Wallet!.WrongPasswords);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task The_same_key_with_another_password_is_another_request_over_HTTP()
    {
        var payer = await WithWalletAsync();
        using var browser = await payer.BrowserAsync();
        var key = $"{Guid.NewGuid()}";
        var path = $"/v1/customers/{payer.Id}/wallet/open";

        using var first = await browser.CallAsync("POST", path, """{"password":"wrong password"}""", key);
        using var other = await browser.CallAsync("POST", path, $$"""{"password":"{{Password}}"}""", key);
        using var again = await browser.CallAsync("POST", path, """{"password":"wrong password"}""", key);

        await other.ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        Assert.Equal(await first.TextAsync(), await again.TextAsync());
        Assert.Equal(1, (await StateAsync(payer)).Wallet!.WrongPasswords);
    }

    [Fact]
    public async Task A_checkout_link_sets_no_first_password_without_the_code_that_goes_to_the_customer()
    {
        var payer = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        var sale = await hub.Acme.SellAsync(payer);
        using var link = await payer.BrowserAsync(sale.Payment);
        var path = $"/v1/customers/{payer.Id}/wallet";

        using var looked = await link.AskAsync(path);
        Assert.True((await looked.MadeAsync()).GetProperty("code_required").GetBoolean());
        using var without = await link.SendAsync(path, Set());
        await without.ProblemAsync(HttpStatusCode.Conflict, "wallet_proof_required");
        Assert.Null((await StateAsync(payer)).Wallet);

        var code = await WalletCodeAsync(payer, link);
        using var wrong = await link.SendAsync(path, Set(payer, Other(code)));
        await wrong.ProblemAsync(HttpStatusCode.Conflict, "wrong_code");
        Assert.Null((await StateAsync(payer)).Wallet);
        await link.DoAsync(path, Set(payer, code));
        await link.DoAsync($"{path}/open", Set());
    }

    [Fact]
    public async Task A_checkout_link_may_not_have_the_password_of_a_wallet_set_anew()
    {
        var payer = await WithWalletAsync(await (await hub.Acme.NewPayerAsync()).VerifiedAsync());
        var sale = await hub.Acme.SellAsync(payer);
        using var link = await payer.BrowserAsync(sale.Payment);
        using var browser = await payer.BrowserAsync();

        using var asked = await link.SendAsync($"/v1/customers/{payer.Id}/wallet/code", $$"""{"address":"{{payer.PhoneAddress}}"}""");
        await asked.ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        var code = await WalletCodeAsync(payer, browser);
        using var set = await link.SendAsync($"/v1/customers/{payer.Id}/wallet", Set(payer, code, "another password"));
        await set.ProblemAsync(HttpStatusCode.Conflict, "wallet_closed");
    }

    /// <summary>The guesses left for the owner's phone are the owner's: nothing a link sends may cost one.</summary>
    [Fact]
    [Trait("Invariant", "15")]
    public async Task A_checkout_link_costs_the_owner_of_a_locked_wallet_no_guess()
    {
        var payer = await WithWalletAsync(await (await hub.Acme.NewPayerAsync()).VerifiedAsync());
        var sale = await hub.Acme.SellAsync(payer);
        using var link = await payer.BrowserAsync(sale.Payment);
        using var browser = await payer.BrowserAsync();
        var path = $"/v1/customers/{payer.Id}/wallet";
        for (var guess = 0; guess < 5; guess++) (await link.SendAsync($"{path}/open", Set(password: "wrong password"))).Dispose();
        var code = await WalletCodeAsync(payer, browser);

        await hub.UnchangedAsync(async () =>
        {
            for (var guess = 0; guess <= AddressDecider.MaxGuessesPerHour; guess++)
            {
                using var refused = await link.SendAsync(path, Set(payer, Other(code)));
                await refused.ProblemAsync(HttpStatusCode.Conflict, "wallet_closed");
            }

            return true;
        });

        await browser.DoAsync(path, Set(payer, code, "another password"));
    }

    [Fact]
    public async Task Whoever_was_locked_out_comes_back_with_a_code_and_the_old_password_and_token_are_gone()
    {
        var payer = await WithWalletAsync(await (await hub.Acme.NewPayerAsync()).VerifiedAsync());
        var sale = await hub.Acme.SellAsync(payer);
        using var link = await payer.BrowserAsync(sale.Payment);
        using var browser = await payer.BrowserAsync();
        var path = $"/v1/customers/{payer.Id}/wallet";
        var (card, token) = await PutCardAsync(payer, browser);
        for (var guess = 0; guess < 5; guess++)
        {
            using var wrong = await link.SendAsync($"{path}/open", Set(password: "wrong password"));
            Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);
        }

        // While it is locked, right and wrong are answered alike.
        using var right = await browser.SendAsync($"{path}/open", Set());
        using var guessed = await browser.SendAsync($"{path}/open", Set(password: "wrong password"));
        await right.ProblemAsync(HttpStatusCode.Conflict, "wallet_locked");
        await guessed.ProblemAsync(HttpStatusCode.Conflict, "wallet_locked");

        await browser.DoAsync(path, Set(payer, await WalletCodeAsync(payer, browser), "another password"));
        Assert.False((await StateAsync(payer)).Wallet!.IsLocked(hub.Clock.GetUtcNow()));
        using var emptied = await browser.CallAsync("DELETE", $"/v1/customers/{payer.Id}/instruments/{card}", null, $"{Guid.NewGuid()}", ("Wallet-Token", token));
        await emptied.ProblemAsync(HttpStatusCode.Conflict, "wallet_closed");
        using var old = await browser.SendAsync($"{path}/open", Set());
        await old.ProblemAsync(HttpStatusCode.Conflict, "wrong_wallet_password");
        await browser.DoAsync($"{path}/open", Set(password: "another password"));

        await hub.QuietAsync();
        using var timeline = await browser.AskAsync($"/v1/customers/{payer.Id}/timeline");
        var types = (await timeline.MadeAsync()).GetProperty("data").EnumerateArray().Select(e => e.Text("type")).ToList();
        Assert.Equal("customer.wallet_password_set", types[types.IndexOf("customer.wallet_proved") + 1]);
    }

    [Fact]
    public async Task A_code_that_proves_an_address_sets_no_password_and_half_a_proof_is_no_request()
    {
        var payer = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        var sale = await hub.Acme.SellAsync(payer);
        using var link = await payer.BrowserAsync(sale.Payment);
        var addressCode = SixDigits((await payer.MessagesAsync())[^1]);

        using var reused = await link.SendAsync($"/v1/customers/{payer.Id}/wallet", Set(payer, addressCode));
        await reused.ProblemAsync(HttpStatusCode.Conflict, "verification_expired");
        foreach (var (body, field) in new[] { ("""{"password":"correct horse","code":"123456"}""", "address"), ("""{"password":"correct horse","address":"adr_x"}""", "code"), ("""{"password":"correct horse","address":"adr_x","code":"12345"}""", "code") })
        {
            using var half = await link.SendAsync($"/v1/customers/{payer.Id}/wallet", body);
            Assert.Contains(field, (await half.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request")).GetProperty("errors").EnumerateObject().Select(e => e.Name));
        }
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task The_same_password_under_a_key_that_was_given_back_is_set_once_and_another_one_never()
    {
        var payer = await hub.Acme.NewPayerAsync();
        var key = KeyOf(payer);
        key.Create($"wls_{Guid.NewGuid():N}");

        Assert.Equal("set", await SetAsync(payer, key, Password));
        Assert.Equal("set", await SetAsync(payer, key, Password));
        Assert.Equal("command_id_reused", await SetAsync(payer, key, "another password"));
        Assert.Equal("wrong_wallet_password", await OpenAsync(payer, KeyOf(payer), "another password"));
        Assert.Equal("opened", await OpenAsync(payer, KeyOf(payer), Password));
    }

    /// <summary>The journal is never emptied: whoever has it and the hub's keys, and takes his time, tries passwords as slowly as by their digest.</summary>
    [Fact]
    [Trait("Invariant", "23")]
    public async Task Nothing_that_is_stored_tries_a_password_faster_than_its_digest()
    {
        var payer = await hub.Acme.NewPayerAsync();
        using var browser = await payer.BrowserAsync();
        var path = $"/v1/customers/{payer.Id}/wallet";
        await browser.DoAsync(path, Set());
        var (set, fingerprintOfSet) = ("wallet/" + LastRequest("wls"), FingerprintOf("wls"));
        Assert.Equal(set, (await StateAsync(payer)).Wallet!.Secret);

        var open = KeyOf(payer);
        await OpenAsync(payer, open, Password);
        var (tokens, keyring) = (hub.Get<WalletTokens>(), hub.Get<IKeyring>());
        var digest = (await hub.Get<ISecretVault>().FindAsync(set, TestContext.Current.CancellationToken))[0];
        string HashWith(ReadOnlySpan<byte> guess)
        {
            var command = new CustomerCommand.OpenWallet(set, Fits: true, tokens.DigestOf(payer.Id, tokens.For(payer.Id, open.CommandId))!, tokens.DigestOfGuess(payer.Id, open.CommandId, guess));
            return Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<CustomerCommand>(command, CustomerJson.Default.CustomerCommand)));
        }

        // The slow way leads there, so this is what is stored; the fast ways do not.
        var stored = hub.Query("journal.db", $"SELECT hex(command_hash) FROM events WHERE command_id = '{open.CommandId}'").Single();
        Assert.Equal(stored, HashWith(Passwords.Stretch(Password, digest)));
        Assert.NotEqual(stored, HashWith(Encoding.UTF8.GetBytes(Password)));
        var fast = keyring.Mac(KeyPurpose.Fingerprint, Encoding.UTF8.GetBytes($"POST\n{path}\n{Set()}"));
        Assert.NotEqual(Convert.ToHexStringLower(fast), fingerprintOfSet);
    }

    private string LastRequest(string prefix) => hub.Query("journal.db", $"SELECT created_id FROM requests WHERE created_id LIKE '{prefix}%' ORDER BY at DESC, created_id DESC LIMIT 1").Single();

    private string FingerprintOf(string prefix) => hub.Query("journal.db", $"SELECT fingerprint FROM requests WHERE created_id = '{LastRequest(prefix)}'").Single();

    [Fact]
    public async Task A_card_is_taken_out_of_the_wallet_with_the_token_that_opened_it_alone()
    {
        var payer = await WithWalletAsync();
        using var browser = await payer.BrowserAsync();
        var (card, wallet) = await PutCardAsync(payer, browser);
        var path = $"/v1/customers/{payer.Id}/instruments/{card}";

        foreach (var client in (HttpClient[])[browser, hub.Acme.Client])
        {
            using var without = await client.CallAsync("DELETE", path, null, $"{Guid.NewGuid()}");
            await without.ProblemAsync(HttpStatusCode.Conflict, "wallet_closed");
            using var guessed = await client.CallAsync("DELETE", path, null, $"{Guid.NewGuid()}", ("Wallet-Token", "wal_made_up"));
            await guessed.ProblemAsync(HttpStatusCode.Conflict, "wallet_closed");
        }

        Assert.Single((await StateAsync(payer)).Instruments);
        using var removed = await browser.CallAsync("DELETE", path, null, $"{Guid.NewGuid()}", ("Wallet-Token", wallet));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Empty((await StateAsync(payer)).Instruments);
    }

    [Fact]
    [Trait("Invariant", "22")]
    public async Task What_lies_in_the_wallet_shows_nowhere_while_it_is_closed()
    {
        var payer = await WithWalletAsync();
        using var browser = await payer.BrowserAsync();
        var (card, wallet) = await PutCardAsync(payer, browser, "378282246310005");
        var sale = await (await hub.Acme.SellAsync(await payer.VerifiedAsync())).AcceptedAsync();
        await browser.DoAsync($"/v1/payments/{sale.Payment}/submit", $$"""{"instrument":"{{card}}","security_code":"{{payer.SecurityCode("1234")}}","wallet":"{{wallet}}"}""");
        await hub.QuietAsync();

        foreach (var client in (HttpClient[])[browser, hub.Acme.Client])
        foreach (var path in new[] { $"/v1/customers/{payer.Id}", $"/v1/customers/{payer.Id}/timeline", $"/v1/payments/{sale.Payment}/timeline" })
        {
            using var answer = await client.AskAsync(path);
            var text = (await answer.MadeAsync()).GetRawText();
            Assert.DoesNotContain("0005", text, StringComparison.Ordinal);
            Assert.DoesNotContain("amex", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("american", text, StringComparison.OrdinalIgnoreCase);
        }

        using var timeline = await browser.AskAsync($"/v1/customers/{payer.Id}/timeline");
        var summaries = (await timeline.MadeAsync()).GetProperty("data").EnumerateArray().Select(e => e.Text("summary")).ToList();
        Assert.Contains("A card was put into the wallet.", summaries);
        Assert.Contains("The customer pays with a card in the wallet.", summaries);
    }

    private static string Set(Payer? payer = null, string? code = null, string password = Password) => payer is null
        ? $$"""{"password":"{{password}}"}"""
        : $$"""{"password":"{{password}}","address":"{{payer.PhoneAddress}}","code":"{{code}}"}""";

    private static string Other(string code) => code == "000000" ? "000001" : "000000";

    private static string SixDigits(string message) => System.Text.RegularExpressions.Regex.Match(message, @"\d{6}").Value;

    /// <summary>The code that arrives on the phone once it was asked for.</summary>
    private async Task<string> WalletCodeAsync(Payer payer, HttpClient client)
    {
        await client.DoAsync($"/v1/customers/{payer.Id}/wallet/code", $$"""{"address":"{{payer.PhoneAddress}}"}""");
        await hub.QuietAsync();
        return SixDigits((await payer.MessagesAsync())[^1]);
    }

    private static async Task<(string Card, string Wallet)> PutCardAsync(Payer payer, HttpClient browser, string number = "4242424242424242")
    {
        var open = await browser.DoAsync($"/v1/customers/{payer.Id}/wallet/open", $$"""{"password":"{{Password}}"}""");
        var card = await browser.DoAsync($"/v1/customers/{payer.Id}/instruments", $$"""{"type":"wallet_card","encrypted":"{{payer.Card(number)}}","wallet":"{{open.Text("wallet")}}"}""");
        return (card.Text("id"), open.Text("wallet"));
    }

    private async Task<Payer> WithWalletAsync(Payer? known = null)
    {
        var payer = known ?? await hub.Acme.NewPayerAsync();
        using var browser = await payer.BrowserAsync();
        await browser.DoAsync($"/v1/customers/{payer.Id}/wallet", $$"""{"password":"{{Password}}"}""");
        return payer;
    }

    private async Task<Customer> StateAsync(Payer payer) =>
        (Customer)(await hub.Get<IActors>().ReadAsync(HubKinds.Customer[payer.Id], TestContext.Current.CancellationToken)).State;

    private Caller.Customer CallerOf(Payer payer) => new(hub.Acme.Id, payer.Id, null) { CredentialId = "test" };

    private IdempotencyKey KeyOf(Payer payer)
    {
        var http = new DefaultHttpContext { User = new ClaimsPrincipal(new CallerIdentity(CallerOf(payer), "test", [])) };
        http.Request.Headers[IdempotencyKey.Header] = $"{Guid.NewGuid()}";
        return IdempotencyKey.Of(http);
    }

    /// <summary>The endpoint behind the idempotency filter, as it runs once more after the filter gave the key back.</summary>
    private Task<string> OpenAsync(Payer payer, IdempotencyKey key, string password) => CodeOfAsync("opened", async () => (await ElectronicWalletEndpoints.OpenAsync(
        payer.Id, new Body<OpenWalletRequest>(new OpenWalletRequest(password), default), key, CallerOf(payer), hub.Get<IActors>(), hub.Get<ISecretVault>(), hub.Get<WalletTokens>(), hub.Clock,
        TestContext.Current.CancellationToken)).Result);

    /// <inheritdoc cref="OpenAsync"/>
    private Task<string> SetAsync(Payer payer, IdempotencyKey key, string password) => CodeOfAsync("set", async () => (await ElectronicWalletEndpoints.SetAsync(
        payer.Id, new Body<SetWalletRequest>(new SetWalletRequest(password), default), key, CallerOf(payer), hub.Get<IActors>(), hub.Get<ISecretVault>(), hub.Get<Passwords>(), hub.Get<WalletTokens>(),
        hub.Get<Codes>(), hub.Clock, TestContext.Current.CancellationToken)).Result);

    private static async Task<string> CodeOfAsync(string success, Func<Task<IResult>> endpoint)
    {
        try
        {
            return await endpoint() is Problem problem ? problem.Code : success;
        }
        catch (ProblemException refused)
        {
            return refused.Problem.Code;
        }
    }
}
