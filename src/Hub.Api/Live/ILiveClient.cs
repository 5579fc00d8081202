using Hub.Actors.Views;
using Hub.Api.Access;

namespace Hub.Api.Live;

/// <summary>What the hub calls at a watcher. The method's name is the name on the wire, hence lower case.</summary>
public interface ILiveClient
{
    /// <summary>Something changed.</summary>
    Task update(LiveUpdate update);

    /// <summary>Somebody is writing. Not kept: whoever connects later hears nothing of it.</summary>
    Task typing(TypingNotice typing);
}

/// <summary>Somebody is writing in a conversation.</summary>
/// <param name="Topic">Such as <c>conversation:cnv_…</c>.</param>
/// <param name="Author"><c>customer</c> or <c>staff</c>.</param>
/// <param name="Name">Who of the staff, by name; <c>null</c> for the customer.</param>
public sealed record TypingNotice(string Topic, string Author, string? Name);

/// <summary>One change as watchers see it.</summary>
/// <param name="Topic">Such as <c>payment:pay_…</c>.</param>
/// <param name="Sequence">Its place in the topic; a watcher that reconnects sends the last one it saw.</param>
/// <param name="Type">Such as <c>payment.confirmation_requested</c>.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Entry">The line for a timeline.</param>
/// <param name="View">The thing as it is after the change, or <c>null</c> where there is nothing to show.</param>
public sealed record LiveUpdate(string Topic, long Sequence, string Type, DateTimeOffset Time, object Entry, object? View);

/// <summary>What <c>Watch</c> returns once the gap was replayed.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Sequence">Everything up to here was sent.</param>
public sealed record WatchStarted(string Topic, long Sequence);

/// <summary>Tells which device a connection is on.</summary>
public interface ILiveDevices
{
    /// <summary>The key of the device's address, by the secret that it keeps.</summary>
    /// <param name="caller">Who is connected.</param>
    /// <param name="secret">What it says.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns><c>null</c> when the caller has proved no such device.</returns>
    Task<string?> FindAsync(Caller caller, string? secret, CancellationToken cancel);
}

/// <summary>Turns an entry of a topic into what one caller may read of it.</summary>
public interface ILiveViews
{
    /// <summary>The update, or <c>null</c> when there is nothing in it for this caller.</summary>
    /// <param name="entry">The caller may see its subjects; that was checked.</param>
    /// <param name="caller">For whom: customers do not see all that staff sees.</param>
    /// <param name="device">The address key of the device the caller has shown to be on; <c>null</c> for none.</param>
    LiveUpdate? ToUpdate(TopicEntry entry, Caller caller, string? device);
}
