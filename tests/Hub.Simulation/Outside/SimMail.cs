using System.Net.Mail;
using Hub.Channels.Email;
using Hub.Simulation.Core;

namespace Hub.Simulation.Outside;

/// <summary>A mail server and everybody's mailbox. A mail that came twice under one message id is shown once.</summary>
internal sealed class SimMail(World world, Mix mix)
{
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);

    /// <summary>What comes back of mails.</summary>
    public MailRelay Relay { get; } = new(world, mix);

    /// <summary>Asks whether a mail may leave now; told the delivery's id.</summary>
    public Action<string> OnLeaves { get; set; } = _ => { };

    /// <summary>A mail came to a mailbox: which, subject, words.</summary>
    public Action<string, string, string> OnMail { get; set; } = (_, _, _) => { };

    /// <summary>A mail that came to a mailbox has a link to unsubscribe: mailbox, delivery, and what follows the last slash of the link.</summary>
    public Action<string, string, string> OnLink { get; set; } = (_, _, _) => { };

    /// <summary>The way from one process of the hub to the server.</summary>
    public ISmtpTransport From(HomeScheduler home) => new Transport(this, home);

    private async Task<SmtpResult> SendAsync(MailMessage mail, HomeScheduler home)
    {
        OnLeaves(mail.Headers["X-OmniHub-Delivery"]!);
        var (to, subject, words, id) = (mail.To[0].Address, mail.Subject, mail.Body, mail.Headers["Message-ID"]!);
        var (delivery, link) = (mail.Headers["X-OmniHub-Delivery"]!, mail.Headers["List-Unsubscribe"]);
        var answer = new TaskCompletionSource<SmtpResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        SmtpResult result = new SmtpResult.Accepted();
        var (arrives, takes) = (true, TimeSpan.FromMilliseconds(1 + world.Choices.Next(Strand.Parties, 100)));
        if (world.Faulty && world.Choices.Chance(Strand.Parties, mix.Messages))
        {
            (result, arrives, takes) = world.Choices.Next(Strand.Parties, 6) switch
            {
                0 => Odd("mail: no connection", new SmtpResult.NotConnected("ConnectionRefused"), false, takes),
                1 => Odd("mail: come back later", new SmtpResult.Refused(451, false), false, takes),
                2 => Odd("mail: no such mailbox", new SmtpResult.Refused(550, true), false, takes),
                3 => Odd("mail: taken, and the connection broke", new SmtpResult.Broken("IOException"), true, takes),
                4 => Odd("mail: lost, and the connection broke", new SmtpResult.Broken("IOException"), false, takes),
                _ => Odd("mail: slow", result, true, TimeSpan.FromSeconds(28)),
            };
        }

        // Whatever the server answers, a mail that it took may come back.
        arrives = arrives && Relay.Arrives(mail);
        world.After(takes, () =>
        {
            world.Progress();
            if (arrives && _shown.Add(id))
            {
                world.Story?.Tell(world.Now, "mail", $"{to} reads: {subject}");
                OnMail(to, subject, words);
                if (link is not null)
                {
                    OnLink(to, delivery, link[(link.LastIndexOf('/') + 1)..].TrimEnd('>'));
                }
            }

            if (home.Alive)
            {
                answer.SetResult(result);
            }
        });
        return await answer.Task;
    }

    private (SmtpResult, bool, TimeSpan) Odd(string counter, SmtpResult result, bool arrives, TimeSpan takes)
    {
        world.Counters.Add(counter);
        return (result, arrives, takes);
    }

    private sealed class Transport(SimMail server, HomeScheduler home) : ISmtpTransport
    {
        public Task<SmtpResult> SendAsync(MailMessage mail, CancellationToken cancel) => server.SendAsync(mail, home);
    }
}
