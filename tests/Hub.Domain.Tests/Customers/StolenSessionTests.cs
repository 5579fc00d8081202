using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Tests.Testing;
using static Hub.Domain.Tests.Customers.CustomerWorld;

namespace Hub.Domain.Tests.Customers;

/// <summary>
/// Somebody has a customer's session for days and does with it what luck says. The owner has their phone, hears what it is told, and answers in time.
/// </summary>
[Trait("Invariant", "14")]
public sealed class StolenSessionTests
{
    [Fact]
    public void A_stolen_session_gets_no_confirmation_while_the_owner_answers_what_they_are_told()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Properties.Check(runs: 2_000, length: 250, luck =>
        {
            var theft = new Theft(luck);
            theft.Run();
            seen.UnionWith(theft.Seen);
        });

        if (!Properties.IsChosen) Assert.Equal(["held", "objected", "removed", "restored by staff", "restored by the thief", "told"], seen.Order(StringComparer.Ordinal));
    }

    private sealed class Theft(int[] numbers)
    {
        private const string Code = "right";

        private static readonly TimeSpan[] Whiles = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(20), TimeSpan.FromHours(1), TimeSpan.FromHours(7), TimeSpan.FromHours(24), TimeSpan.FromDays(2)];

        private readonly Luck _luck = new(numbers);
        private readonly List<(DateTimeOffset At, Action<DateTimeOffset> Act)> _owner = [];
        private readonly List<string> _story = [];
        private DateTimeOffset _now = Noon;
        private CustomerState _state = CustomerDecider.Initial;
        private int _ids;
        private bool _wasDown;

        internal HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

        private Customer Customer => (Customer)_state;

        internal void Run()
        {
            try
            {
                var mail = new NewAddress("adr_o2", Channel.Email, "o2", new Sealed("m"));
                var phone = new NewAddress("adr_o1", Channel.Sms, "o1", new Sealed("p"), "o1w");
                Send(new CustomerCommand.Register("cus_1", "mer_1", new Sealed("n"), _luck.OneIn(2) ? [phone] : [phone, mail],
                    new Preferences(Channel.Sms, [Channel.Whatsapp, Channel.Email, Channel.Chat], "en")));
                foreach (var own in Customer.Addresses) Prove(own.Id);
                while (!_luck.IsSpent) Step();
            }
            catch (Exception broken)
            {
                throw new InvalidOperationException(string.Join(Environment.NewLine, _story), broken);
            }
        }

        private void Step()
        {
            switch (_luck.Below(9))
            {
                case 0: Send(new CustomerCommand.AddAddress(Anything())); break;
                case 1 or 2 or 3: if (Some(Customer.Addresses) is { } added) Prove(added.Id); break;
                case 4: if (Some(Customer.Addresses) is { } taken) Send(new CustomerCommand.RemoveAddress(taken.Id, "customer", Hours)); break;
                case 5: if (Some(Customer.Removed) is { } gone) Send(new CustomerCommand.RestoreAddress(gone.Address.Id, "customer", Hours)); break;
                default: Pass(_luck.Of(Whiles)); break;
            }

            Assert.DoesNotContain(Customer.ConfirmationRoutes(_now), route => IsTheirs(route.AddressKey));
        }

        // Numbers of the thief on either channel, a mailbox of theirs, the owner's number once more, a browser for any number.
        private NewAddress Anything()
        {
            var id = $"adr_{++_ids}";
            return _luck.Below(7) switch
            {
                0 => new(id, Channel.Sms, "t1", new Sealed("t"), "t1w"),
                1 => new(id, Channel.Whatsapp, "t1w", new Sealed("t"), "t1"),
                2 => new(id, Channel.Sms, "t2", new Sealed("t"), "t2w"),
                3 => new(id, Channel.Email, "tm", new Sealed("t")),
                4 => new(id, Channel.Sms, "o1", new Sealed("p"), "o1w"),
                5 => new(id, Channel.Whatsapp, "o1w", new Sealed("p"), "o1"),
                _ => new(id, Channel.Chat, $"t-browser-{_ids}", new Sealed("d"), _luck.Of<string>(["t1", "t1w", "tm", "o1"])),
            };
        }

        // The thief reads what comes to their own numbers, the owner what comes to theirs, and passes no code on.
        private void Prove(string id)
        {
            Send(new CustomerCommand.RequestVerification(id, $"ver_{++_ids}", Code));
            if (Customer.FindAddress(id) is not { VerifiedAt: null } address || AddressRules.ProvedBy(address, Customer) is not { } carrier) return;
            var isOwners = !IsTheirs(carrier.AddressKey);
            if (isOwners && address.Channel is Channel.Chat) return;
            Send(new CustomerCommand.CheckVerification(id, Code, Hours));
        }

        private void Pass(TimeSpan time)
        {
            var until = _now + time;
            while (_owner.Count > 0 && _owner.MinBy(one => one.At) is var next && next.At <= until)
            {
                _owner.Remove(next);
                _now = next.At > _now ? next.At : _now;

                // The hub may be down for a while: what was said meanwhile it hears then.
                if (!_wasDown && (_wasDown = _luck.OneIn(20))) _now += TimeSpan.FromHours(1 + _luck.Below(10));
                next.Act(next.At);
            }

            _now = until > _now ? until : _now;
        }

        private void Hear(CustomerEvent happened)
        {
            switch (happened)
            {
                case CustomerEvent.AddressVerified e when IsTheirs(Customer.FindAddress(e.Address)!.AddressKey): HearOf(e.Address); break;
                case CustomerEvent.AddressRestored { By: "customer" } e when Customer.FindAddress(e.Address) is { VerifiedAt: not null } back && IsTheirs(back.AddressKey):
                    Seen.Add("restored by the thief");
                    HearOf(e.Address);
                    break;
                case CustomerEvent.AddressRemoved { By: "customer" } e when !IsTheirs(e.AddressKey):
                    Seen.Add("removed");
                    var removed = Customer.Removed.First(r => r.Address.Id == e.Address);
                    if (AddressRules.Told(Customer, removed).Any(told => !IsTheirs(told.AddressKey))) Later(Hours / 2, _ => GiveBack(e.Address));
                    break;
            }
        }

        private void HearOf(string address)
        {
            var added = Customer.FindAddress(address)!;
            Seen.Add(added.HeldUntil is null ? "not held" : "held");
            foreach (var told in AddressRules.Warned(Customer, added, _now).Where(told => !IsTheirs(told.AddressKey)).ToList())
            {
                Seen.Add("told");
                Later(Hours, said =>
                {
                    Seen.Add("objected");
                    Send(new CustomerCommand.ObjectToAddresses(told.Id, said));
                });
            }
        }

        // Staff give back what the owner says was taken from them, and make room for it.
        private void GiveBack(string id)
        {
            if (Customer.Removed.FirstOrDefault(r => r.Address.Id == id) is not { } removed) return;
            if (Customer.Addresses.Any(a => a.AddressKey == removed.Address.AddressKey && a.VerifiedAt is not null)) return;
            foreach (var inTheWay in Customer.Addresses.Where(a => a.AddressKey == removed.Address.AddressKey).ToList()) Send(new CustomerCommand.RemoveAddress(inTheWay.Id, "staff_1", Hours));
            if (Customer.Addresses.Count >= CustomerDecider.MaxAddresses) Send(new CustomerCommand.RemoveAddress(Customer.Addresses.First(a => a.VerifiedAt is null || IsTheirs(a.AddressKey)).Id, "staff_1", Hours));
            Seen.Add("restored by staff");
            Send(new CustomerCommand.RestoreAddress(id, "staff_1", Hours));
        }

        private void Later(int hours, Action<DateTimeOffset> act) => _owner.Add((_now.AddMinutes(1 + _luck.Below((hours * 60) - 1)), act));

        private void Send(CustomerCommand command)
        {
            var decision = CustomerDecider.Decide(command, _now, _state);
            _story.Add($"{_now:MM-dd HH:mm} {command} {decision.Rejection}");
            foreach (var happened in decision.Rejection is null ? decision.Events : [])
            {
                _state = CustomerDecider.Evolve(_state, happened);
                _story.Add($"            {happened}");
                Hear(happened);
            }
        }

        private T? Some<T>(IReadOnlyList<T> items) where T : class => items.Count == 0 ? null : _luck.Of(items);

        private static bool IsTheirs(string key) => key.StartsWith('t');
    }
}
