using Hub.Api.Conversations;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Simulation.Core;
using Hub.Simulation.Node;

namespace Hub.Simulation.People;

/// <summary>A browser of somebody's that they proved, in whose chat they confirm with two buttons; and another one that they did not prove.</summary>
internal sealed class Device
{
    private static readonly TimeSpan[] Thinking = [TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(125), TimeSpan.FromSeconds(299), TimeSpan.FromMinutes(11)];

    private readonly Scene _scene;
    private readonly World _world;
    private readonly Person _person;
    private readonly bool _wants;
    private readonly string _secret;
    private string? _key;

    /// <summary>Of a person.</summary>
    public Device(Scene scene, Person person)
    {
        (_scene, _world, _person) = (scene, scene.World, person);
        _wants = _world.Choices.Chance(Strand.Reach, scene.Around.Mix.Reach);
        _secret = $"the-secret-that-the-browser-of-person-{person.Number:D2}-keeps";
    }

    /// <summary>What they said to which confirmation, in the browser that was proved: approved or not.</summary>
    public HashSet<(string Confirmation, bool Approves)> Said { get; } = [];

    /// <summary>They prove the browser by a code that comes to their phone, and want to confirm in it first.</summary>
    public async Task BindAsync()
    {
        if (!_wants)
        {
            return;
        }

        _world.Counters.Add("chat: a browser is to be proved");
        var key = _person.NewKey("bind");
        var bound = await _scene.Cluster.InsistAsync(front =>
        {
            _key = front.DeviceKey(_person.Id, _secret);
            return front.BindDeviceAsync(_person.Caller, key, _person.Id, _secret, $"adr_{_person.Number}_1");
        });
        if (!bound.Ok)
        {
            return;
        }

        _scene.Around.Pages.Keep(_person.Id, _secret);
        if (bound.Get("verified") != "True" && !await _person.ProveAsync(bound.Get("id")!, _person.Phone))
        {
            return;
        }

        _world.Counters.Add("chat: a browser was proved");
        await _person.DoAsync("prefer-chat", (_, _) => new CustomerCommand.Change(null, _person.Wishes with { Method = Channel.Chat, Fallback = [Channel.Sms, Channel.Email] }));
        Open();
    }

    /// <summary>A confirmation is shown in their conversation.</summary>
    public void Shows(string confirmation)
    {
        var odd = _world.Faulty && _world.Choices.Chance(Strand.Reach, _scene.Around.Mix.Reach);
        var after = odd ? _world.Choices.Pick(Strand.Reach, Thinking) : Thinking[0];
        var what = odd ? _world.Choices.Next(Strand.Reach, 8) : 0;
        _world.After(after, () => _ = _world.Home.Start(() => AnswerAsync(confirmation, what)));
    }

    private void Open()
    {
        List<SimNode> up = [.. _scene.Cluster.Up];
        if (_key is { } key && up.Count > 0)
        {
            _scene.Around.Pages.Open(key, up[_world.Choices.Next(Strand.Reach, up.Count)].Name);
        }
    }

    private async Task AnswerAsync(string confirmation, int what)
    {
        if (await DigitsOfAsync(confirmation) is not { } digits)
        {
            _world.Counters.Add("chat: a confirmation that has ended is shown");
            return;
        }

        switch (what)
        {
            case 1: await PressAsync("chat: no is pressed", confirmation, approves: false, digits); break;
            case 2: await Task.WhenAll(PressAsync("chat: pay is pressed twice", confirmation, true, digits), PressAsync("chat: pay is pressed twice", confirmation, true, digits)); break;
            case 3: await Task.WhenAll(PressAsync("chat: both buttons are pressed", confirmation, true, digits), PressAsync("chat: both buttons are pressed", confirmation, false, digits)); break;
            case 4: await SayAsync("chat: an answer from a browser that was not proved", $"PAY {digits}", "the-secret-of-quite-another-browser-nobody-proved"); break;
            case 5: await SayAsync("chat: an answer from a browser without a secret", $"PAY {digits}", null); break;
            case 6:
                _world.Counters.Add("chat: the page is closed");
                _scene.Around.Pages.Close(_key!);
                _world.After(TimeSpan.FromMinutes(10), Open);
                break;
            case 7: await SayAsync("chat: a wrong number", $"PAY {(int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) + 1) % 10_000:D4}", _secret); break;
            default: await PressAsync("chat: pay is pressed", confirmation, approves: true, digits); break;
        }
    }

    private Task<bool> PressAsync(string counter, string confirmation, bool approves, string digits)
    {
        Said.Add((confirmation, approves));
        return SayAsync(counter, $"{(approves ? "PAY" : "NO")} {digits}", _secret);
    }

    // What is kept of an answer has stars where its digits were.
    private Task<bool> SayAsync(string counter, string text, string? secret)
    {
        _world.Counters.Add(counter);
        return _person.Talk.SayAsync(_person.Caller, $"{text.Split(' ')[0]} ****", (front, key) => front.SayAsync(_person.Caller, key, _person.Id, text, secret));
    }

    private async Task<string?> DigitsOfAsync(string confirmation)
    {
        ConversationView? seen = null;
        await _scene.Cluster.InsistAsync(front => front.ReadConversationAsync(_person.Caller, _secret, _person.Id, view => seen = view), tries: 4);
        return seen?.Messages.LastOrDefault(one => one.Confirmation?.Id == confirmation)?.Buttons is [var pay, ..] ? pay.Command[^4..] : null;
    }
}
