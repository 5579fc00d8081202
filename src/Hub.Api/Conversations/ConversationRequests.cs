using Hub.Api.Edge.Requests;
using Hub.Channels.Chat;
using Hub.Domain.Conversations;

namespace Hub.Api.Conversations;

/// <summary>A message, or a note. Codes in it are kept as stars.</summary>
/// <param name="Text">1 to 2,000 characters.</param>
public sealed record WriteMessage(string Text)
{
    /// <summary>Without the words.</summary>
    public override string ToString() => nameof(WriteMessage);
}

/// <summary>Whose conversation is to be there.</summary>
/// <param name="Customer">Such as <c>cus_…</c>.</param>
public sealed record BeginConversation(string Customer);

/// <summary>Who is to have a conversation.</summary>
/// <param name="To">Somebody of the staff, by e-mail address; left out: oneself.</param>
public sealed record AssignConversation(string? To = null);

/// <summary>How far the caller has read.</summary>
/// <param name="Sequence">Of the last message it has seen.</param>
public sealed record MarkRead(long Sequence);

/// <summary>Sentences that staff often says.</summary>
/// <param name="Answers">All of them, in their order; at most 50.</param>
public sealed record PutCannedAnswers(IReadOnlyList<CannedAnswerBody> Answers);

/// <summary>A sentence that staff often says.</summary>
/// <param name="Title">By which staff finds it: one line, at most 80 characters.</param>
/// <param name="Text">At most 1,000 characters; <c>{name}</c> and <c>{order}</c> stand for the customer's name and order.</param>
/// <param name="Language">What it is written in, two or three lower-case letters (ISO 639), such as <c>de</c>; left out: any. A title is there once in each.</param>
public sealed record CannedAnswerBody(string Title, string Text, string? Language = null);

/// <summary>Checks what a shape cannot say of conversations.</summary>
internal static class ConversationChecks
{
    internal const int MaxCannedText = 1_000;
    internal const int MaxTitle = 80;

    internal static Fields Check(this Fields fields, WriteMessage body) => fields.Lines("text", body.Text, FreeText.MaxLength);

    internal static Fields Check(this Fields fields, MarkRead body) => fields.Require(body.Sequence >= 0, "sequence", "must be a sequence, or 0");

    internal static Fields Check(this Fields fields, PutCannedAnswers body)
    {
        fields.Require(body.Answers.Count <= CannedAnswers.Most, "answers", $"must have at most {CannedAnswers.Most} items");
        var taken = new HashSet<(string, string?)>();
        for (var i = 0; i < body.Answers.Count; i++)
        {
            var (path, answer) = ($"answers[{i}]", body.Answers[i]);
            fields.Line($"{path}.title", answer.Title, MaxTitle).Lines($"{path}.text", answer.Text, MaxCannedText)
                .Require(CannedAnswers.Unknown(answer.Text) is null, $"{path}.text", "must hold no other placeholders than {name} and {order}")
                .Require(answer.Language is null || IsLanguage(answer.Language), $"{path}.language", "must be two or three lower-case letters, such as de")
                .Require(!taken.Contains((answer.Title, answer.Language)), $"{path}.title", "must be another one: this language has an answer of that title");
            taken.Add((answer.Title, answer.Language));
        }

        return fields;
    }

    private static bool IsLanguage(string text) => text.Length is 2 or 3 && text.All(char.IsAsciiLetterLower);
}
