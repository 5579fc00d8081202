using Hub.Actors.Journal;
using Hub.Domain.Payments;
using Hub.Simulation.Core;

namespace Hub.Simulation.Checks;

/// <summary>Refunds keep to their time: three calendar months for one person, thirteen for two, and nothing after that (invariant 6).</summary>
internal sealed class RefundWindows(World world)
{
    private readonly Dictionary<string, DateTimeOffset> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _captures = new(StringComparer.Ordinal);

    /// <summary>A transaction became durable.</summary>
    public void Durable(IReadOnlyList<JournalWrite> transaction, IReadOnlyList<WriteResult> results)
    {
        for (var i = 0; i < transaction.Count; i++)
        {
            if (transaction[i] is not JournalWrite.Append append || results[i] is not WriteResult.Appended)
            {
                continue;
            }

            foreach (var happened in append.Events)
            {
                Read(happened.Body, append.At);
            }
        }
    }

    private void Read(object? happened, DateTimeOffset at)
    {
        switch (happened)
        {
            case PaymentEvent.CaptureSucceeded e: _taken[e.Capture] = e.At; break;
            case PaymentEvent.Debited e: _taken[e.Capture] = e.At; break;
            case PaymentEvent.RefundRequested e: Check(e.Refund, e.Capture, 3, at); break;
            case PaymentEvent.RefundHeldForReview e:
                _captures[e.Refund] = e.Capture;
                Check(e.Refund, e.Capture, 13, at);
                break;
            case PaymentEvent.RefundApproved e: Check(e.Refund, _captures[e.Refund], 13, at); break;
        }
    }

    private void Check(string refund, string capture, int months, DateTimeOffset at)
    {
        if (!_taken.TryGetValue(capture, out var taken) || at > taken.AddMonths(months))
        {
            world.Break(6, $"{refund} is asked for at {at:O}, more than {months} months after {capture} at {taken:O}");
        }
    }
}
