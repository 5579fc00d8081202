using Hub.Api.Access;
using Hub.Domain.Conversations;
using Hub.Simulation.Core;
using Hub.Simulation.Node;

namespace Hub.Simulation.People;

/// <summary>What one person and the shop's staff say to each other, and what both were told of it.</summary>
internal sealed class Talk(Scene scene, Person person)
{
    private static readonly Caller[] Clerks = [Clerk(1), Clerk(2)];

    private readonly World _world = scene.World;
    private readonly string _conversation = Conversation.IdOf(person.Id);

    /// <summary>Everything that was written; each text once, however often it was sent.</summary>
    public List<string> Said { get; } = [];

    /// <summary>Those whose writer was told that they are kept.</summary>
    public List<string> Kept { get; } = [];

    /// <summary>What they answered to mails; each text once, however often it was brought.</summary>
    public HashSet<string> Mailed { get; } = new(StringComparer.Ordinal);

    /// <summary>Those that the hub took.</summary>
    public HashSet<string> MailedAndTaken { get; } = new(StringComparer.Ordinal);

    /// <summary>They ask, staff answers, and they read it, or they have left the page and are told elsewhere.</summary>
    public async Task GoAsync()
    {
        await scene.Cluster.Pause(TimeSpan.FromSeconds(_world.Choices.Next(Strand.People, 900)));
        for (var asked = _world.Choices.Next(Strand.People, 3); asked > 0 && !person.IsForgotten; asked--)
        {
            var text = $"Where is my parcel? ({person.Id}, {asked} to go)";
            var wrote = SayAsync(person.Caller, text, (front, key) => front.SayAsync(person.Caller, key, person.Id, text));
            if (person.IsOdd())
            {
                // The same words again, under another key: another message.
                _world.Counters.Add("people: write from two pages at once");
                var again = $"Hello? ({person.Id}, {asked} to go)";
                await SayAsync(person.Caller, again, (front, key) => front.SayAsync(person.Caller, key, person.Id, again));
            }

            if (!await wrote)
            {
                return;
            }

            await scene.Cluster.Pause(person.ThinkingTime());
            await AnswerAsync(asked);
            if (!person.IsOdd())
            {
                await ReadAsync();
            }
            else
            {
                _world.Counters.Add("people: leave the page before staff answers");
            }
        }
    }

    // Two of the staff answer; of two who do so at once, one has the conversation and the other is told who.
    private async Task AnswerAsync(int asked)
    {
        var both = person.IsOdd();
        var answers = Clerks.Take(both ? 2 : 1).Select((clerk, number) =>
        {
            var text = $"Tomorrow, says {number}. ({person.Id}, {asked} to go)";
            return SayAsync(clerk, text, (front, key) => front.ReplyAsync(clerk, key, _conversation, text));
        }).ToList();
        _world.Counters.Add(both ? "staff: two answer at once" : "staff: one answers");
        await Task.WhenAll(answers);
    }

    private Task<Answer> ReadAsync()
    {
        var key = person.NewKey("read");
        return scene.Cluster.InsistAsync(front => front.MarkReadAsync(person.Caller, key, _conversation, long.MaxValue));
    }

    /// <summary>Somebody says something, until they are told that it is kept or lose patience.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="text">The words as they are kept.</param>
    /// <param name="request">Sends them.</param>
    /// <returns>Whether they were told so.</returns>
    public async Task<bool> SayAsync(Caller caller, string text, Func<Front, string, Task<Answer>> request)
    {
        var key = person.NewKey($"say-{caller.CredentialId}");
        Said.Add(text);
        var answer = await scene.Cluster.InsistAsync(front => request(front, key));
        if (answer.Ok)
        {
            Kept.Add(text);
            scene.Acknowledged.Note($"conversation/{_conversation}", key, answer);
        }

        return answer.Ok;
    }

    private static Caller.Staff Clerk(int number) => new($"clerk{number}@hub.example", [StaffRole.Support], [Scene.MerchantId]) { CredentialId = $"clerk_{number}" };
}
