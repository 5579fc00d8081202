using System.Net;
using Hub.Simulation.Core;

namespace Hub.Simulation.Outside;

/// <summary>A call as it reaches a party outside.</summary>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Path">The path and query.</param>
/// <param name="Headers">The headers by name, in lower case.</param>
/// <param name="Body">The bytes.</param>
internal sealed record Call(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>What a party answers.</summary>
internal sealed record Reply(int Status, string Body = "", string Type = "application/json");

/// <summary>A party outside the hub that is spoken to over HTTP.</summary>
internal interface IParty
{
    /// <summary>Its name in the story.</summary>
    string Name { get; }

    /// <summary>Hears that a process of the hub lets the first byte of a call leave.</summary>
    void Leaves(Call call);

    /// <summary>Carries a call out.</summary>
    Reply Handle(Call call);
}

/// <summary>The network between one process of the hub and a party: everything that can happen to a call on its way there and back.</summary>
internal sealed class Wire(World world, HomeScheduler home, Mix mix, IParty party) : HttpMessageHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan[] Lateness =
        [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(25), TimeSpan.FromMinutes(20)];

    private enum Fate
    {
        Arrives,
        NeverConnects,
        TurnedAway,
        LostOnTheWay,
        LateOnTheWay,
        Doubled,
        AnswerLost,
        AnswerLate,
        AnswerBroken,
        AnswerAnError,
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = await ReadAsync(request);
        var fate = world.Faulty && world.Choices.Chance(Strand.Faults, mix.Network)
            ? (Fate)world.Choices.Next(Strand.Faults, Enum.GetValues<Fate>().Length)
            : Fate.Arrives;
        if (fate != Fate.Arrives)
        {
            world.Counters.Add($"network: {Words(fate)}");
        }

        if (fate != Fate.NeverConnects)
        {
            party.Leaves(call);
        }

        var answer = new TaskCompletionSource<Reply?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Carry(call, fate, answer);
        return Read(await answer.Task, fate);
    }

    private static string Words(Fate fate) => fate switch
    {
        Fate.NeverConnects => "no connection",
        Fate.TurnedAway => "turned away (429)",
        Fate.LostOnTheWay => "request lost",
        Fate.LateOnTheWay => "request late",
        Fate.Doubled => "request doubled",
        Fate.AnswerLost => "answer lost",
        Fate.AnswerLate => "answer late",
        Fate.AnswerBroken => "answer broken off",
        Fate.AnswerAnError => "answer a 502",
        _ => "fine",
    };

    private void Carry(Call call, Fate fate, TaskCompletionSource<Reply?> answer)
    {
        var there = Travel();
        switch (fate)
        {
            case Fate.NeverConnects or Fate.TurnedAway:
                world.After(there, () => Answer(answer, null));
                break;
            case Fate.LostOnTheWay:
                world.After(Patience, () => Answer(answer, null));
                break;
            case Fate.LateOnTheWay:
                // It may arrive long after the caller gave up.
                var late = world.Choices.Pick(Strand.Faults, Lateness);
                world.After(late, () => Arrive(call, late > Patience ? null : answer));
                if (late > Patience)
                {
                    world.After(Patience, () => Answer(answer, null));
                }

                break;
            case Fate.AnswerLost or Fate.AnswerBroken:
                world.After(there, () => party.Handle(call));
                world.After(fate == Fate.AnswerLost ? Patience : there + Travel(), () => Answer(answer, null));
                break;
            case Fate.AnswerLate:
                world.After(there, () => party.Handle(call));
                world.After(Patience, () => Answer(answer, null));
                break;
            case Fate.Doubled:
                world.After(there, () => Arrive(call, answer));
                world.After(there + world.Choices.Pick(Strand.Faults, Lateness), () => party.Handle(call));
                break;
            default:
                world.After(there, () => Arrive(call, answer));
                break;
        }
    }

    private TimeSpan Travel() => TimeSpan.FromMilliseconds(1 + world.Choices.Next(Strand.Parties, 40));

    private void Arrive(Call call, TaskCompletionSource<Reply?>? answer)
    {
        var reply = party.Handle(call);
        if (answer is not null)
        {
            world.After(Travel(), () => Answer(answer, reply));
        }
    }

    private void Answer(TaskCompletionSource<Reply?> answer, Reply? reply)
    {
        if (home.Alive)
        {
            answer.SetResult(reply);
        }
    }

    private static HttpResponseMessage Read(Reply? reply, Fate fate) => (fate, reply) switch
    {
        (Fate.NeverConnects, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused"),
        (Fate.TurnedAway, _) => Response(new Reply(429, "{}")),
        (Fate.AnswerBroken, _) => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The answer broke off"),
        (Fate.AnswerAnError, _) => Response(new Reply(502, "<html>Bad gateway</html>", "text/html")),
        (_, null) => throw new TimeoutException("No answer in time"),
        (_, { Status: 0 }) => throw new TimeoutException("No answer in time"),
        var (_, known) => Response(known),
    };

    private static HttpResponseMessage Response(Reply reply) => new((HttpStatusCode)reply.Status)
    {
        Content = new StringContent(reply.Body, System.Text.Encoding.UTF8, reply.Type),
    };

    private static async Task<Call> ReadAsync(HttpRequestMessage request)
    {
        var headers = request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => string.Join(',', h.Value), StringComparer.Ordinal);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync();
        return new Call(request.Method.Method, request.RequestUri!.PathAndQuery, headers, body);
    }
}
