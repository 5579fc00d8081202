using Hub.Simulation.Core;

namespace Hub.Simulation.Outside;

// What becomes of an intent, and of the money.
internal sealed partial class SimStripe
{
    private static readonly TimeSpan HoldsFor = TimeSpan.FromDays(7);

    private (Reply Reply, Action Told) Create(IReadOnlyDictionary<string, string> form, string key)
    {
        var intent = new StripeIntent($"pi_{++_ids}", Number(form["amount"]), form["currency"]);
        Write(form, intent);
        _intents[intent.Id] = intent;
        return Shown(intent, key, "created");
    }

    private (Reply Reply, Action Told) Confirm(StripeIntent intent, string key)
    {
        if (intent.Status is not ("requires_payment_method" or "requires_confirmation"))
        {
            return Unexpected(intent);
        }

        intent.Hold ??= Enter("authorization", intent.Id, intent.Amount, intent.Metadata["hub_key"], intent.Metadata["hub_reference"]);
        switch (world.Faulty && world.Choices.Chance(Strand.Parties, mix.Bank) ? 1 + world.Choices.Next(Strand.Parties, 4) : 0)
        {
            case 1:
                world.Counters.Add("stripe: declined");
                Decline(intent, """{"type":"card_error","code":"card_declined","decline_code":"insufficient_funds"}""");
                return (Refused(402, intent.Error!, intent), () => Tell(intent, "payment_failed", key));
            case 2:
                world.Counters.Add("stripe: the customer has to act");
                (intent.Status, intent.Hold.Status) = ("requires_action", "requires_action");
                ActLater(intent);
                return Shown(intent, key, "requires_action");
            case 3:
                world.Counters.Add("stripe: decides later");
                (intent.Status, intent.Hold.Status) = ("processing", "pending");
                ActLater(intent);
                return Shown(intent, key, "processing");
            case 4:
                world.Counters.Add("stripe: a short hold");
                Hold(intent, TimeSpan.FromMinutes(world.Choices.Next(Strand.Parties, 90)));
                return Shown(intent, key, "amount_capturable_updated");
            default:
                Hold(intent, HoldsFor);
                return Shown(intent, key, "amount_capturable_updated");
        }
    }

    private (Reply Reply, Action Told) Capture(StripeIntent intent, IReadOnlyDictionary<string, string> form, string key)
    {
        if (intent.Status != "requires_capture")
        {
            return Unexpected(intent);
        }

        if (world.Faulty && world.Choices.Chance(Strand.Parties, mix.Bank / 4))
        {
            world.Counters.Add("stripe: a capture fails");
            return (Refused(402, """{"type":"card_error","code":"processing_error"}""", null), () => { });
        }

        Write(form, intent);
        var taken = Enter("capture", intent.Id, Number(form["amount_to_capture"]), key, intent.Metadata["hub_capture_reference"]);
        (taken.Parent, taken.Status, intent.Taken, intent.Status) = (intent.Hold, "succeeded", taken, "succeeded");
        intent.Hold!.Taken += taken.Amount;

        // What is not taken goes back with it: there is one capture.
        intent.Hold.Closed = true;
        MaybeDisputed(intent);
        return Shown(intent, key, "succeeded");
    }

    private (Reply Reply, Action Told) Cancel(StripeIntent intent, string key)
    {
        if (intent.Status is "succeeded" or "canceled" or "processing")
        {
            return Unexpected(intent);
        }

        var given = Enter("void", intent.Id, 0, key, $"{Domain.Payments.Payment.IdOfPart(key)}/{key}");
        (given.Parent, given.Status) = (intent.Hold, "succeeded");
        End(intent);
        return Shown(intent, key, "canceled");
    }

    private (Reply Reply, Action Told) Refund(IReadOnlyDictionary<string, string> form, string key)
    {
        var (intent, amount) = (_intents[form["payment_intent"]], Number(form["amount"]));
        if (intent.Taken is not { } taken || amount > taken.Amount - taken.Taken)
        {
            return (Refused(400, """{"type":"invalid_request_error","code":"charge_already_refunded"}""", null), () => { });
        }

        var refund = Enter("refund", $"re_{++_ids}", amount, key, form["metadata[hub_reference]"]);
        (refund.Parent, refund.Status) = (taken, "succeeded");
        taken.Taken += amount;
        if (world.Faulty && world.Choices.Chance(Strand.Parties, mix.Bank))
        {
            RefundLater(taken, refund);
        }

        return (new Reply(200, RefundJson(refund)), () => Tell(refund, "refund.created", key));
    }

    // Pending and then paid or failed; or paid at once, and days later it could not be paid after all.
    private void RefundLater(BankEntry taken, BankEntry refund)
    {
        var (after, fails) = (TimeSpan.FromHours(1 + world.Choices.Next(Strand.Parties, 72)), world.Choices.Next(Strand.Parties, 2) == 1);
        refund.Status = world.Choices.Next(Strand.Parties, 2) == 0 ? "pending" : "succeeded";
        world.Counters.Add(refund.Status == "pending" ? "stripe: a refund takes days" : fails ? "stripe: a refund fails later" : "stripe: a refund told twice");
        world.After(after, () =>
        {
            refund.Status = fails ? "failed" : "succeeded";
            taken.Taken -= fails ? refund.Amount : 0;
            world.Story?.Tell(world.Now, Name, $"refund {refund.Id}: {refund.Status}");
            Tell(refund, fails ? "refund.failed" : "charge.refund.updated", null);
        });
    }

    private void ActLater(StripeIntent intent)
    {
        var after = TimeSpan.FromSeconds(world.Choices.Pick(Strand.Parties, 2, 40, 700, 40_000, 400_000));
        var passes = world.Choices.Next(Strand.Parties, 3) > 0;
        world.After(after, () => Act(intent, passes));
    }

    private void Act(StripeIntent intent, bool passes)
    {
        if (intent.Status is not ("requires_action" or "processing"))
        {
            return;
        }

        if (passes)
        {
            Hold(intent, HoldsFor);
            Tell(intent, "payment_intent.amount_capturable_updated", null);
            return;
        }

        Decline(intent, """{"type":"invalid_request_error","code":"payment_intent_authentication_failure"}""");
        Tell(intent, "payment_intent.payment_failed", null);
    }

    private void Hold(StripeIntent intent, TimeSpan time)
    {
        (intent.Status, intent.Hold!.Status, intent.Hold.HeldUntil) = ("requires_capture", "authorized", world.Time + time);
        world.Story?.Tell(world.Now, Name, $"holds {intent.Amount} by {intent.Id} until {intent.Hold.HeldUntil:O}");
        world.After(time, () => Lapse(intent));
    }

    // A hold that nobody takes is given back by Stripe itself, which cancels the intent and says so.
    private void Lapse(StripeIntent intent)
    {
        if (intent.Status == "requires_capture")
        {
            world.Counters.Add("stripe: a hold lapses");
            End(intent);
            Tell(intent, "payment_intent.canceled", null);
        }
    }

    private static void End(StripeIntent intent)
    {
        intent.Status = "canceled";
        if (intent.Hold is { } hold)
        {
            hold.Voided = true;
        }
    }

    private static void Decline(StripeIntent intent, string error) =>
        (intent.Status, intent.Hold!.Status, intent.Error) = ("requires_payment_method", "declined", error);

    private static (Reply Reply, Action Told) Unexpected(StripeIntent intent) =>
        (Refused(400, """{"type":"invalid_request_error","code":"payment_intent_unexpected_state"}""", intent), () => { });

    private (Reply Reply, Action Told) Shown(StripeIntent intent, string key, string what) => (new Reply(200, intent.Json()), () => Tell(intent, $"payment_intent.{what}", key));

    private static Reply Refused(int status, string error, StripeIntent? intent) =>
        new(status, $$"""{"error":{{(intent is null ? error : $"{error[..^1]},\"payment_intent\":{intent.Json()}}}")}}}""");

    private static void Write(IReadOnlyDictionary<string, string> form, StripeIntent intent)
    {
        foreach (var (name, value) in form.Where(field => field.Key.StartsWith("metadata[", StringComparison.Ordinal)))
        {
            intent.Metadata[name[9..^1]] = value;
        }
    }

    private BankEntry Enter(string kind, string id, long amount, string key, string reference)
    {
        var entry = new BankEntry(kind, id, amount) { Key = key, Reference = reference, Gateway = Gateway };
        _byKey[key] = entry;
        books.Add(entry);
        world.Story?.Tell(world.Now, Name, $"{kind} {id} for {reference}: {amount}");
        return entry;
    }
}
