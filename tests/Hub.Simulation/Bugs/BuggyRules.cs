using Hub.Actors;
using Hub.Domain.Customers;
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
        ("payment", PlantedBug.CaptureBeforeConfirmation) => new ActorKind<Hasty, PaymentCommand, PaymentEvent, PaymentState>(
            "payment", PaymentCommandJson.Default.PaymentCommand, PaymentEventJson.Default.PaymentEvent, PaymentStateJson.Default.PaymentState),
        ("payment", PlantedBug.DebitBeforeConfirmation) => new ActorKind<Forward, PaymentCommand, PaymentEvent, PaymentState>(
            "payment", PaymentCommandJson.Default.PaymentCommand, PaymentEventJson.Default.PaymentEvent, PaymentStateJson.Default.PaymentState),
        ("payment", PlantedBug.SecondBankAfterATimeout) => new ActorKind<Impatient, PaymentCommand, PaymentEvent, PaymentState>(
            "payment", PaymentCommandJson.Default.PaymentCommand, PaymentEventJson.Default.PaymentEvent, PaymentStateJson.Default.PaymentState),
        ("payment", PlantedBug.LateRefundByOnePerson) => new ActorKind<Trusting, PaymentCommand, PaymentEvent, PaymentState>(
            "payment", PaymentCommandJson.Default.PaymentCommand, PaymentEventJson.Default.PaymentEvent, PaymentStateJson.Default.PaymentState),
        ("customer", PlantedBug.ValueHeldTwice) => new ActorKind<Generous, CustomerCommand, CustomerEvent, CustomerState>(
            "customer", CustomerJson.Default.CustomerCommand, CustomerJson.Default.CustomerEvent, CustomerJson.Default.CustomerState),
        ("order", PlantedBug.SecondPaymentForOneOrder) => new ActorKind<Lavish, OrderCommand, OrderEvent, OrderState>(
            "order", OrderCommandJson.Default.OrderCommand, OrderEventJson.Default.OrderEvent, OrderStateJson.Default.OrderState),
        _ => kind,
    });

    /// <summary>Takes the money when the customer is asked, instead of when they answered.</summary>
    private sealed class Hasty : IDecider<PaymentCommand, PaymentEvent, PaymentState>
    {
        public static PaymentState Initial => PaymentDecider.Initial;

        public static Decision<PaymentEvent> Decide(PaymentCommand command, DateTimeOffset at, PaymentState state)
        {
            var decision = PaymentDecider.Decide(command, at, state);
            return command is PaymentCommand.RequestConfirmation && decision.Rejection is null && state is Payment { Mode: CaptureMode.Automatic, LastAttempt: { } attempt } payment
                ? decision.Events.Append(new PaymentEvent.CaptureRequested(
                    $"cap_{payment.Id[4..]}_1", attempt.Id, attempt.Amount, true, $"cap_{payment.Id[4..]}_1", "haste")).ToArray()
                : decision;
        }

        public static PaymentState Evolve(PaymentState state, PaymentEvent happened) => PaymentDecider.Evolve(state, happened);

        public static IEnumerable<TimerChange> Timers(PaymentEvent happened) => PaymentDecider.Timers(happened);

        public static IEnumerable<PostingSet> Postings(PaymentEvent happened) => PaymentDecider.Postings(happened);

        public static PaymentCommand OnTimer(string name) => PaymentDecider.OnTimer(name);
    }

    /// <summary>Has the money moved as soon as somebody pays, whatever the customer says to the confirmation.</summary>
    private sealed class Forward : IDecider<PaymentCommand, PaymentEvent, PaymentState>
    {
        public static PaymentState Initial => PaymentDecider.Initial;

        public static Decision<PaymentEvent> Decide(PaymentCommand command, DateTimeOffset at, PaymentState state)
        {
            var decision = PaymentDecider.Decide(command, at, state);
            return decision.Events.OfType<PaymentEvent.Submitted>().FirstOrDefault() is { Terms.Hold: false } begun
                ? decision.Events.Append(new PaymentEvent.DebitRequested(begun.Attempt, begun.Operation)).ToArray()
                : decision;
        }

        public static PaymentState Evolve(PaymentState state, PaymentEvent happened) => PaymentDecider.Evolve(state, happened);

        public static IEnumerable<TimerChange> Timers(PaymentEvent happened) => PaymentDecider.Timers(happened);

        public static IEnumerable<PostingSet> Postings(PaymentEvent happened) => PaymentDecider.Postings(happened);

        public static PaymentCommand OnTimer(string name) => PaymentDecider.OnTimer(name);
    }

    /// <summary>Takes a call without an answer for one that never arrived.</summary>
    private sealed class Impatient : IDecider<PaymentCommand, PaymentEvent, PaymentState>
    {
        public static PaymentState Initial => PaymentDecider.Initial;

        public static Decision<PaymentEvent> Decide(PaymentCommand command, DateTimeOffset at, PaymentState state) => PaymentDecider.Decide(
            command is PaymentCommand.ReportBankAnswer { Answer: BankAnswer.Unknown, Source: AnswerSource.Response } told
                ? told with { Answer = new BankAnswer.NeverReached("timeout") }
                : command,
            at, state);

        public static PaymentState Evolve(PaymentState state, PaymentEvent happened) => PaymentDecider.Evolve(state, happened);

        public static IEnumerable<TimerChange> Timers(PaymentEvent happened) => PaymentDecider.Timers(happened);

        public static IEnumerable<PostingSet> Postings(PaymentEvent happened) => PaymentDecider.Postings(happened);

        public static PaymentCommand OnTimer(string name) => PaymentDecider.OnTimer(name);
    }

    /// <summary>Grants payments as if none were open.</summary>
    private sealed class Lavish : IDecider<OrderCommand, OrderEvent, OrderState>
    {
        public static OrderState Initial => OrderDecider.Initial;

        public static Decision<OrderEvent> Decide(OrderCommand command, DateTimeOffset at, OrderState state) => OrderDecider.Decide(
            command, at, command is OrderCommand.GrantPayment && state is Order order ? order with { PaymentOpen = false, Payment = null } : state);

        public static OrderState Evolve(OrderState state, OrderEvent happened) => OrderDecider.Evolve(state, happened);

        public static IEnumerable<TimerChange> Timers(OrderEvent happened) => OrderDecider.Timers(happened);

        public static IEnumerable<PostingSet> Postings(OrderEvent happened) => OrderDecider.Postings(happened);

        public static OrderCommand OnTimer(string name) => OrderDecider.OnTimer(name);
    }

    /// <summary>Holds stored value for a payment as if none waited for another.</summary>
    private sealed class Generous : IDecider<CustomerCommand, CustomerEvent, CustomerState>
    {
        public static CustomerState Initial => CustomerDecider.Initial;

        public static Decision<CustomerEvent> Decide(CustomerCommand command, DateTimeOffset at, CustomerState state) => CustomerDecider.Decide(
            command,
            at,
            command is CustomerCommand.HoldECash hold && state is Customer customer
                ? customer with { Cash = customer.Cash with { Holds = customer.Cash.Holds.Where(one => one.Key == hold.Key).ToEquatableArray() } }
                : state);

        public static CustomerState Evolve(CustomerState state, CustomerEvent happened) => CustomerDecider.Evolve(state, happened);

        public static IEnumerable<TimerChange> Timers(CustomerEvent happened) => CustomerDecider.Timers(happened);

        public static IEnumerable<PostingSet> Postings(CustomerEvent happened) => CustomerDecider.Postings(happened);

        public static CustomerCommand OnTimer(string name) => CustomerDecider.OnTimer(name);
    }

    /// <summary>Takes the one who asked for a late refund for two.</summary>
    private sealed class Trusting : IDecider<PaymentCommand, PaymentEvent, PaymentState>
    {
        public static PaymentState Initial => PaymentDecider.Initial;

        public static Decision<PaymentEvent> Decide(PaymentCommand command, DateTimeOffset at, PaymentState state) => PaymentDecider.Decide(
            command is PaymentCommand.ApproveRefund agreed ? agreed with { By = $"{agreed.By}, who is sure" } : command, at, state);

        public static PaymentState Evolve(PaymentState state, PaymentEvent happened) => PaymentDecider.Evolve(state, happened);

        public static IEnumerable<TimerChange> Timers(PaymentEvent happened) => PaymentDecider.Timers(happened);

        public static IEnumerable<PostingSet> Postings(PaymentEvent happened) => PaymentDecider.Postings(happened);

        public static PaymentCommand OnTimer(string name) => PaymentDecider.OnTimer(name);
    }
}
