using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Hosting;
using Hub.Actors.Ports;
using Hub.Actors.Reactions;
using Hub.Api.Access;
using Hub.Api.Conversations;
using Hub.Api.Views;
using Hub.Channels;
using Hub.Channels.Chat;
using Hub.Channels.Confirmations;
using Hub.Channels.Email;
using Hub.Channels.Incoming;
using Hub.Channels.Notifications;
using Hub.Channels.Sending;
using Hub.Channels.Sms;
using Hub.Channels.Webhooks;
using Hub.Gateways;
using Hub.Gateways.ECash;
using Hub.Gateways.Jwe;
using Hub.Gateways.Reactions;
using Hub.Gateways.Routing;
using Hub.Gateways.SandboxBank;
using Hub.Gateways.Stripe;
using Hub.Simulation.Bugs;
using Hub.Simulation.Core;
using Hub.Simulation.Disk;
using Hub.Simulation.Outside;
using Microsoft.Extensions.Logging;

namespace Hub.Simulation.Node;

/// <summary>One process of the hub, put together as the executable does it: the real engine, reactions, connectors and endpoints over simulated edges.</summary>
internal sealed class SimNode
{
    private static readonly ChatMeters Meters = new();

    private static readonly StripeOptions StripeAt =
        new() { BaseAddress = new Uri("http://stripe.example"), ApiKey = "sk_simulated", WebhookSecrets = [SimStripe.Secret] };

    // One scheme goes to Stripe and one to the sandbox's banks, and each to the others when those cannot be reached.
    private static readonly RoutingOptions Routes = new()
    {
        Rules = [new RoutingRule("stripe_first", RoutingEffect.Prefer, [SimStripe.Gateway]) { Banks = ["mastercard"] }],
    };

    private readonly Surroundings _around;
    private readonly World _world;
    private readonly HomeScheduler _home;
    private readonly HomeScheduler _writer;
    private readonly NodeJournal _journal;
    private readonly HubEngine _engine;
    private readonly SimLog _logs;
    private readonly List<Action> _calls = [];

    /// <summary>A new process; it does nothing before <see cref="Start"/>.</summary>
    public SimNode(Surroundings around, string name, TimeSpan clockError, string folder)
    {
        (_around, _world, Name) = (around, around.World, name);
        _home = new HomeScheduler(_world, name);
        _writer = new HomeScheduler(_world, $"{name} writer", DiskTakes);
        Clock = new NodeClock(_world, _home) { Error = clockError };
        _journal = new NodeJournal(_world, around.Disk, around.Mix, Die, around.Bug is PlantedBug.AnswerBeforeCommit);
        _logs = new SimLog(_world, name);
        var kinds = new KindCatalog(BuggyRules.Kinds(around.Bug));
        var options = new EngineOptions
        {
            DataFolder = folder,
            KeepsViews = around.Mix.KeepsViews,
            OwnsEverything = !around.Mix.Shares,
            FailFast = Die,
            // Less often than on a machine: more is then delivered again after a death.
            Reactions = ReactionOptions.Default with { SaveEvery = TimeSpan.FromSeconds(1) },
        };
        _engine = new HubEngine(new EngineParts(_journal, kinds, Clock, _writer, options, _logs));
        Front = Compose();
    }

    /// <summary>Its name in the story.</summary>
    public string Name { get; }

    /// <summary>Its clock.</summary>
    public NodeClock Clock { get; }

    /// <summary>Whether it lives and has started.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Whether it lives.</summary>
    public bool Alive => _home.Alive;

    /// <summary>What it answers requests with.</summary>
    public Front Front { get; }

    /// <summary>The real engine.</summary>
    public HubEngine Engine => _engine;

    /// <summary>Hears that it is up.</summary>
    public Action Started { get; set; } = () => { };

    /// <summary>Hears of its death.</summary>
    public Action<SimNode> Died { get; set; } = _ => { };

    /// <summary>Stands still for a while, as on a machine that was suspended.</summary>
    public void StandStill(TimeSpan time)
    {
        _home.StandStill(time);
        _writer.StandStill(time);
    }

    /// <summary>The reactions, as the executable registers them.</summary>
    private List<IReaction> Reactions { get; } = [];

    /// <summary>Starts it.</summary>
    public void Start() => _home.Start(async () =>
    {
        await _engine.StartAsync(Reactions, CancellationToken.None);
        IsUp = true;
        Started();
    });

    /// <summary>Is told whether a partition is its own from now on.</summary>
    public void Carry(int partition, bool own) => _ = _home.Start(async () =>
    {
        if (own)
        {
            _engine.Partitions.Own(partition);
        }
        else
        {
            await _engine.Partitions.ReleaseAsync(partition);
        }
    });

    /// <summary>Ends it at once: what it held in memory is gone.</summary>
    public void Die(string how)
    {
        if (!_home.Alive)
        {
            return;
        }

        _world.Story?.Tell(_world.Now, Name, how);
        _world.Counters.Add("a process died");
        IsUp = false;
        _home.Die();
        _writer.Die();
        _journal.Cut();
        if (_around.Disk.LosePower() is > 0 and var lost)
        {
            _world.Story?.Tell(_world.Now, "disk", $"{lost} transactions that were not synced are lost");
        }

        foreach (var call in _calls)
        {
            _world.After(TimeSpan.FromMilliseconds(5), call);
        }

        _calls.Clear();
        _world.After(TimeSpan.Zero, _engine.Dispose);
        Died(this);
    }

    /// <summary>Carries out a request here. It fails when the process dies before it has answered.</summary>
    public Task<Answer> CallAsync(Func<Front, Task<Answer>> request)
    {
        var answer = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Action broken = () => answer.TrySetResult(Answer.Broken);
        _calls.Add(broken);
        _ = _home.Start(async () =>
        {
            var given = await TryAsync(request);
            _calls.Remove(broken);
            answer.TrySetResult(given);
        });
        return answer.Task;
    }

    // What the edge would answer with a 500 is a bug; an outage is not.
    private async Task<Answer> TryAsync(Func<Front, Task<Answer>> request)
    {
        try
        {
            return await request(Front);
        }
        catch (Exception outage) when (outage is JournalUnavailableException or Hub.Actors.Journal.CommitUnknownException)
        {
            return new Answer(503, []);
        }
        catch (Exception bug)
        {
            _world.Break(0, $"a request ended in an exception: {bug}");
            return new Answer(500, []);
        }
    }

    private TimeSpan DiskTakes() => _world.Strikes(_around.Mix.SlowDisk, "disk slow")
        ? TimeSpan.FromMilliseconds(1 + _world.Choices.Next(Strand.Faults, 3_000))
        : TimeSpan.Zero;

    private Front Compose()
    {
        var (mix, vault) = (_around.Mix, _around.Vault);
        IActors actors = _around.Bug is PlantedBug.DeduplicationRemoved or PlantedBug.MissingStarted or PlantedBug.HoldOverlooked or PlantedBug.WindowOverlooked or PlantedBug.BounceForgotten
            ? new BuggyActors(_engine.Actors, _around.Bug)
            : _engine.Actors;
        var channels = Options();
        var gateways = new GatewayDirectory(Gateways(vault, actors));
        var keys = new AddressKeys(vault, vault, channels);
        IChannelAdapter[] adapters =
        [
            new TwilioMessages(Invoker(_around.Phones), TwilioLine.Sms(channels.Twilio), channels.Twilio, channels.PublicUrl, _logs.CreateLogger<TwilioMessages>()),
            new TwilioMessages(Invoker(_around.Phones), TwilioLine.WhatsApp(channels.Twilio), channels.Twilio, channels.PublicUrl, _logs.CreateLogger<TwilioMessages>()),
            new SmtpEmail(_around.Mail.From(_home), channels.Smtp, _logs.CreateLogger<SmtpEmail>()),
            new ChatChannel(actors, new Threads(vault), keys, _around.Pages.Of(Name)),
        ];
        var codes = new Codes(vault);
        var payments = new PaymentViews(new InstrumentOffers(gateways, RoutingOptions.Default));
        var conversations = new ConversationViews(vault, codes, Clock);
        var views = new LiveViews(vault, payments, conversations);
        var sender = new WebhookSender(Invoker(_around.Shop), new WebhookTargets(sandbox: true), Clock, _logs.CreateLogger<WebhookSender>());
        var budgets = new SendingBudgets(actors, vault, channels.Sending, Clock, _logs.CreateLogger<SendingBudgets>());
        ICustomerOrders orders = _engine.KeepsViews ? new ViewedOrders(_engine.Views) : new NoOrders();
        var (reach, lookup, threads) = (new Reach(actors, channels), new OrderLookup(orders), new Threads(vault));
        Reactions.AddRange([
            new OrderReaction(actors),
            new CaseReaction(actors),
            new BankReaction(actors, gateways, vault, vault, new CheckoutAddress(new Uri("https://hub.example"))),
            new ErasureReaction(actors, vault, vault, vault),
            new ConfirmationReaction(actors, codes, keys, reach, vault),
            new AnswerReaction(actors),
            new InquiryReaction(actors, lookup, new Standings(actors)),
            new HolderReaction(actors, keys, lookup, reach, vault),
            new NoticeReaction(actors, reach),
            new DigestReaction(actors, reach),
            new DeliveryReaction(actors, adapters, new MessageComposer(actors, codes, vault, new MailTokens(vault, channels), channels), keys, budgets, vault),
            new OfferReaction(actors),
            new ReplyReaction(actors, reach),
            new TextReaction(actors, lookup, threads, vault),
            new ChatCommandReaction(actors, orders, new Standings(actors), threads, vault, Meters),
            new WebhookReaction(actors, views),
            new WebhookCallReaction(actors, sender, vault, _around.Random),
        ]);
        Reactions.RemoveAll(reaction => _around.Bug is PlantedBug.ButtonsLeftStanding && reaction is OfferReaction);
        return new Front(
            actors, _engine.Requests, vault, new IdSource(Clock, _around.Random), codes, keys, channels, gateways, Webhooks(), Routes,
            new CardIntake(new SimDevice(), vault, vault, _around.Random, Clock), new Passwords(_around.Random, iterations: 1), conversations, Clock, _around);
    }

    private IGateway[] Gateways(SimVault vault, IActors actors)
    {
        var banks = _around.Banks;
        var stripe = new StripeGateway(ToBank(banks.Stripe), vault, StripeAt, _logs.CreateLogger<StripeGateway>());
        return
        [
            new SandboxBankGateway(ToBank(banks.Cards), vault, BankOptions(banks.Cards), _logs.CreateLogger<SandboxBankGateway>()),
            new SandboxBankGateway(ToBank(banks.OtherCards), vault, BankOptions(banks.OtherCards), _logs.CreateLogger<SandboxBankGateway>()),
            new NetBankGateway(ToBank(banks.NetBanking), BankOptions(banks.NetBanking), _logs.CreateLogger<NetBankGateway>()),
            new DebitGateway(ToBank(banks.Debits), vault, BankOptions(banks.Debits), _logs.CreateLogger<DebitGateway>()),
            _around.Bug is PlantedBug.IntentConfirmedUnjournaled ? new Hurried(stripe) : stripe,
            new ECashGateway(actors),
        ];
    }

    private HttpMessageInvoker ToBank(IParty bank)
    {
        HttpMessageHandler wire = new Wire(_world, _home, _around.Mix, bank);
        return new HttpMessageInvoker(_around.Bug is PlantedBug.NewKeyOnRetry ? new NewKeys(wire) : wire);
    }

    private IBankWebhooks[] Webhooks() => [.. _around.Banks.All.Select(Webhooks), new StripeWebhooks(StripeAt, Clock)];

    private BankWebhooks Webhooks(SimBank bank)
    {
        var banks = _around.Banks;
        var dialect = bank == banks.NetBanking ? BankDialect.NetBanking : bank == banks.Debits ? BankDialect.Debits : BankDialect.Cards;
        return new BankWebhooks(bank.Gateway, BankOptions(bank), Clock, dialect);
    }

    private static SandboxBankOptions BankOptions(SimBank bank) =>
        new() { BaseAddress = new Uri("http://bank.example/v1"), ApiKey = "simulated", WebhookSecrets = [SimBank.Secret], Name = bank.Gateway };

    private HttpMessageInvoker Invoker(IParty party) => new(new Wire(_world, _home, _around.Mix, party));

    private static ChannelOptions Options()
    {
        var options = new ChannelOptions { PublicUrl = new Uri("http://hub.example"), Sandbox = true };
        options.Twilio.AccountSid = SimPhones.Account;
        options.Twilio.AuthTokens.Add(SimPhones.Token);
        options.Twilio.From = SimPhones.Sender;
        options.Twilio.WhatsAppFrom = WhatsApp.Sender;
        options.Twilio.WhatsAppTemplates["confirmation"] = WhatsApp.Confirmation;
        options.Twilio.WhatsAppTemplates["address_verification"] = WhatsApp.Code;
        options.Twilio.BaseUrl = new Uri("http://phones.example");
        options.Smtp.InboundSecrets.Add(MailRelay.Secret);
        return options;
    }

    /// <summary>A node without views finds no orders: whoever asks how they stand hears that none is known.</summary>
    private sealed class NoOrders : ICustomerOrders
    {
        public IReadOnlyList<Hub.Domain.Orders.Order> Newest(string customer) => [];
    }
}
