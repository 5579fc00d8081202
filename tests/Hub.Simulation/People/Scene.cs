using Hub.Api.Access;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Merchants;
using Hub.Simulation.Core;
using Hub.Simulation.Node;

namespace Hub.Simulation.People;

/// <summary>One shop, its customers, and their journeys.</summary>
internal sealed class Scene
{
    /// <summary>The merchant.</summary>
    public const string MerchantId = "mer_00000000000000000000000001";

    private const int Customers = 7;

    private readonly World _world;
    private readonly Person[] _people;
    private readonly Dictionary<string, string> _givenUp = new(StringComparer.Ordinal);
    private int _running;

    /// <summary>A scene with so many journeys.</summary>
    public Scene(World world, Surroundings around, Cluster cluster, Acknowledged acknowledged, int journeys)
    {
        _world = world;
        (Around, Cluster, Acknowledged) = (around, cluster, acknowledged);
        _people = [.. Enumerable.Range(0, Math.Min(Customers, journeys)).Select(number => new Person(this, number))];
        Journeys = [.. Enumerable.Range(0, journeys).Select(number => new Journey(this, _people[number % _people.Length], number))];
        around.Phones.OnText = (number, words) =>
        {
            if (!_givenUp.TryGetValue(number, out var stranger))
            {
                Reader(number)?.Read(number, words);
            }
            else
            {
                new Stranger(world, around.Phones, number).Reads(words, stranger);
            }
        };
        around.Mail.OnMail = (mailbox, _, words) => _people.FirstOrDefault(person => person.Mailbox == mailbox)?.Read(mailbox, words);
        around.Mail.OnLink = (mailbox, delivery, link) => _people.FirstOrDefault(person => person.Mailbox == mailbox)?.Subscriptions.Read(delivery, link);
    }

    /// <summary>Hears that somebody unsubscribes by the link of a mail, and that it is done.</summary>
    public (Action<string> Begins, Action<string> Done) OnUnsubscribed { get; set; } = (_ => { }, _ => { });

    /// <summary>Somebody answers a mail.</summary>
    public void Replies(string mailbox, string words) => _people.FirstOrDefault(person => person.Mailbox == mailbox)?.Talk.Mailed.Add(words);

    /// <summary>The hub took what somebody answered to a mail.</summary>
    public void Replied(string mailbox, string words) => _people.FirstOrDefault(person => person.Mailbox == mailbox)?.Talk.MailedAndTaken.Add(words);

    /// <summary>The world.</summary>
    public World World => _world;

    /// <summary>What outlives a process.</summary>
    public Surroundings Around { get; }

    /// <summary>The hub.</summary>
    public Cluster Cluster { get; }

    /// <summary>What the hub has acknowledged.</summary>
    public Acknowledged Acknowledged { get; }

    /// <summary>Everybody.</summary>
    public IReadOnlyList<Person> People => _people;

    /// <summary>Every journey.</summary>
    public IReadOnlyList<Journey> Journeys { get; }

    /// <summary>The merchant's server.</summary>
    public Caller Merchant { get; } = new Caller.Merchant(MerchantId) { CredentialId = "key_1" };

    /// <summary>Whether everybody has done what they came for.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Opens the shop and lets everybody in.</summary>
    public void Begin() => _ = _world.Home.Start(async () =>
    {
        await TakeAsync("merchant", new MerchantCommand.Register(MerchantId, "ACME Books"));
        await TakeAsync("signing key", new MerchantCommand.AddSigningKey("sig_1", "cHVibGlj"));
        await TakeAsync("endpoint", new MerchantCommand.AddEndpoint("whe_1", "http://shop.example/hook", [], "webhook/whe_1"));
        _running = _people.Length;
        foreach (var person in _people)
        {
            _ = _world.Home.Start(async () =>
            {
                await person.RegisterAsync();
                await Task.WhenAll(Journeys.Where(journey => journey.Person == person).Select(journey => journey.GoAsync()).Append(person.Talk.GoAsync()).Append(person.Contacts.GoAsync()));
                IsOver = --_running == 0;
            });
        }
    });

    /// <summary>A number belongs to a stranger from now on, who cannot know what the hub wants, and may say so.</summary>
    public void GiveUp(string number) => _givenUp[number] = _world.Choices.Pick(Core.Strand.People, "", "who is this?", "STOP");

    private async Task TakeAsync(string key, MerchantCommand command)
    {
        var done = await Cluster.InsistAsync(front => front.PostAsync(Merchant, key, "mer", "/sim/merchant", key, async (_, id) =>
        {
            await front.Actors.SendAsync(Hub.Actors.HubKinds.Merchant[MerchantId], new Hub.Actors.Envelope(id.CommandId, command), CancellationToken.None);
            return Microsoft.AspNetCore.Http.TypedResults.NoContent();
        }), tries: 30);
        if (!done.Ok)
        {
            _world.Story?.Tell(_world.Now, "merchant", $"could not do {key}: {done.Status}");
        }
    }

    // A number that two customers share is read by one of them, as phones are.
    private Person? Reader(string number)
    {
        List<Person> owners = [.. _people.Where(person => person.Phone == number || person.Contacts.Second == number || person.Contacts.Stolen == number || person.WhatsApp == number)];
        return owners.Count switch { 0 => null, 1 => owners[0], var count => owners[_world.Choices.Next(Strand.People, count)] };
    }
}
