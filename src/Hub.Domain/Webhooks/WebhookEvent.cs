using System.Text.Json.Serialization;
using Hub.Domain.Kernel;

namespace Hub.Domain.Webhooks;

/// <summary>Everything that can have happened to a webhook. Released shapes never change (<c>events.contract.txt</c>).</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Queued), "webhook.queued")]
[JsonDerivedType(typeof(SendStarted), "webhook.send_started")]
[JsonDerivedType(typeof(Delivered), "webhook.delivered")]
[JsonDerivedType(typeof(SendFailed), "webhook.send_failed")]
[JsonDerivedType(typeof(SendDue), "webhook.send_due")]
[JsonDerivedType(typeof(GaveUp), "webhook.gave_up")]
public abstract record WebhookEvent : Event
{
    /// <summary>To be sent.</summary>
    public sealed record Queued(WebhookMessage Message, DateTimeOffset At) : WebhookEvent;

    /// <summary>A call is about to leave.</summary>
    public sealed record SendStarted(int Try) : WebhookEvent;

    /// <summary>Taken.</summary>
    public sealed record Delivered(int Try, int Status, DateTimeOffset At) : WebhookEvent;

    /// <summary>Not taken; tried again at a time.</summary>
    public sealed record SendFailed(int Try, string Reason, DateTimeOffset RetryAt) : WebhookEvent;

    /// <summary>It is time to send it (again).</summary>
    public sealed record SendDue(string By) : WebhookEvent;

    /// <summary>Not sent any more, unless somebody asks for it.</summary>
    public sealed record GaveUp(int Try, string Reason) : WebhookEvent;
}
