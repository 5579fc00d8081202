using Hub.Domain.Kernel;

namespace Hub.Actors.Audit;

/// <summary>How violations speak of events.</summary>
internal static class Words
{
    /// <summary>Such as <c>CaptureSucceeded</c>.</summary>
    internal static string NameOf(Event happened) => happened.GetType().Name;
}
