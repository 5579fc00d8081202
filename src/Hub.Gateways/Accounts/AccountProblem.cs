namespace Hub.Gateways.Accounts;

/// <summary>Why a bank account is refused before any bank is asked. The order is the order of the checks.</summary>
public enum AccountProblem
{
    /// <summary>Not nine digits.</summary>
    RoutingMalformed,

    /// <summary>A mistyped digit: the check digit does not fit.</summary>
    RoutingCheckDigit,

    /// <summary>Not 4 to 17 digits.</summary>
    NumberMalformed,

    /// <summary>Empty, longer than 120 characters, or with control characters in it.</summary>
    HolderMalformed,
}

/// <summary>The names of the problems in the API.</summary>
public static class AccountProblems
{
    /// <summary>The API's <c>code</c>.</summary>
    public static string Code(this AccountProblem problem) => problem switch
    {
        AccountProblem.RoutingMalformed => "routing_number_malformed",
        AccountProblem.RoutingCheckDigit => "routing_number_check_digit",
        AccountProblem.NumberMalformed => "account_number_malformed",
        AccountProblem.HolderMalformed => "account_holder_malformed",
        _ => throw new ArgumentOutOfRangeException(nameof(problem)),
    };
}
