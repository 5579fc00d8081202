namespace Hub.Gateways.SandboxBank;

/// <summary>What the hub asks net banking for.</summary>
internal sealed record BankNetOrder(string Bank, long Amount, string Currency, string Payee, string Reference, string? ReturnUrl);

/// <summary>What the hub asks the e-check bank for; the one shape an account number leaves in.</summary>
internal sealed record BankDebitOrder(long Amount, string Currency, BankDebitAccount Account, string Payee, string Reference)
{
    public override string ToString() => nameof(BankDebitOrder);
}

/// <summary>An account on its way to the bank.</summary>
internal sealed record BankDebitAccount(string RoutingNumber, string AccountNumber, string Holder)
{
    public override string ToString() => nameof(BankDebitAccount);
}
