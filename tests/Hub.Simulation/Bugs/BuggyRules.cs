using Hub.Actors;
using Hub.Domain.Customers;
using Hub.Domain.Digests;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;

namespace Hub.Simulation.Bugs;

/// <summary>The kinds of actor, with a bug planted in their rules where one is wanted.</summary>
internal static class BuggyRules
{
    /// <summary>Every kind.</summary>
    public static IEnumerable<ActorKind> Kinds(PlantedBug bug) => HubKinds.All.Select(kind => (kind.Name, bug) switch
    {
        ("payment", PlantedBug.CaptureBeforeConfirmation) => Payments<Hasty>(),
        ("payment", PlantedBug.DebitBeforeConfirmation) => Payments<Forward>(),
        ("payment", PlantedBug.SecondBankAfterATimeout) => Payments<Impatient>(),
        ("payment", PlantedBug.LateRefundByOnePerson) => Payments<Trusting>(),
        ("customer", PlantedBug.ValueHeldTwice) => new ActorKind<Generous, CustomerCommand, CustomerEvent, CustomerState>(
            "customer", CustomerJson.Default.CustomerCommand, CustomerJson.Default.CustomerEvent, CustomerJson.Default.CustomerState),
        ("customer", PlantedBug.ObjectionForgotten) => new ActorKind<Deaf, CustomerCommand, CustomerEvent, CustomerState>(
            "customer", CustomerJson.Default.CustomerCommand, CustomerJson.Default.CustomerEvent, CustomerJson.Default.CustomerState),
        ("customer", PlantedBug.UnsubscribeForgotten) => new ActorKind<Clinging, CustomerCommand, CustomerEvent, CustomerState>(
            "customer", CustomerJson.Default.CustomerCommand, CustomerJson.Default.CustomerEvent, CustomerJson.Default.CustomerState),
        ("digest", PlantedBug.DigestLosesOne) => new ActorKind<Careless, DigestCommand, DigestEvent, DigestState>(
            "digest", DigestJson.Default.DigestCommand, DigestJson.Default.DigestEvent, DigestJson.Default.DigestState),
        ("order", PlantedBug.SecondPaymentForOneOrder) => new ActorKind<Lavish, OrderCommand, OrderEvent, OrderState>(
            "order", OrderCommandJson.Default.OrderCommand, OrderEventJson.Default.OrderEvent, OrderStateJson.Default.OrderState),
        _ => kind,
    });

    private static ActorKind<TDecider, PaymentCommand, PaymentEvent, PaymentState> Payments<TDecider>()
        where TDecider : IDecider<PaymentCommand, PaymentEvent, PaymentState> =>
        new(
            "payment", PaymentCommandJson.Default.PaymentCommand, PaymentEventJson.Default.PaymentEvent, PaymentStateJson.Default.PaymentState);

    /// <summary>What the hub's own rules are but for the decision.</summary>
    private abstract class Mostly<TDecider, TCommand, TEvent, TState>
        where TDecider : IDecider<TCommand, TEvent, TState>
        where TCommand : Command
        where TEvent : Event
        where TState : State
    {
        public static TState Initial => TDecider.Initial;

        public static TState Evolve(TState state, TEvent happened) => TDecider.Evolve(state, happened);

        public static IEnumerable<TimerChange> Timers(TEvent happened) => TDecider.Timers(happened);

        public static IEnumerable<PostingSet> Postings(TEvent happened) => TDecider.Postings(happened);

        public static TCommand OnTimer(string name) => TDecider.OnTimer(name);
    }

    /// <summary>Takes the money when the customer is asked, instead of when they answered.</summary>
    private sealed class Hasty : Mostly<PaymentDecider, PaymentCommand, PaymentEvent, PaymentState>, IDecider<PaymentCommand, PaymentEvent, PaymentState>
    {
        public static Decision<PaymentEvent> Decide(PaymentCommand command, DateTimeOffset at, PaymentState state)
        {
            var decision = PaymentDecider.Decide(command, at, state);
            return command is PaymentCommand.RequestConfirmation && decision.Rejection is null && state is Payment { Mode: CaptureMode.Automatic, LastAttempt: { } attempt } payment
                ? decision.Events.Append(new PaymentEvent.CaptureRequested(
                    $"cap_{payment.Id[4..]}_1", attempt.Id, attempt.Amount, true, $"cap_{payment.Id[4..]}_1", "haste")).ToArray()
                : decision;
        }
    }

    /// <summary>Has the money moved as soon as somebody pays, whatever the customer says to the confirmation.</summary>
    private sealed class Forward : Mostly<PaymentDecider, PaymentCommand, PaymentEvent, PaymentState>, IDecider<PaymentCommand, PaymentEvent, PaymentState>
    {
        public static Decision<PaymentEvent> Decide(PaymentCommand command, DateTimeOffset at, PaymentState state)
        {
            var decision = PaymentDecider.Decide(command, at, state);
            return decision.Events.OfType<PaymentEvent.Submitted>().FirstOrDefault() is { Terms.Hold: false } begun
                ? decision.Events.Append(new PaymentEvent.DebitRequested(begun.Attempt, begun.Operation)).ToArray()
                : decision;
        }
    }

    /// <summary>Takes a call without an answer for one that never arrived.</summary>
    private sealed class Impatient : Mostly<PaymentDecider, PaymentCommand, PaymentEvent, PaymentState>, IDecider<PaymentCommand, PaymentEvent, PaymentState>
    {
        public static Decision<PaymentEvent> Decide(PaymentCommand command, DateTimeOffset at, PaymentState state) => PaymentDecider.Decide(
            command is PaymentCommand.ReportBankAnswer { Answer: BankAnswer.Unknown, Source: AnswerSource.Response } told
                ? told with { Answer = new BankAnswer.NeverReached("timeout") }
                : command,
            at, state);
    }

    /// <summary>Grants payments as if none were open.</summary>
    private sealed class Lavish : Mostly<OrderDecider, OrderCommand, OrderEvent, OrderState>, IDecider<OrderCommand, OrderEvent, OrderState>
    {
        public static Decision<OrderEvent> Decide(OrderCommand command, DateTimeOffset at, OrderState state) => OrderDecider.Decide(
            command, at, command is OrderCommand.GrantPayment && state is Order order ? order with { PaymentOpen = false, Payment = null } : state);
    }

    /// <summary>Holds stored value for a payment as if none waited for another.</summary>
    private sealed class Generous : Mostly<CustomerDecider, CustomerCommand, CustomerEvent, CustomerState>, IDecider<CustomerCommand, CustomerEvent, CustomerState>
    {
        public static Decision<CustomerEvent> Decide(CustomerCommand command, DateTimeOffset at, CustomerState state) => CustomerDecider.Decide(
            command,
            at,
            command is CustomerCommand.HoldECash hold && state is Customer customer
                ? customer with { Cash = customer.Cash with { Holds = customer.Cash.Holds.Where(one => one.Key == hold.Key).ToEquatableArray() } }
                : state);
    }

    /// <summary>Hears every objection to an address, and acts on none.</summary>
    private sealed class Deaf : Mostly<CustomerDecider, CustomerCommand, CustomerEvent, CustomerState>, IDecider<CustomerCommand, CustomerEvent, CustomerState>
    {
        public static Decision<CustomerEvent> Decide(CustomerCommand command, DateTimeOffset at, CustomerState state) =>
            command is CustomerCommand.ObjectToAddresses ? Decision<CustomerEvent>.Nothing : CustomerDecider.Decide(command, at, state);
    }

    /// <summary>Lets nobody go.</summary>
    private sealed class Clinging : Mostly<CustomerDecider, CustomerCommand, CustomerEvent, CustomerState>, IDecider<CustomerCommand, CustomerEvent, CustomerState>
    {
        public static Decision<CustomerEvent> Decide(CustomerCommand command, DateTimeOffset at, CustomerState state) =>
            command is CustomerCommand.Mute ? Decision<CustomerEvent>.Nothing : CustomerDecider.Decide(command, at, state);
    }

    /// <summary>Forgets the first of several notices.</summary>
    private sealed class Careless : Mostly<DigestDecider, DigestCommand, DigestEvent, DigestState>, IDecider<DigestCommand, DigestEvent, DigestState>
    {
        public static Decision<DigestEvent> Decide(DigestCommand command, DateTimeOffset at, DigestState state) => DigestDecider.Decide(
            command, at, command is DigestCommand.TimerDue && state.Waiting.Count > 1 ? state with { Waiting = state.Waiting.Skip(1).ToEquatableArray() } : state);
    }

    /// <summary>Takes the one who asked for a late refund for two.</summary>
    private sealed class Trusting : Mostly<PaymentDecider, PaymentCommand, PaymentEvent, PaymentState>, IDecider<PaymentCommand, PaymentEvent, PaymentState>
    {
        public static Decision<PaymentEvent> Decide(PaymentCommand command, DateTimeOffset at, PaymentState state) => PaymentDecider.Decide(
            command is PaymentCommand.ApproveRefund agreed ? agreed with { By = $"{agreed.By}, who is sure" } : command, at, state);
    }
}
