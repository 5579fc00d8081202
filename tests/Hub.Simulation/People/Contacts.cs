using Hub.Domain.Confirmations;
using Hub.Simulation.Core;
using Hub.Simulation.Node;

namespace Hub.Simulation.People;

/// <summary>What becomes of the ways to reach somebody: they add a number, take one away and give it back, or somebody who has their session adds one.</summary>
internal sealed class Contacts
{
    private static readonly TimeSpan[] Objecting =
        [TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(3), TimeSpan.FromHours(2), TimeSpan.FromHours(9)];

    private readonly Scene _scene;
    private readonly World _world;
    private readonly Person _person;
    private readonly Plan _plan;

    /// <summary>Of a person.</summary>
    public Contacts(Scene scene, Person person)
    {
        (_scene, _world, _person) = (scene, scene.World, person);
        _plan = _world.Choices.Chance(Strand.Reach, scene.Around.Mix.Reach) ? (Plan)(1 + _world.Choices.Next(Strand.Reach, 6)) : Plan.Nothing;
        Second = $"+4915222222{person.Number:D2}";
        Stolen = $"+4915233333{person.Number:D2}";
        ComesBack = _plan is not Plan.Nothing && _world.Choices.Next(Strand.Reach, 2) == 1;
    }

    private enum Plan
    {
        Nothing,
        AddsANumber,
        IsStolenFrom,
        TakesItAwayAndBack,
        AddsTakesAwayAndBack,
        IsStolenFromAfterTakingAway,
        IsStolenFromBetweenTakingAwayAndBack,
    }

    /// <summary>The number they add.</summary>
    public string Second { get; }

    /// <summary>The number that whoever has their session adds.</summary>
    public string Stolen { get; }

    /// <summary>Whether they order once more when what was held is held no longer.</summary>
    public bool ComesBack { get; }

    /// <summary>Does what is planned.</summary>
    public async Task GoAsync()
    {
        if (_plan is Plan.Nothing)
        {
            return;
        }

        await _scene.Cluster.Pause(TimeSpan.FromSeconds(_world.Choices.Next(Strand.Reach, 600)));
        switch (_plan)
        {
            case Plan.AddsANumber:
                await AddAsync(Second, "people: add a number");
                break;
            case Plan.IsStolenFrom:
                await AddAsync(Stolen, "people: a thief adds a number");
                break;
            case Plan.TakesItAwayAndBack:
                await TakeAwayAndBackAsync($"adr_{_person.Number}_1");
                break;
            case Plan.AddsTakesAwayAndBack when await AddAsync(Second, "people: add a number") is { } added:
                await TakeAwayAndBackAsync(added);
                break;
            case Plan.IsStolenFromAfterTakingAway or Plan.IsStolenFromBetweenTakingAwayAndBack:
                var own = $"adr_{_person.Number}_1";
                await DoAsync("remove", (front, key) => front.RemoveAddressAsync(_person.Caller, key, _person.Id, own));
                await AddAsync(Stolen, "people: a thief takes a number away and adds theirs");
                if (_plan is Plan.IsStolenFromAfterTakingAway) break;
                _world.Counters.Add("people: a thief gives a number back");
                await DoAsync("restore", (front, key) => front.RestoreAddressAsync(_person.Caller, key, _person.Id, own));
                break;
        }
    }

    /// <summary>They read at a number that another one was added.</summary>
    public void ReadOfAnother(string at)
    {
        if (_plan is Plan.IsStolenFrom or Plan.IsStolenFromAfterTakingAway or Plan.IsStolenFromBetweenTakingAwayAndBack && at != Stolen)
        {
            _world.Counters.Add("people: object to a new address");
            _world.After(_world.Choices.Pick(Strand.Reach, Objecting), () => _scene.Around.Phones.Write(at, "NOT ME"));
        }
    }

    private async Task<string?> AddAsync(string number, string counter)
    {
        _world.Counters.Add(counter);
        string? added = null;
        var done = await DoAsync("add", (front, key) => front.AddAddressAsync(_person.Caller, key, _person.Id, Channel.Sms, number, id => added = id));
        if (!done.Ok || added is null)
        {
            return null;
        }

        await _person.ProveAsync(added, number);
        return added;
    }

    private async Task TakeAwayAndBackAsync(string address)
    {
        _world.Counters.Add("people: take an address away and back");
        await DoAsync("remove", (front, key) => front.RemoveAddressAsync(_person.Caller, key, _person.Id, address));
        await _scene.Cluster.Pause(_world.Choices.Pick(Strand.Reach, TimeSpan.FromMinutes(1), TimeSpan.Zero, TimeSpan.FromHours(2), TimeSpan.FromDays(29), TimeSpan.FromDays(31)));
        await DoAsync("restore", (front, key) => front.RestoreAddressAsync(_person.Caller, key, _person.Id, address));
    }

    private async Task<Answer> DoAsync(string what, Func<Front, string, Task<Answer>> request)
    {
        var key = _person.NewKey(what);
        var answer = await _scene.Cluster.InsistAsync(front => request(front, key));
        if (answer != Answer.Broken)
        {
            _scene.Acknowledged.Note($"customer/{_person.Id}", key, answer);
        }

        _world.Story?.Tell(_world.Now, _person.Id, $"{key}: {answer.Status}{(answer.Ok || answer.Status == 0 ? "" : $" {answer.Get("code")}")}");
        return answer;
    }
}
