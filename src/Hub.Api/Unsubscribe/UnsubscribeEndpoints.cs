using System.Text;
using Hub.Actors.Ports;
using Hub.Api.Edge;
using Hub.Channels.Email;
using Hub.Channels.Templates;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Unsubscribe;

/// <summary>The link in a notice's <c>List-Unsubscribe</c>: whoever has it may mute that notice's topic on e-mail, and nothing else.</summary>
/// <remarks>
/// Opening the link changes nothing, since mail servers open links to look what is behind them; posting to it does, as mail programs do at
/// one click. No session, no cookie: the link is the proof. Source: RFC 8058, 3.2.
/// </remarks>
internal static class UnsubscribeEndpoints
{
    private const int MaxBody = 4 * 1024;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/unsubscribe/{token}", AskAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/unsubscribe/{token}", MuteAsync).AllowAnonymous().ExcludeFromDescription();
    }

    internal static async Task<ContentHttpResult> AskAsync(string token, HttpContext http, MailTokens tokens, SentMails mails, CancellationToken cancel) =>
        await FindAsync(token, tokens, mails, cancel) switch
        {
            (_, var words, true) => UnsubscribePage.Done(http, words),
            (_, var words, false) => UnsubscribePage.Ask(http, words),
            null => UnsubscribePage.Unknown(http, UnsubscribeWords.For(MessageTemplate.DefaultLanguage, [])),
        };

    internal static async Task<ContentHttpResult> MuteAsync(string token, HttpContext http, MailTokens tokens, SentMails mails, IdSource ids, CancellationToken cancel)
    {
        if (await FindAsync(token, tokens, mails, cancel) is not var (mail, words, done))
        {
            return UnsubscribePage.Unknown(http, UnsubscribeWords.For(MessageTemplate.DefaultLanguage, []));
        }

        // Both ways to write a form put the two words side by side; what says neither is a scanner that posts to whatever it finds.
        var form = Encoding.Latin1.GetString((await RawBody.ReadAsync(http, MaxBody)).Span);
        if (!done && (!form.Contains("List-Unsubscribe", StringComparison.Ordinal) || !form.Contains("One-Click", StringComparison.Ordinal))) return UnsubscribePage.Ask(http, words);
        await mails.MuteAsync(mail, MutedBy.Unsubscribe, $"unsubscribe:{ids.New("uns")}", cancel);
        return UnsubscribePage.Done(http, words);
    }

    /// <returns><c>null</c> for a link this hub did not make. Done is what has nothing left to mute, whoever muted it.</returns>
    private static async Task<(SentMail Mail, UnsubscribeWords Words, bool Done)?> FindAsync(string token, MailTokens tokens, SentMails mails, CancellationToken cancel)
    {
        if (tokens.ReadUnsubscribe(token) is not { } delivery || await mails.FindAsync(delivery, cancel) is not { } mail) return null;
        if (SentMails.TopicsOf(mail) is not { Count: > 0 } topics || await mails.CustomerOfAsync(mail, cancel) is not { } customer) return null;
        var done = customer.Erased || !topics.Any(topic => customer.Preferences.ChannelsFor(topic).Contains(Channel.Email));
        return (mail, UnsubscribeWords.For(customer.Preferences.Locale, topics), done);
    }
}
