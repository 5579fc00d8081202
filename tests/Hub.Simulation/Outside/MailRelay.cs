using System.Net.Mail;
using Hub.Simulation.Core;

namespace Hub.Simulation.Outside;

/// <summary>What comes back of a mail after its server took it: late bounces, delays, complaints, replies; and bounces that somebody made up.</summary>
/// <remarks>A raw mail is brought again until it is thanked for, and at times twice.</remarks>
internal sealed class MailRelay(World world, Mix mix)
{
    /// <summary>What the relay proves itself with.</summary>
    public const string Secret = "simulated-relay-secret";

    private static readonly TimeSpan[] ComesBackAfter =
        [TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(8), TimeSpan.FromHours(5), TimeSpan.FromDays(3)];

    /// <summary>Brings a raw mail to the hub: the mailbox it came to, and its bytes; hears whether it was taken.</summary>
    public Func<string, string, Task<bool>> Deliver { get; set; } = (_, _) => Task.FromResult(true);

    /// <summary>A delivery is about to bounce; and the hub took that.</summary>
    public (Action<string> Begins, Action<string> Done) OnBounced { get; set; } = (_ => { }, _ => { });

    /// <summary>Somebody is about to complain about a delivery; and the hub took that.</summary>
    public (Action<string> Begins, Action<string> Done) OnComplained { get; set; } = (_ => { }, _ => { });

    /// <summary>Somebody answers a mail: their mailbox and words; and the hub took that.</summary>
    public (Action<string, string> Begins, Action<string, string> Done) OnReplied { get; set; } = ((_, _) => { }, (_, _) => { });

    /// <summary>A mail was taken by its server.</summary>
    /// <returns>Whether it comes to its mailbox.</returns>
    public bool Arrives(MailMessage mail)
    {
        if (!world.Faulty || !world.Choices.Chance(Strand.Reach, mix.Reach / 5))
        {
            return true;
        }

        var (delivery, to) = (mail.Headers["X-OmniHub-Delivery"]!, mail.To[0].Address);
        var (bounces, replies) = (mail.Sender?.Address, mail.ReplyToList.FirstOrDefault()?.Address);
        switch (world.Choices.Next(Strand.Reach, 5))
        {
            case 0 when bounces is not null:
                OnBounced.Begins(delivery);
                Bring("mail: bounces late", bounces, Report("failed", "5.1.1", to), () => OnBounced.Done(delivery));
                return false;
            case 1 when bounces is not null:
                Bring("mail: delayed", bounces, Report("delayed", "4.4.1", to), () => { });
                break;
            case 2 when bounces is not null:
                OnComplained.Begins(delivery);
                Bring("mail: somebody complains", bounces, Complaint(bounces), () => OnComplained.Done(delivery));
                break;
            case 3 when replies is not null:
                var words = $"Thank you for {delivery}";
                OnReplied.Begins(to, words);
                Bring("mail: a reply", replies, $"From: {to}\r\nSubject: Re: yours\r\nContent-Type: text/plain\r\n\r\n{words}\r\n\r\n> quoted\r\n", () => OnReplied.Done(to, words));
                break;
            case 4:
                Bring("mail: a bounce that somebody made up", $"bounce+{delivery}-0000000000000@omnihub.example", Report("failed", "5.1.1", to), () => { });
                break;
        }

        return true;
    }

    private void Bring(string counter, string mailbox, string raw, Action taken)
    {
        world.Counters.Add(counter);
        var after = world.Choices.Pick(Strand.Reach, ComesBackAfter);
        world.After(after, () => Bring(mailbox, raw, taken, 0));
        if (world.Choices.Next(Strand.Reach, 4) == 3)
        {
            world.Counters.Add("mail: what comes back comes twice");
            world.After(after + TimeSpan.FromSeconds(world.Choices.Next(Strand.Reach, 100)), () => Bring(mailbox, raw, taken, 0));
        }
    }

    private void Bring(string mailbox, string raw, Action taken, int tries) => _ = world.Home.Start(async () =>
    {
        if (await Deliver(mailbox, raw))
        {
            taken();
        }
        else if (tries < 10)
        {
            world.After(TimeSpan.FromSeconds(10 << tries), () => Bring(mailbox, raw, taken, tries + 1));
        }
    });

    private static string Report(string action, string status, string to) => string.Join("\r\n",
        "From: MAILER-DAEMON@mail.example", "Content-Type: multipart/report; report-type=delivery-status; boundary=x", "",
        "--x", "Content-Type: text/plain", "", "Sorry.",
        "--x", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mail.example", "",
        $"Final-Recipient: rfc822; {to}", $"Action: {action}", $"Status: {status}", "", "--x--", "");

    private static string Complaint(string bounces) => string.Join("\r\n",
        "Content-Type: multipart/report; report-type=feedback-report; boundary=x", "",
        "--x", "Content-Type: message/feedback-report", "", "Feedback-Type: abuse", $"Original-Mail-From: <{bounces}>", "", "--x--", "");
}
