using System.Collections.Concurrent;
using System.Text;
using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Ports;
using Hub.Actors.Reactions;
using Hub.Channels.Sms;
using Hub.Domain.Kernel;
using Hub.Domain.Sending;
using Microsoft.Extensions.Logging;

namespace Hub.Channels.Sending;

/// <summary>Takes the parts of a text message out of the budgets it falls under, before it is sent.</summary>
/// <remarks>
/// The budgets are actors, so a bound holds over all nodes and restarts. To take a turn for every message of a large merchant would make
/// that one actor the narrowest place of the hub, so parts are drawn in lots of a fiftieth of the bound and given out from memory. A
/// lot counts in its hour only, and one that is lost in a crash was drawn all the same: fewer may go out than allowed, never more.
/// </remarks>
/// <param name="actors">The way to the budgets.</param>
/// <param name="keyring">Hides the blocks of numbers in the budgets' names.</param>
/// <param name="caps">The bounds.</param>
/// <param name="time">Says which hour it is.</param>
/// <param name="log">Hears which bound was met, never by whose number.</param>
public sealed partial class SendingBudgets(IActors actors, IKeyring keyring, SendingCaps caps, TimeProvider time, ILogger<SendingBudgets> log)
{
    private const int Lots = 50;
    private const int BlockDigits = 3;

    private readonly ConcurrentDictionary<string, Pocket> _pockets = new(StringComparer.Ordinal);

    /// <summary>Takes parts for one delivery.</summary>
    /// <param name="reaction">Who is about to send.</param>
    /// <param name="cause">The event being handled.</param>
    /// <param name="delivery">Names the draws: the same delivery draws once.</param>
    /// <param name="merchant">For whom; <c>null</c> when no merchant sends it.</param>
    /// <param name="to">The number.</param>
    /// <param name="parts">How many; at least 1.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns><c>null</c> when it may go, else which bound was met: <c>merchant</c>, <c>country</c> or <c>block</c>.</returns>
    public async Task<string?> TakeAsync(
        IReaction reaction, FeedEvent cause, string delivery, string? merchant, E164 to, int parts, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        foreach (var (scope, key, most) in Bounds(merchant, to))
        {
            if (TakeFromPocket(key, parts)) continue;
            var draw = new BudgetCommand.Draw(parts, Math.Max(parts, most / Lots), most);
            var outcome = await actors.ReactAsync(reaction, cause, HubKinds.Budget[key], draw, "budget", $"{scope}:{delivery}", cancel);
            switch (outcome)
            {
                case TurnOutcome.Committed { Repeated: false, Events: [BudgetEvent.Drawn drawn] }:
                    Keep(key, drawn, parts);
                    break;
                case TurnOutcome.Rejected { Code: RejectionCode.SendingCapped }:
                    LogCapped(scope, delivery);
                    return scope;
                case TurnOutcome.Rejected { Code: not RejectionCode.CommandIdReused } other:
                    throw new InvalidOperationException($"A budget refused a draw: {other.Code}.");
            }

            // Else it was drawn before a crash, perhaps under other settings: this delivery's parts were in it.
        }

        return null;
    }

    private IEnumerable<(string Scope, string Key, int Most)> Bounds(string? merchant, E164 to)
    {
        if (merchant is not null && caps.MerchantPerHour is > 0 and var ofMerchant) yield return ("merchant", $"merchant:{merchant}", ofMerchant);
        if (to.Country is { } country && caps.CountryPerHour is > 0 and var ofCountry) yield return ("country", $"country:{country}", ofCountry);
        if (caps.BlockPerHour is > 0 and var ofBlock) yield return ("block", BlockKey(to), ofBlock);
    }

    // Most of a number is a person's number: only a keyed digest of it is written.
    private string BlockKey(E164 to) =>
        $"block:{Convert.ToHexStringLower(keyring.Mac(KeyPurpose.Address, Encoding.UTF8.GetBytes($"block\n{to.Number[..^BlockDigits]}")))}";

    private bool TakeFromPocket(string key, int parts)
    {
        var hour = BudgetDecider.HourOf(time.GetUtcNow());
        while (_pockets.TryGetValue(key, out var pocket) && pocket.Hour == hour && pocket.Parts >= parts)
        {
            if (_pockets.TryUpdate(key, pocket with { Parts = pocket.Parts - parts }, pocket)) return true;
        }

        return false;
    }

    private void Keep(string key, BudgetEvent.Drawn drawn, int parts)
    {
        var rest = new Pocket(BudgetDecider.HourOf(drawn.At), drawn.Parts - parts);
        if (rest.Parts == 0) return;
        _pockets.AddOrUpdate(key, rest, (_, known) => known.Hour == rest.Hour ? known with { Parts = known.Parts + rest.Parts } : rest);
    }

    private sealed record Pocket(DateTimeOffset Hour, int Parts);

    [LoggerMessage(LogLevel.Warning, "Delivery {DeliveryId} was not sent: as many text messages as the settings allow went out this hour for one {Scope}")]
    private partial void LogCapped(string scope, string deliveryId);
}
