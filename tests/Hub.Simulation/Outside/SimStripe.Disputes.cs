using System.Globalization;
using Hub.Simulation.Core;

namespace Hub.Simulation.Outside;

// Customers who want their money back from the card's bank, what the merchant says to that, and what becomes of it.
internal sealed partial class SimStripe
{
    private static readonly TimeSpan DecidesAfter = TimeSpan.FromDays(5);

    private readonly Dictionary<string, (StripeIntent Intent, BankEntry Dispute)> _disputes = new(StringComparer.Ordinal);

    private void MaybeDisputed(StripeIntent intent)
    {
        if (!world.Faulty || !world.Choices.Chance(Strand.Parties, mix.Bank / 2))
        {
            return;
        }

        var id = $"dp_{++_ids}";
        var after = TimeSpan.FromMinutes(30 + world.Choices.Next(Strand.Parties, 1_000));
        var kind = world.Choices.Next(Strand.Parties, 4);
        if (kind is 1 or 2)
        {
            // The card's bank only asks; no money has moved, and perhaps nothing becomes of it.
            world.After(after, () => Inquire(intent, id));
        }

        if (kind != 1)
        {
            world.After(after + TimeSpan.FromHours(kind == 2 ? 20 : 0), () => OpenDispute(intent, id, silent: kind == 3));
        }
    }

    private void Inquire(StripeIntent intent, string id)
    {
        world.Counters.Add("stripe: an inquiry");
        Tell("charge.dispute.created", DisputeJson(intent, id, intent.Taken!.Amount, "warning_needs_response"), null);
    }

    private void OpenDispute(StripeIntent intent, string id, bool silent)
    {
        world.Counters.Add("stripe: a dispute");
        var (taken, wins) = (intent.Taken!, world.Choices.Next(Strand.Parties, 2) == 0);
        var dispute = new BankEntry("dispute", id, taken.Amount)
        {
            Parent = taken, Reference = taken.Reference, Gateway = Gateway, Status = "needs_response", Silent = silent, HeldUntil = world.Time + TimeSpan.FromDays(4),
        };
        books.Add(dispute);
        _disputes[id] = (intent, dispute);
        world.Story?.Tell(world.Now, Name, $"dispute {id} of {intent.Id}");
        Tell("charge.dispute.funds_withdrawn", DisputeJson(intent, dispute), null);
        world.After(DecidesAfter, () => Decide(intent, dispute, wins ? "won" : "lost"));
    }

    private void Decide(StripeIntent intent, BankEntry dispute, string status)
    {
        if (dispute.Status == "accepted")
        {
            return;
        }

        dispute.Status = status;
        world.Counters.Add($"stripe: a dispute is {status}");
        if (dispute.Silent)
        {
            world.Counters.Add("stripe: does not tell what it decides later");
        }
        else
        {
            Tell("charge.dispute.closed", DisputeJson(intent, dispute), null);
        }
    }

    // Evidence is taken once; whoever gives in has lost at once.
    private (Reply Reply, Action Told) AnswerDispute(string id, bool gives, string key)
    {
        var (intent, dispute) = _disputes[id];
        if (dispute.Status != "needs_response")
        {
            return (Refused(400, """{"type":"invalid_request_error","code":"dispute_already_closed"}""", null), () => { });
        }

        world.Counters.Add(gives ? "stripe: a dispute is conceded" : "stripe: a dispute is contested");
        dispute.Status = gives ? "accepted" : "under_review";
        var answer = Enter("dispute_answer", id, dispute.Amount, key, dispute.Reference);
        (answer.Parent, answer.Status) = (dispute, "succeeded");
        return (new Reply(200, DisputeJson(intent, dispute)), () => Tell($"charge.dispute.{(gives ? "closed" : "updated")}", DisputeJson(intent, dispute), key));
    }

    private string DisputeJson(StripeIntent intent, BankEntry dispute) => DisputeJson(intent, dispute.Id, dispute.Amount, dispute.Status == "accepted" ? "lost" : dispute.Status);

    private string DisputeJson(StripeIntent intent, string id, long amount, string status) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"id":"{{{id}}}","object":"dispute","status":"{{{status}}}","amount":{{{amount}}},"currency":"{{{intent.Currency}}}","reason":"product_not_received","payment_intent":"{{{intent.Id}}}","evidence_details":{"due_by":{{{(world.Time + TimeSpan.FromDays(4)).ToUnixTimeSeconds()}}},"submission_count":{{{(status == "under_review" ? 1 : 0)}}}}}""");
}
