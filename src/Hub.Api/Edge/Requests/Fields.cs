using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Json;
using Hub.Domain.Money;

namespace Hub.Api.Edge.Requests;

/// <summary>Checks what a shape cannot say, field by field, and collects what is wrong.</summary>
public sealed class Fields
{
    private readonly List<FieldError> _errors = [];

    /// <summary>400 with every wrong field, or <c>null</c> when all is well.</summary>
    public Problem? Problem => _errors.Count > 0 ? Problems.Invalid(_errors) : null;

    /// <summary>Something must hold.</summary>
    /// <param name="holds">Whether it does.</param>
    /// <param name="path">The field.</param>
    /// <param name="why">The end of a sentence that begins with the field.</param>
    public Fields Require(bool holds, string path, string why)
    {
        if (!holds) _errors.Add(new FieldError(path, why));
        return this;
    }

    /// <summary>One line of text for people, such as a name: not blank, no control characters, nothing that turns the line around.</summary>
    /// <param name="path">The field.</param>
    /// <param name="text">What came; <c>null</c> passes, for optional fields.</param>
    /// <param name="most">The most characters.</param>
    public Fields Line(string path, string? text, int most = 200) => Text(path, text, most, Texts.WhyNotLine);

    /// <summary>Several lines of text; line feeds are fine, the rest as in <see cref="Line"/>.</summary>
    public Fields Lines(string path, string? text, int most = 2_000) => Text(path, text, most, Texts.WhyNotLines);

    /// <summary>A name that programs use, such as a SKU or a reference: visible ASCII. Like every text here, it may hold no card number.</summary>
    public Fields Token(string path, string? text, int most = 100) => Text(path, text, most, Texts.WhyNotToken);

    /// <summary>Minor units within limits.</summary>
    public Fields Minor(string path, long? minor, long least = 1, long most = Amount.MaxMinor) =>
        Require(minor is null || (minor >= least && minor <= most), path, $"must be {least} to {most}, in minor units");

    private Fields Text(string path, string? text, int most, Func<string, string?> whyNot)
    {
        if (text is null) return this;
        if (text.Length > most) return Require(false, path, $"must have at most {most} characters");
        if (CardNumbers.AreIn(text)) return Require(false, path, "must not hold a card number");
        return whyNot(text) is { } why ? Require(false, path, why) : this;
    }
}
