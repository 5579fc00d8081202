using System.Text.RegularExpressions;
using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Customers;
using Hub.Api.Edge.Requests;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Payments;
using Hub.Gateways.Accounts;
using Hub.Gateways.Cards;
using Hub.Gateways.Vault;
using Hub.Simulation.Core;
using Hub.Simulation.Node;
using Microsoft.AspNetCore.Http;

namespace Hub.Simulation.People;

/// <summary>A customer with a phone and a mailbox. Most do as they are asked; some late, twice, wrongly, from another phone, or not at all.</summary>
internal sealed partial class Person
{
    private static readonly TimeSpan[] Thinking =
        [TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(70), TimeSpan.FromSeconds(299), TimeSpan.FromSeconds(301), TimeSpan.FromMinutes(50)];

    private readonly Scene _scene;
    private readonly World _world;
    private readonly Cluster _cluster;
    private readonly Dictionary<string, TaskCompletionSource<string>> _proofs = new(StringComparer.Ordinal);
    private int _keys;
    private int _steps;

    /// <summary>A person of the scene.</summary>
    public Person(Scene scene, int number)
    {
        (_scene, _world, _cluster, Number) = (scene, scene.World, scene.Cluster, number);
        Id = $"cus_{number:D26}";
        Caller = new Caller.Customer(Scene.MerchantId, Id, null) { CredentialId = $"ses_{number}" };
        var shares = number > 0 && _world.Choices.Chance(Strand.People, 150);
        Phone = $"+4915112345{(shares ? number - 1 : number):D2}";
        Mailbox = $"person{number}@mail.example";
        ByMail = _world.Choices.Chance(Strand.People, 250);
        FromThePurse = _world.Choices.Chance(Strand.People, 200);
        Talk = new Talk(scene, this);
        Contacts = new Contacts(scene, this);
        Device = new Device(scene, this);
        Subscriptions = new Subscriptions(scene, this);
        WhatsApp = _world.Choices.Chance(Strand.Reach, scene.Around.Mix.Reach) ? Outside.WhatsApp.Prefix + Phone : null;
    }

    /// <summary>Their number in the scene.</summary>
    public int Number { get; }

    /// <summary>As the hub knows them.</summary>
    public string Id { get; }

    /// <summary>Their own browser.</summary>
    public Caller Caller { get; }

    /// <summary>Which page they take the next step on: the browser and the phone in turns.</summary>
    public PageChannel Page => (_steps++ + Number) % 2 == 0 ? PageChannel.Web : PageChannel.Mobile;

    /// <summary>Their number.</summary>
    public string Phone { get; }

    /// <summary>Their number on WhatsApp, where they want to confirm first; <c>null</c> for none.</summary>
    public string? WhatsApp { get; }

    /// <summary>Their mailbox.</summary>
    public string Mailbox { get; }

    /// <summary>Whether they want to confirm by mail first.</summary>
    public bool ByMail { get; }

    /// <summary>Whether they order one thing after the other and pay for all of it with stored value, as long as there is any.</summary>
    public bool FromThePurse { get; }

    /// <summary>Their cards.</summary>
    public IReadOnlyList<string> Cards => [$"ins_{Number}_1", $"ins_{Number}_2"];

    /// <summary>Their account, which they pay from at their bank's own page.</summary>
    public string Account => $"ins_{Number}_3";

    /// <summary>The account that may be debited.</summary>
    public string ECheck => $"ins_{Number}_4";

    /// <summary>Their stored value, once something was added to it.</summary>
    public string ECash => $"ins_{Number:D26}e";

    /// <summary>What was asked to be added to their stored value.</summary>
    public TopUps TopUps { get; } = new();

    /// <summary>What they and the shop's staff say to each other.</summary>
    public Talk Talk { get; }

    /// <summary>What becomes of the ways to reach them.</summary>
    public Contacts Contacts { get; }

    /// <summary>Their browser.</summary>
    public Device Device { get; }

    /// <summary>What they want to hear of.</summary>
    public Subscriptions Subscriptions { get; }

    /// <summary>How they want to confirm, and what they want to hear where.</summary>
    public Preferences Wishes => new(
        WhatsApp is not null ? Channel.Whatsapp : ByMail ? Channel.Email : Channel.Sms,
        WhatsApp is not null ? [Channel.Sms, Channel.Email] : [ByMail ? Channel.Sms : Channel.Email],
        "en",
        Topics: WhatsApp is not null || Subscriptions.Quiet is not null
            ? [new TopicChoice(NoticeTopic.Shipping, [WhatsApp is not null ? Channel.Whatsapp : Channel.Sms, Channel.Email])]
            : null,
        Quiet: Subscriptions.Quiet,
        Digest: Subscriptions.Digest);

    /// <summary>A key for a new request of theirs.</summary>
    public string NewKey(string what) => $"{Id}-{what}-{++_keys}";

    /// <summary>They become a customer, prove their addresses and put two cards into the wallet.</summary>
    public async Task RegisterAsync()
    {
        await DoAsync("register", (front, _) =>
        {
            var addresses = front.Addresses;
            return new CustomerCommand.Register(
                Id, Scene.MerchantId, front.Vault.Seal(Id, $"Person {Number}"),
                [
                    new NewAddress($"adr_{Number}_1", Channel.Sms, addresses.Of(Channel.Sms, Phone), front.Vault.Seal(Id, Phone)),
                    new NewAddress($"adr_{Number}_2", Channel.Email, addresses.Of(Channel.Email, Mailbox), front.Vault.Seal(Id, Mailbox)),
                    .. WhatsApp is null ? Array.Empty<NewAddress>() : [new NewAddress($"adr_{Number}_3", Channel.Whatsapp, addresses.Of(Channel.Whatsapp, Phone), front.Vault.Seal(Id, Phone), addresses.Of(Channel.Sms, Phone))],
                ],
                Wishes);
        });
        await AddCardAsync(Cards[0], "4242424242424242", "visa");
        await AddCardAsync(Cards[1], "5555555555554444", "mastercard");
        BankAccount.TryCreate("011000015", $"{90_000 + Number}", "A. Person", out var account);
        await _scene.Around.Vault.PutAccountAsync(
            ECheck, Id, account!, new UseOnce(Id, ECheck, DateTimeOffset.MaxValue), CancellationToken.None);
        await DoAsync(Account, (_, _) => new CustomerCommand.AddInstrument(new InstrumentRef(Account, InstrumentType.BankAccount, "aster", "", 0, 0)));
        await DoAsync(ECheck, (_, _) => new CustomerCommand.AddInstrument(new InstrumentRef(ECheck, InstrumentType.ECheck, "Aster Bank", "0000", 0, 0)));
        await TopUpAsync(_world.Choices.Pick<long>(Strand.People, 6_000, 2_500, 4_000));
        await ProveAsync($"adr_{Number}_1", Phone);
        await ProveAsync($"adr_{Number}_2", Mailbox);
        if (WhatsApp is { } number)
        {
            await ProveAsync($"adr_{Number}_3", number);
        }

        await Device.BindAsync();
    }

    /// <summary>The merchant adds to their stored value; no two amounts are alike, so that each is known again.</summary>
    public async Task TopUpAsync(long about)
    {
        var (key, minor) = (NewKey("topup"), about + TopUps.Asked);
        TopUps.Asked++;
        var pressedTwice = IsOdd() ? _cluster.InsistAsync(front => front.TopUpAsync(_scene.Merchant, key, Id, minor)) : null;
        var answer = await _cluster.InsistAsync(front => front.TopUpAsync(_scene.Merchant, key, Id, minor));
        if (answer.Ok || (pressedTwice is not null && (await pressedTwice).Ok))
        {
            TopUps.Acknowledged.Add(minor);
            _scene.Acknowledged.Note($"customer/{Id}", key, answer);
        }

        _world.Story?.Tell(_world.Now, Id, $"is topped up with {minor}: {answer.Status}");
    }

    /// <summary>Whether they asked to be forgotten.</summary>
    public bool IsForgotten { get; private set; }

    /// <summary>They ask to be forgotten, whatever is under way.</summary>
    public async Task WantToBeForgottenAsync()
    {
        _world.Counters.Add("people: want to be forgotten");
        IsForgotten = true;
        await DoAsync("erase", (_, _) => new CustomerCommand.Erase(_scene.Merchant.Tenant));
    }

    /// <summary>They read a message, or whoever has that number does.</summary>
    /// <param name="at">The number or mailbox it came to.</param>
    /// <param name="words">The words.</param>
    public void Read(string at, string words)
    {
        if (Proof().Match(words) is { Success: true } proof)
        {
            if (_proofs.Remove(at, out var waiting))
            {
                waiting.TrySetResult(proof.Groups[1].Value);
            }

            return;
        }

        if (Ask().Match(words) is { Success: true } ask)
        {
            AnswerByText(at, ask.Groups[1].Value);
        }
        else if (at != Mailbox && words.Contains("was added to your account", StringComparison.Ordinal))
        {
            Contacts.ReadOfAnother(at);
        }
        else if (Code().Match(words) is { Success: true } code && _scene.Journeys.FirstOrDefault(j => j.Person == this && words.Contains(j.Amount, StringComparison.Ordinal)) is { } journey)
        {
            _ = _world.Home.Start(() => journey.AnswerOnPageAsync(code.Groups[1].Value, ThinkingTime()));
        }
    }

    /// <summary>How long they take.</summary>
    public TimeSpan ThinkingTime() => IsOdd() ? _world.Choices.Pick(Strand.People, Thinking) : Thinking[0];

    /// <summary>Whether they do something else now than what they were asked for.</summary>
    public bool IsOdd() => _world.Faulty && _world.Choices.Chance(Strand.People, _scene.Around.Mix.People);

    private void AnswerByText(string at, string number)
    {
        var when = ThinkingTime();
        if (!IsOdd())
        {
            Write(at, when, $"PAY {number}");
            return;
        }

        var wrong = $"{(int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) + 1) % 10_000:D4}";
        switch (_world.Choices.Next(Strand.People, 13))
        {
            case 0: Odd("rejects", () => Write(at, when, $"NO {number}")); break;
            case 1: Odd("not me", () => Write(at, when, $"NOT ME {number}")); break;
            case 2: Odd("wrong number", () => Write(at, when, $"PAY {wrong}")); break;
            case 3:
                Odd("wrong, then right", () => Write(at, when, $"PAY {wrong}"));
                Write(at, when + TimeSpan.FromSeconds(5), $"PAY {number}");
                break;
            case 4:
                Odd("answers twice", () => Write(at, when, $"PAY {number}"));
                Write(at, when, $"pay {number}.");
                break;
            case 5:
                Odd("yes and no at once", () => Write(at, when, $"PAY {number}"));
                Write(at, when, $"NO {number}");
                break;
            case 6: Odd("from another phone", () => _world.After(when, () => _scene.Around.Phones.Write("+491511999999", $"PAY {number}"))); break;
            case 7:
                Odd("stop, and start again", () => Write(at, when, "STOP"));
                Write(at, when + TimeSpan.FromMinutes(20), "START");
                break;
            case 8:
                Odd("has given the number up", () => _scene.GiveUp(Phone));
                break;
            case 9:
                Odd("asks how it stands, then answers", () => Write(at, when, _world.Choices.Pick(Strand.People, "STATUS", "状态", "status?", "STATUS R-1")));
                Write(at, when + TimeSpan.FromSeconds(20), $"PAY {number}");
                break;
            case 10:
                Odd("asks for a person, a receipt or money back", () => Write(at, when, _world.Choices.Pick(Strand.People, "HUMAN", "Beleg", "退款", "NOT ME")));
                break;
            case 11:
                Odd("stops in their own words, and starts again", () => Write(at, when, "Stopp!"));
                Write(at, when + TimeSpan.FromMinutes(20), "Anmelden");
                break;
            default: Odd("does not answer", () => { }); break;
        }
    }

    private void Odd(string what, Action act)
    {
        _world.Counters.Add($"people: {what}");
        act();
    }

    private void Write(string at, TimeSpan when, string words) => _world.After(when, () => _scene.Around.Phones.Write(at, words));

    private async Task AddCardAsync(string id, string number, string brand)
    {
        Card.TryCreate(number, new CardExpiry(2031, 12), "A. Person", World.Beginning, out var kept);
        await _scene.Around.Vault.PutCardAsync(id, Id, kept!, new UseOnce(Id, id, DateTimeOffset.MaxValue), CancellationToken.None);
        await DoAsync(id, (_, _) => new CustomerCommand.AddInstrument(new InstrumentRef(id, "card", brand, number[^4..], 12, 2031)));
    }

    /// <summary>They have a code sent and type it.</summary>
    /// <param name="address">What it is to prove.</param>
    /// <param name="at">The number or mailbox it comes to.</param>
    /// <returns>Whether it is proved.</returns>
    public async Task<bool> ProveAsync(string address, string at)
    {
        for (var tries = 0; tries < 4; tries++)
        {
            var came = _proofs[at] = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            var key = NewKey("verify");
            await _cluster.InsistAsync(front => front.PostAsync(Caller, key, "ver", "/sim/verify", address, async (_, id) =>
                await WalletEndpoints.SendCodeAsync(Id, address, id, Caller, front.Actors, front.Vault, front.Codes, front.Time, CancellationToken.None)));
            _world.After(TimeSpan.FromMinutes(2), () => came.TrySetResult(""));
            var code = await came.Task;
            if (code.Length == 0)
            {
                continue;
            }

            key = NewKey("check");
            var done = await _cluster.InsistAsync(front => front.PostAsync(Caller, key, "chk", "/sim/check", code, async (_, id) =>
                await WalletEndpoints.CheckCodeAsync(
                    Id, address, new Hub.Api.Edge.Body<CheckCode>(new CheckCode(code), default), id, Caller, front.Actors, front.Vault, front.Codes, front.Channels, front.Time, CancellationToken.None)));
            if (done.Ok)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Has the hub take a command about them, as the merchant's server would.</summary>
    public async Task DoAsync(string what, Func<Front, string, CustomerCommand> command)
    {
        var key = NewKey(what);
        await _cluster.InsistAsync(front => front.PostAsync(_scene.Merchant, key, "cus", "/sim/customer", what, async (_, id) =>
        {
            await front.Actors.SendAsync(HubKinds.Customer[Id], new Envelope(id.CommandId, command(front, id.CommandId)), CancellationToken.None);
            return TypedResults.NoContent();
        }), tries: 30);
    }

    [GeneratedRegex(@"Reply PAY (\d{4})")]
    private static partial Regex Ask();

    [GeneratedRegex(@"(?:your code is |To show that this mailbox is yours[^\d]*)(\d{6})", RegexOptions.Singleline)]
    private static partial Regex Proof();

    [GeneratedRegex(@"(?:#|: |\n|^)(\d{6})(?:\b|$)", RegexOptions.Multiline)]
    private static partial Regex Code();
}
