using System.Collections.Frozen;
using System.Security.Claims;
using Hub.Api.Access.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Hub.Api.Access;

/// <summary>What may be done, and by whom. Which of the things one may see is <see cref="Caller.MaySee"/>'s to say.</summary>
/// <remarks>The names are also the scopes an API key can be limited to.</remarks>
public static class Policies
{
    /// <summary>Make and change customers.</summary>
    public const string CustomersWrite = "customers.write";

    /// <summary>Erase a customer.</summary>
    public const string CustomersErase = "customers.erase";

    /// <summary>Make sessions for customers.</summary>
    public const string SessionsWrite = "sessions.write";

    /// <summary>Prove that an address is one's own: the customer alone.</summary>
    public const string AddressesVerify = "addresses.verify";

    /// <summary>Take an address away from a customer, and give it back: the customer, and staff for them. Never the merchant's key.</summary>
    public const string AddressesRemove = "addresses.remove";

    /// <summary>Add instruments to a wallet.</summary>
    public const string InstrumentsWrite = "instruments.write";

    /// <summary>Place and ship orders.</summary>
    public const string OrdersWrite = "orders.write";

    /// <summary>Accept an invoice: the customer alone.</summary>
    public const string OrdersAccept = "orders.accept";

    /// <summary>Create payments.</summary>
    public const string PaymentsWrite = "payments.write";

    /// <summary>Pay: the customer alone.</summary>
    public const string PaymentsSubmit = "payments.submit";

    /// <summary>Answer a confirmation: the customer alone. A merchant's key gets 403.</summary>
    public const string PaymentsConfirm = "payments.confirm";

    /// <summary>Have a confirmation sent again.</summary>
    public const string PaymentsResend = "payments.resend";

    /// <summary>Capture what was authorized.</summary>
    public const string PaymentsCapture = "payments.capture";

    /// <summary>Cancel and void.</summary>
    public const string PaymentsCancel = "payments.cancel";

    /// <summary>Give money back.</summary>
    public const string PaymentsRefund = "payments.refund";

    /// <summary>Agree to a late refund, as a second person.</summary>
    public const string RefundsApprove = "refunds.approve";

    /// <summary>Hold payments, and let them go on or stop them.</summary>
    public const string PaymentsReview = "payments.review";

    /// <summary>Contest disputes, or give in.</summary>
    public const string DisputesWrite = "disputes.write";

    /// <summary>Set and open a wallet: the customer alone.</summary>
    public const string WalletOpen = "wallet.open";

    /// <summary>Give customers stored value.</summary>
    public const string ECashWrite = "ecash.write";

    /// <summary>Read single customers, orders, payments and their timelines.</summary>
    public const string Read = "read";

    /// <summary>List a merchant's customers, orders, payments, events and cases, and read single cases.</summary>
    public const string ReadLists = "lists.read";

    /// <summary>Register signing keys.</summary>
    public const string KeysWrite = "keys.write";

    /// <summary>Register webhook endpoints, see and replay deliveries.</summary>
    public const string WebhooksWrite = "webhooks.write";

    /// <summary>Close cases and answer for unknown outcomes.</summary>
    public const string CasesWrite = "cases.write";

    /// <summary>Read a conversation and mark what was read: the customer and staff. A merchant's key reads none: people speak there.</summary>
    public const string ConversationsRead = "conversations.read";

    /// <summary>Write in one's own conversation: the customer alone.</summary>
    public const string ConversationsWrite = "conversations.write";

    /// <summary>See the queue, take conversations and answer.</summary>
    public const string ConversationsAnswer = "conversations.answer";

    /// <summary>Change the sentences that staff often says.</summary>
    public const string CannedAnswersWrite = "canned_answers.write";

    /// <summary>Whoever is signed in as staff.</summary>
    public const string Staff = "staff";

    private static readonly StaffRole[] Nobody = [];
    private static readonly StaffRole[] Everybody = [StaffRole.Support, StaffRole.Supervisor, StaffRole.Finance, StaffRole.Admin];
    private static readonly StaffRole[] Deciders = [StaffRole.Supervisor, StaffRole.Finance, StaffRole.Admin];

    private static readonly FrozenDictionary<string, Who> All = new Dictionary<string, Who>
    {
        [CustomersWrite] = new(Merchant: true, Customer: true, Nobody),
        [CustomersErase] = new(Merchant: true, Customer: false, [StaffRole.Admin]),
        [SessionsWrite] = new(Merchant: true, Customer: false, Nobody),
        [AddressesVerify] = new(Merchant: false, Customer: true, Nobody),
        [AddressesRemove] = new(Merchant: false, Customer: true, Everybody),
        [InstrumentsWrite] = new(Merchant: true, Customer: true, Nobody),
        [OrdersWrite] = new(Merchant: true, Customer: false, Nobody),
        [OrdersAccept] = new(Merchant: false, Customer: true, Nobody),
        [PaymentsWrite] = new(Merchant: true, Customer: false, Nobody),
        [PaymentsSubmit] = new(Merchant: false, Customer: true, Nobody),
        [PaymentsConfirm] = new(Merchant: false, Customer: true, Nobody),
        [PaymentsResend] = new(Merchant: true, Customer: true, Everybody),
        [PaymentsCapture] = new(Merchant: true, Customer: false, [StaffRole.Finance, StaffRole.Admin]),
        [PaymentsCancel] = new(Merchant: true, Customer: false, Deciders),
        [PaymentsRefund] = new(Merchant: true, Customer: false, Deciders),
        [RefundsApprove] = new(Merchant: false, Customer: false, [StaffRole.Finance, StaffRole.Admin]),
        [PaymentsReview] = new(Merchant: false, Customer: false, Deciders),
        [DisputesWrite] = new(Merchant: true, Customer: false, [StaffRole.Finance, StaffRole.Admin]),
        [WalletOpen] = new(Merchant: false, Customer: true, Nobody),
        [ECashWrite] = new(Merchant: true, Customer: false, Nobody),
        [Read] = new(Merchant: true, Customer: true, Everybody),
        [ReadLists] = new(Merchant: true, Customer: false, Everybody),
        [KeysWrite] = new(Merchant: true, Customer: false, Nobody),
        [WebhooksWrite] = new(Merchant: true, Customer: false, Nobody),
        [CasesWrite] = new(Merchant: false, Customer: false, Deciders),
        [ConversationsRead] = new(Merchant: false, Customer: true, Everybody),
        [ConversationsWrite] = new(Merchant: false, Customer: true, Nobody),
        [ConversationsAnswer] = new(Merchant: false, Customer: false, Everybody),
        [CannedAnswersWrite] = new(Merchant: true, Customer: false, Deciders),
        [Staff] = new(Merchant: false, Customer: false, Everybody),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every policy's name.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether somebody may do what a policy names.</summary>
    /// <param name="policy">One of <see cref="Names"/>.</param>
    /// <param name="caller">Who.</param>
    /// <param name="scopes">What their credential is limited to; empty for everything.</param>
    public static bool Allows(string policy, Caller? caller, IReadOnlyCollection<string> scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        var who = All[policy];
        if (scopes.Count > 0 && !scopes.Contains(policy)) return false;
        return caller switch
        {
            Caller.Merchant => who.Merchant,
            Caller.Customer => who.Customer,
            Caller.Staff staff => staff.Is(who.Roles),
            _ => false,
        };
    }

    internal static void Configure(AuthorizationOptions options)
    {
        foreach (var name in Names)
        {
            options.AddPolicy(name, policy => policy
                .RequireAuthenticatedUser()
                .RequireAssertion(context => Allows(name, Caller.Of(context.User), ScopesOf(context.User))));
        }
    }

    private static string[] ScopesOf(ClaimsPrincipal user) => [.. user.FindAll(AccessClaims.Scope).Select(claim => claim.Value)];

    private sealed record Who(bool Merchant, bool Customer, StaffRole[] Roles);
}
