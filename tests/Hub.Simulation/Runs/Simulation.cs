using Hub.Simulation.Bugs;
using Hub.Simulation.Checks;
using Hub.Simulation.Core;
using Hub.Simulation.Disk;
using Hub.Simulation.Node;
using Hub.Simulation.Outside;
using Hub.Simulation.People;

namespace Hub.Simulation.Runs;

/// <summary>What one world came to.</summary>
/// <param name="Broken">The rule that did not hold; <c>null</c> when all did.</param>
/// <param name="Trace">A digest of everything that happened.</param>
/// <param name="Steps">How many steps it took.</param>
/// <param name="Made">Every choice, by strand.</param>
/// <param name="Counters">What was counted.</param>
/// <param name="Story">What happened, where it was asked for.</param>
internal sealed record Outcome(Violation? Broken, ulong Trace, long Steps, int[][] Made, Counters Counters, Story? Story);

/// <summary>How worlds are made.</summary>
/// <param name="Journeys">How many journeys each has.</param>
/// <param name="Bug">What is planted.</param>
/// <param name="Folder">Where views may be kept.</param>
internal sealed record Setup(int Journeys, PlantedBug Bug, string Folder);

/// <summary>One world from its beginning to its end.</summary>
internal sealed class Simulation
{
    private const long MostSteps = 600_000;

    private readonly World _world;
    private readonly SimDisk _disk = new();
    private readonly SimBanks _banks;
    private readonly Cluster _cluster;
    private readonly Scene _scene;
    private readonly Acknowledged _acknowledged;
    private readonly BankBooks _books;
    private readonly Calls _calls;
    private readonly Audited _audited;
    private readonly ECashBooks _purses;
    private readonly RefundWindows _windows;
    private readonly AddressBooks _addresses;
    private readonly ChatBooks _chats;
    private readonly NoticeBooks _notices;
    private readonly MailBooks _mails;
    private readonly bool _lasting;
    private readonly TimeSpan _faultsEnd;

    private Simulation(Choices choices, Setup setup, bool tells)
    {
        _world = new World(choices, tells);
        var mix = Mix.Draw(choices);
        _lasting = choices.Next(Strand.Faults, 4) == 3;
        _faultsEnd = TimeSpan.FromMinutes(1 + choices.Next(Strand.Faults, 240));
        _banks = new SimBanks(_world, mix);
        var phones = new SimPhones(_world, mix);
        var mail = new SimMail(_world, mix);
        _disk.Tables.Fences = setup.Bug is not PlantedBug.FencingOff;
        var around = new Surroundings(
            _world, mix, setup.Bug, _disk, _banks, phones, mail, new SimShop(_world, mix), new SimVault(_world), new SimRandom(_world), new ChatPages());
        _calls = new Calls(_world);
        _audited = new Audited(_world);
        _purses = new ECashBooks(_world, _banks);
        _windows = new RefundWindows(_world);
        _addresses = new AddressBooks(_world);
        _acknowledged = new Acknowledged(_world, _disk);
        _cluster = new Cluster(around, setup.Folder) { OnDeath = _acknowledged.Check };
        _scene = new Scene(_world, around, _cluster, _acknowledged, setup.Journeys);
        _books = new BankBooks(_world, _banks, _scene);
        _chats = new ChatBooks(_world, _scene);
        _notices = new NoticeBooks(_world, _scene);
        _mails = new MailBooks(_world);
        _scene.OnUnsubscribed = (_notices.Unsubscribes, _notices.Unsubscribed);
        around.Pages.Up = () => _cluster.Up.Select(node => node.Name);
        Connect(phones, mail);
        _world.Story?.Tell(TimeSpan.Zero, "world", $"{mix}; faults {(_lasting ? "without end" : $"until {_faultsEnd}")}");
    }

    /// <summary>Runs one world.</summary>
    /// <param name="choices">Where its choices come from.</param>
    /// <param name="setup">How it is made.</param>
    /// <param name="tells">Whether its story is wanted.</param>
    public static Outcome Run(Choices choices, Setup setup, bool tells = false)
    {
        var simulation = new Simulation(choices, setup, tells);
        simulation.Live();
        var world = simulation._world;
        return new Outcome(world.Broken, world.Trace, world.Steps, choices.Made(), world.Counters, world.Story);
    }

    private void Live()
    {
        _world.Faulty = true;
        _world.AfterStep = () =>
        {
            _cluster.Step();
            _books.Check();
        };
        _cluster.Start();
        _scene.Begin();
        if (_lasting)
        {
            // Safety: faults without end; whatever is not finished stays so.
            _world.Run(() => _scene.IsOver, MostSteps);
        }
        else
        {
            _world.Run(() => _world.Now >= _faultsEnd, MostSteps);
            new Peace(_world, _cluster, _scene, _banks, _disk, _audited, _purses, _addresses, _chats, _notices, _mails, new Talked(_world, _disk, _scene.Around.Vault)).Make(MostSteps);
        }

        _acknowledged.Check();
        _cluster.Bury();
    }

    private void Connect(SimPhones phones, SimMail mail)
    {
        _disk.Durable = (transaction, results) =>
        {
            _calls.Durable(transaction, results);
            _audited.Durable(transaction, results);
            _purses.Durable(transaction, results);
            _windows.Durable(transaction, results);
            _addresses.Durable(transaction, results);
            _chats.Durable(transaction, results);
            _notices.Durable(transaction, results);
            _mails.Durable(transaction, results);
        };
        _banks.FindECash = _purses.Find;
        _banks.Stripe.OnLeaves = _calls.Leaves;
        _banks.Stripe.Deliver = async (signature, body) => (await _cluster.CallAsync(front => front.StripeTellsAsync(signature, body))).Ok;
        foreach (var bank in _banks.All)
        {
            bank.OnLeaves = _calls.Leaves;
            bank.Deliver = async (gateway, id, timestamp, signature, body) => (await _cluster.CallAsync(front => front.BankTellsAsync(gateway, id, timestamp, signature, body))).Ok;
        }

        phones.OnLeaves = delivery =>
        {
            _calls.Leaves(delivery);
            _notices.Rings(delivery);
        };
        mail.OnLeaves = _calls.Leaves;
        mail.Relay.OnBounced = (_mails.Bounces, _mails.Bounced);
        mail.Relay.OnComplained = _scene.OnUnsubscribed;
        mail.Relay.OnReplied = (_scene.Replies, _scene.Replied);
        mail.Relay.Deliver = async (mailbox, raw) => (await _cluster.CallAsync(front => front.MailTellsAsync(mailbox, raw))).Ok;
        phones.Deliver = async (path, form, signature) => (await _cluster.CallAsync(front => front.PhonesTellAsync(path, form, signature))).Ok;
    }
}
