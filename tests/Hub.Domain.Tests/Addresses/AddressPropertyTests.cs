using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Tests.Testing;

namespace Hub.Domain.Tests.Addresses;

/// <summary>Random days of one phone: payments ask it, people write from it, providers report, customers come and go.</summary>
public sealed class AddressPropertyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly AddressIdentity Phone = new(Channel.Sms, "+4915799999999", new Sealed("n"), "own_1");
    private static readonly TimeSpan[] Whiles = [TimeSpan.Zero, TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(59), TimeSpan.FromDays(31)];

    private static readonly int[] Caps =
        [AddressDecider.MaxSendsPerHour, AddressDecider.MaxRepliesPerHour, AddressDecider.MaxGuessesPerHourInAll, AddressDecider.MaxGuessesPerHour];

    [Fact]
    [Trait("Invariant", "14")]
    [Trait("Invariant", "15")]
    public void Whatever_happens_no_number_stands_for_two_payments_and_nothing_goes_past_a_cap_or_a_STOP()
    {
        var seen = new HashSet<Type>();
        var reached = new int[4];
        Properties.Check(runs: 1_500, length: 500, numbers =>
        {
            var (luck, now, state) = (new Luck(numbers), Noon, AddressDecider.Initial);
            var (sent, answered, guessed, farewells, stops) = (new List<DateTimeOffset>(), new List<DateTimeOffset>(), new List<(DateTimeOffset At, string? Merchant)>(), 0, 0);

            // Each life has something that happens more often than all else, or no cap would ever be reached.
            var often = luck.Below(16);
            for (var i = 0; !luck.IsSpent; i++)
            {
                if (luck.OneIn(20)) now += luck.Of(Whiles);
                var command = Any(luck.OneIn(4) ? luck.Below(16) : often, luck, i, now);
                var decision = AddressDecider.Decide(command, now, state);
                foreach (var happened in decision.Rejection is null ? decision.Events : [])
                {
                    seen.Add(happened.GetType());
                    switch (happened)
                    {
                        case AddressEvent.CodeOpened e:
                            Assert.DoesNotContain(state.Codes, other => other.Confirmation != e.Code.Confirmation && other.ExpiresAt > now && other.Digest == e.Code.Digest);
                            break;
                        case AddressEvent.SendGranted:
                            if (state.OptedOut) farewells++;
                            sent.Add(now);
                            break;
                        case AddressEvent.OptedOut e:
                            stops += e.Owed ? 1 : 0;
                            if (e.Owed) answered.Add(now);
                            break;
                        case AddressEvent.OptedIn { Owed: true } or AddressEvent.AnswerUnmatched { Silent: false }: answered.Add(now); break;
                        case AddressEvent.Received { Silent: false, Kind: not Inbound.Other and not Inbound.Stop and not Inbound.Start }: answered.Add(now); break;
                        case AddressEvent.GuessGranted e: guessed.Add((now, e.Merchant)); break;
                    }

                    state = AddressDecider.Evolve(state, happened);
                }

                Assert.True(farewells <= stops, "one farewell for each STOP");
                Assert.True(state.Codes.Count(c => c.ExpiresAt > now && !state.Closed.Contains(c.Confirmation)) <= AddressDecider.MaxOpenCodes);
                Assert.True(state.Holders.Select(h => h.Customer).Distinct().Count() == state.Holders.Count && state.Holders.Count <= AddressDecider.MaxHolders);
                Assert.DoesNotContain(state.Former, former => state.Holders.Any(h => h.Customer == former.Holder.Customer));
            }

            var own = guessed.GroupBy(g => g.Merchant).Select(one => Most(one.Select(g => g.At))).DefaultIfEmpty().Max();
            int[] most = [Most(sent), Most(answered), Most(guessed.Select(g => g.At)), own];
            Assert.All(most.Zip(Caps), one => Assert.True(one.First <= one.Second, $"{one.First} in an hour, of {one.Second}"));
            reached = [.. reached.Zip(most, Math.Max)];
        });

        // Days on which no cap is ever reached prove nothing about it.
        if (Properties.IsChosen) return;
        Assert.Equal(Caps, reached);
        Assert.Equal([], typeof(AddressEvent).GetNestedTypes().Except(seen).Select(type => type.Name));
    }

    private static AddressCommand Any(int what, Luck luck, int number, DateTimeOffset now) => what switch
    {
        0 or 1 => new AddressCommand.Open(Phone, new OpenCode($"con_{luck.Below(40)}", "pay_1", "adr_1", $"digest_{luck.Below(25)}", now.AddMinutes(5))),
        2 => new AddressCommand.Close($"con_{luck.Below(40)}"),
        3 or 4 => new AddressCommand.Receive(
            Phone, $"SM{number}", luck.Of<Inbound>([Inbound.Approve, Inbound.Reject, Inbound.NotMe]), luck.OneIn(3) ? null : $"digest_{luck.Below(25)}"),
        5 => new AddressCommand.Receive(Phone, $"SM{number}", luck.Of(Enum.GetValues<Inbound>()), null, Answered: luck.OneIn(3)),
        6 => new AddressCommand.Receive(Phone, $"SM{number}", luck.Of<Inbound>([Inbound.Stop, Inbound.Start]), null),
        7 or 8 or 9 => new AddressCommand.GrantSend(Phone, $"dlv_{number}", Farewell: luck.OneIn(3), Proof: luck.OneIn(3)),
        10 => new AddressCommand.GrantGuess($"ver_{number}", luck.Of<string>(["mer_1", "mer_2", "mer_3", "mer_4"])),
        11 => luck.OneIn(2) ? new AddressCommand.ReportDead("30005") : new AddressCommand.ReportOptOut(),
        12 => new AddressCommand.ReportUnreachable(luck.OneIn(4)),
        13 or 14 => new AddressCommand.Join(Phone, new Holder("mer_1", $"cus_{luck.Below(60)}", $"adr_{luck.Below(3)}")),
        _ => new AddressCommand.Leave($"cus_{luck.Below(60)}", luck.OneIn(2) ? now.AddDays(1) : null),
    };

    // The most of them in any hour.
    private static int Most(IEnumerable<DateTimeOffset> times)
    {
        var all = times.ToList();
        return all.Count == 0 ? 0 : all.Max(first => all.Count(other => other >= first && other < first.AddHours(1)));
    }
}
