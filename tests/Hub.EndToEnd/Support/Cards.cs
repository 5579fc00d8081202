using Hub.Sandbox.Bank;

namespace Hub.EndToEnd.Support;

/// <summary>The cards of the sandbox bank, by what they do.</summary>
internal static class Cards
{
    internal const string Approves = "4242424242424242";

    internal static string For(CardBehaviour behaviour) => BankCards.NumberFor(behaviour);
}
