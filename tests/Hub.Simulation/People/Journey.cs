using System.Globalization;
using Hub.Actors;
using Hub.Api.Payments;
using Hub.Domain.Money;
using Hub.Domain.Orders;
using Hub.Domain.Orders.References;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Disputes;
using Hub.Simulation.Core;
using Hub.Simulation.Node;
using Microsoft.AspNetCore.Http;

namespace Hub.Simulation.People;

/// <summary>One order and its payment, from the basket to the refund.</summary>
internal sealed partial class Journey
{
    private static readonly TimeSpan[] Looks =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4),
        TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(8), TimeSpan.FromHours(20),
    ];

    private readonly Scene _scene;
    private readonly World _world;
    private readonly Cluster _cluster;
    private readonly long _minor;
    private readonly CaptureMode _mode;
    private readonly string _first;

    /// <summary>A journey of a person.</summary>
    public Journey(Scene scene, Person person, int number)
    {
        (_scene, _world, _cluster, Person, Number) = (scene, scene.World, scene.Cluster, person, number);
        _minor = 1_000 + (number * 137);
        _mode = _world.Choices.Pick(Strand.People, CaptureMode.Automatic, CaptureMode.Automatic, CaptureMode.Manual);
        var first = _world.Choices.Pick(Strand.People, person.Cards[0], person.Account, person.ECheck, person.Cards[1], person.ECash);
        _first = person.FromThePurse ? person.ECash : first;
    }

    /// <summary>Whose.</summary>
    public Person Person { get; }

    /// <summary>Its number in the scene.</summary>
    public int Number { get; }

    /// <summary>The amount as messages show it.</summary>
    public string Amount => new Amount(_minor, Currency.Parse("EUR")).ToString();

    /// <summary>The invoice's total in minor units.</summary>
    public long Total => _minor;

    /// <summary>The order.</summary>
    public string? Order { get; private set; }

    /// <summary>The payment.</summary>
    public string? Payment { get; private set; }

    /// <summary>Goes all the way.</summary>
    public async Task GoAsync()
    {
        await _cluster.Pause(TimeSpan.FromSeconds(_world.Choices.Next(Strand.People, Person.FromThePurse ? 8 : 600)));
        if (Person.Contacts.ComesBack && _scene.Journeys.Last(one => one.Person == Person) == this)
        {
            _world.Counters.Add("people: order again a day later");
            await _cluster.Pause(TimeSpan.FromHours(26));
        }

        if (Person.IsForgotten || await PlaceAsync() is not { } hash)
        {
            return;
        }

        var page = Person.Page;
        await PostAsync("order", $"accept{Number}", (front, key) => front.AcceptAsync(Person.Caller, page, key, Order!, hash));
        var created = await PostAsync(null, $"pay{Number}", (front, key) => front.CreatePaymentAsync(_scene.Merchant, key, new CreatePayment(Order!, _mode)));
        if (!created.Ok)
        {
            return;
        }

        Payment = created.Get("id");
        if (Person.IsOdd())
        {
            await AskForASecondPaymentAsync();
        }

        await PayAsync();
        await AfterwardsAsync();
    }

    /// <summary>They type a code on the page.</summary>
    public async Task AnswerOnPageAsync(string code, TimeSpan after)
    {
        if (Payment is not { } payment)
        {
            return;
        }

        var odd = Person.IsOdd() ? _world.Choices.Next(Strand.People, 4) : 0;
        var typed = odd == 3 ? $"{(int.Parse(code, CultureInfo.InvariantCulture) + 1) % 1_000_000:D6}" : code;
        var answer = odd == 2 ? new AnswerRequest(ConfirmationAnswer.Reject) : new AnswerRequest(ConfirmationAnswer.Approve, typed);
        _world.Counters.Add(odd switch { 2 => "people: reject on the page", 3 => "people: a wrong code on the page", 1 => "people: two tabs at once", _ => "people: a code on the page" });
        await _cluster.Pause(after);
        var (page, other) = (Person.Page, Person.Page);
        var first = PostAsync("payment", Person.NewKey("confirm"), (front, key) => front.ConfirmAsync(Person.Caller, page, key, payment, answer));
        if (odd == 1)
        {
            await PostAsync("payment", Person.NewKey("confirm"), (front, key) => front.ConfirmAsync(Person.Caller, other, key, payment, answer));
        }

        await first;
    }

    private async Task<string?> PlaceAsync()
    {
        var invoice = new Invoice(Currency.Parse("EUR"), [new InvoiceLine("sku-1", "A book", 1, _minor - 300, 70)], 300);
        var key = $"order{Number}";
        var done = await _cluster.InsistAsync(front => front.PostAsync(_scene.Merchant, key, "ord", "/sim/orders", key, async (_, id) =>
        {
            Order = id.CreatedId;
            var vault = front.Vault;
            if (vault.IsErased(Person.Id)) return TypedResults.NotFound();
            var command = new OrderCommand.Place(
                id.CreatedId, Scene.MerchantId, "ACME Books", Person.Id, $"R-{Number}", invoice,
                new Consignee(vault.Seal(Person.Id, "A. Person"), vault.Seal(Person.Id, "1 Street")),
                new DeliveryTerms("parcel", null), new SignatureProof("sig_1", "digest", "signature", World.Beginning));
            await front.Actors.SendAsync(HubKinds.Reference[$"{Number:D64}"], new Envelope(id.CommandId, new ReferenceCommand.Claim(id.CreatedId)), CancellationToken.None);
            await front.Actors.SendAsync(HubKinds.Order[id.CreatedId], new Envelope(id.CommandId, command), CancellationToken.None);
            return TypedResults.NoContent();
        }));
        return done.Ok && Order is { } order ? invoice.Hash(order, Scene.MerchantId) : null;
    }

    // A second window, a clever script: one order has one open payment.
    private async Task AskForASecondPaymentAsync()
    {
        _world.Counters.Add("people: a second payment is asked for");
        var second = await PostAsync(null, $"second{Number}", (front, key) => front.CreatePaymentAsync(_scene.Merchant, key, new CreatePayment(Order!, _mode)));
        if (second.Ok && second.Get("id") is { } other && other != Payment)
        {
            _ = _world.Home.Start(() => SubmitAsync($"second-submit{Number}", other, Person.Cards[0]));
        }
    }

    private async Task PayAsync()
    {
        for (var tries = 0; tries < 3; tries++)
        {
            await SubmitAsync($"submit{Number}-{tries}", Payment!, tries == 0 ? _first : Person.Cards[tries % 2]);
            if (Person.IsOdd())
            {
                await MeddleAsync();
            }

            if (_first == Person.ECash && Person.IsOdd())
            {
                await Person.TopUpAsync(700);
            }

            if (await WatchAsync(status => status is not (PaymentStatus.Processing or PaymentStatus.RequiresAction or PaymentStatus.AwaitingConfirmation)) is not PaymentStatus.RequiresPaymentMethod)
            {
                return;
            }
        }
    }

    // The code is encrypted once for a request, however often that is sent.
    private Task<Answer> SubmitAsync(string key, string payment, string instrument)
    {
        var code = Person.Cards.Contains(instrument) ? SimDevice.Encrypt(Person.Id, $"{key}-token-of-a-device", _world.Time.AddMinutes(5)) : null;
        var page = Person.Page;
        return PostAsync("payment", key, (front, _) => front.SubmitAsync(Person.Caller, page, key, payment, instrument, code));
    }

    private async Task MeddleAsync()
    {
        await _cluster.Pause(TimeSpan.FromSeconds(_world.Choices.Next(Strand.People, 90)));
        switch (_world.Choices.Next(Strand.People, 7) % 4)
        {
            case 0:
                _world.Counters.Add("people: ask for the code again");
                await PostAsync("payment", Person.NewKey("resend"), (front, key) => front.ResendAsync(Person.Caller, key, Payment!));
                break;
            case 1:
                _world.Counters.Add("merchant: cancels");
                await PostAsync("payment", Person.NewKey("cancel"), (front, key) => front.CancelAsync(_scene.Merchant, key, Payment!));
                break;
            case 3:
                await Person.WantToBeForgottenAsync();
                break;
            default:
                _world.Counters.Add("people: press pay twice");
                await SubmitAsync(Person.NewKey("again"), Payment!, Person.Cards[1]);
                break;
        }
    }

    private async Task AfterwardsAsync()
    {
        if (_mode is CaptureMode.Manual)
        {
            await CaptureAsync();
        }

        if (await WatchAsync(status => status is not PaymentStatus.Processing) is not (PaymentStatus.Succeeded or PaymentStatus.PartiallyCaptured))
        {
            return;
        }

        await PostAsync("order", $"ship{Number}", (front, key) => front.ShipAsync(_scene.Merchant, key, Order!, delivered: false));
        await PostAsync("order", $"deliver{Number}", (front, key) => front.ShipAsync(_scene.Merchant, key, Order!, delivered: true));
        for (var refunds = _world.Choices.Pick(Strand.People, 0, 0, 1, 2); refunds > 0; refunds--)
        {
            _world.Counters.Add("merchant: refunds");
            long? amount = _world.Choices.Pick<long>(Strand.People, 0, 100, _minor, _minor + 1) is > 0 and var part ? part : null;
            var asked = new RefundRequest(amount);
            var name = Person.NewKey("refund");
            var answer = await PostAsync("payment", name, (front, key) => front.RefundAsync(_scene.Merchant, key, Payment!, asked));
            _refunded = answer.Ok ? (name, asked) : _refunded;
        }

        await AnswerDisputesAsync();
        await MonthsLaterAsync();
    }

    // The merchant looks a day later, and says something of what the customer wants back; or nothing.
    private async Task AnswerDisputesAsync()
    {
        await _cluster.Pause(TimeSpan.FromHours(24));
        if (await SeeAsync() is not { } payment || payment.Disputes.FirstOrDefault(one => one.Status is DisputeStatus.NeedsResponse) is not { } dispute) return;
        var says = _world.Choices.Next(Strand.People, 4);
        if (says == 3) return;
        _world.Counters.Add(says == 2 ? "merchant: concedes a dispute" : "merchant: contests a dispute");
        await PostAsync("payment", Person.NewKey("dispute"), (front, key) => says == 2
            ? front.ConcedeAsync(_scene.Merchant, key, Payment!, dispute.Id)
            : front.ContestAsync(_scene.Merchant, key, Payment!, dispute.Id, "The parcel was handed over."));
    }

    private async Task CaptureAsync()
    {
        for (var captures = 1 + _world.Choices.Next(Strand.People, 3); captures > 0; captures--)
        {
            _world.Counters.Add("merchant: captures");
            long? amount = _world.Choices.Pick<long>(Strand.People, 0, 200, _minor - 1, _minor + 1) is > 0 and var part ? part : null;
            await PostAsync("payment", Person.NewKey("capture"), (front, key) =>
                front.CaptureAsync(_scene.Merchant, key, Payment!, new CaptureRequest(amount, captures == 1 && amount is not null)));
            await WatchAsync(status => status is not PaymentStatus.Processing);
        }
    }

    private async Task<Answer> PostAsync(string? kind, string key, Func<Front, string, Task<Answer>> request)
    {
        var answer = await _cluster.InsistAsync(front => request(front, key));
        if (answer != Answer.Broken)
        {
            var stream = kind switch { "order" => $"order/{Order}", "payment" => $"payment/{Payment}", _ => answer.Ok && answer.Get("id") is { } id ? $"payment/{id}" : null };
            _scene.Acknowledged.Note(stream, key, answer);
        }

        _world.Story?.Tell(_world.Now, $"journey {Number}", $"{key}: {answer.Status}{(answer.Ok || answer.Status == 0 ? "" : $" {answer.Get("code")}")}");
        return answer;
    }

    // They look at the page, less and less often.
    private async Task<PaymentStatus?> WatchAsync(Func<PaymentStatus, bool> wanted)
    {
        foreach (var pause in Looks)
        {
            await _cluster.Pause(pause);
            if (await SeeAsync() is { } payment && wanted(payment.Status))
            {
                return payment.Status;
            }
        }

        return null;
    }

    private async Task<Payment?> SeeAsync()
    {
        Payment? seen = null;
        await _cluster.CallAsync(async front =>
        {
            seen = (await front.Actors.ReadAsync(HubKinds.Payment[Payment!], CancellationToken.None)).State as Payment;
            return new Answer(200, []);
        });
        return seen;
    }
}
