using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Attacks;

public sealed partial class CanaryTests
{
    [Fact]
    [Trait("Invariant", "23")]
    public async Task A_wallets_passwords_its_code_and_its_token_are_nowhere_in_the_clear_nor_is_a_number_typed_for_one()
    {
        const string first = "Schnirkelschnecke 17", wrong = "Weinbergschnecke 18", second = "Posthornschnecke 19";
        var payer = await (await _hub.Acme.NewPayerAsync()).VerifiedAsync();
        using var browser = await payer.BrowserAsync();
        var path = $"/v1/customers/{payer.Id}/wallet";
        await browser.DoAsync(path, $$"""{"password":"{{first}}"}""");
        await TryAsync(browser, $"{path}/open", $$"""{"password":"{{wrong}}"}""");
        var token = (await browser.DoAsync($"{path}/open", $$"""{"password":"{{first}}"}""")).Text("wallet");
        await browser.DoAsync($"{path}/code", $$"""{"address":"{{payer.PhoneAddress}}"}""");
        await _hub.QuietAsync();
        var code = System.Text.RegularExpressions.Regex.Match((await payer.MessagesAsync())[^1], @"\d{6}").Value;
        await TryAsync(browser, path, $$"""{"password":"{{second}}","address":"{{Number}}","code":"{{code}}"}""");
        await TryAsync(browser, $"{path}/code", $$"""{"address":"{{Number}}"}""");
        foreach (var typed in new[] { token, Number })
        {
            AttackFigures.Tried(AttackRow.Canary);
            using var removed = await browser.CallAsync("DELETE", $"/v1/customers/{payer.Id}/instruments/ins_none", null, $"{Guid.NewGuid()}", ("Wallet-Token", typed));
            await NoteAsync(removed);
        }

        await browser.DoAsync(path, $$"""{"password":"{{second}}","address":"{{payer.PhoneAddress}}","code":"{{code}}"}""");
        await _hub.QuietAsync();

        foreach (var secret in new[] { first, wrong, second, token, Number }) NowhereInFiles(secret);
        NowhereInFiles($"\"{code}\"");
        foreach (var secret in new[] { first, wrong, second, token, Number, code })
        {
            Assert.DoesNotContain(_hub.LogLines, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, _errors.ToString(), StringComparison.Ordinal);
        }
    }
}
