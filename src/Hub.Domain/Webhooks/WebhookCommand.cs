using System.Text.Json.Serialization;
using Hub.Domain.Kernel;

namespace Hub.Domain.Webhooks;

/// <summary>Everything an outgoing webhook can be asked.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Enqueue), "enqueue")]
[JsonDerivedType(typeof(StartSend), "start_send")]
[JsonDerivedType(typeof(ReportDelivered), "report_delivered")]
[JsonDerivedType(typeof(ReportFailed), "report_failed")]
[JsonDerivedType(typeof(ReportGone), "report_gone")]
[JsonDerivedType(typeof(Replay), "replay")]
[JsonDerivedType(typeof(TimerDue), "timer_due")]
public abstract record WebhookCommand : Command
{
    /// <summary>Tell one endpoint one thing.</summary>
    public sealed record Enqueue(WebhookMessage Message) : WebhookCommand;

    /// <summary>A call is about to leave; the fence.</summary>
    /// <param name="Try">Must be the next.</param>
    public sealed record StartSend(int Try) : WebhookCommand;

    /// <summary>The endpoint took it.</summary>
    public sealed record ReportDelivered(int Try, int Status) : WebhookCommand;

    /// <summary>The endpoint did not take it.</summary>
    /// <param name="Try">Which call.</param>
    /// <param name="Reason">A status or what went wrong, in snake case.</param>
    /// <param name="Jitter">0 to 999, from the port of randomness.</param>
    public sealed record ReportFailed(int Try, string Reason, int Jitter) : WebhookCommand;

    /// <summary>The endpoint says that it is gone (410).</summary>
    public sealed record ReportGone(int Try) : WebhookCommand;

    /// <summary>The merchant asks for it once more.</summary>
    public sealed record Replay(string By) : WebhookCommand;

    /// <summary>A durable timer fired.</summary>
    public sealed record TimerDue(string Name) : WebhookCommand;
}
