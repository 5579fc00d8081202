using Hub.Domain.Kernel;
using Hub.Domain.Money;

namespace Hub.Channels.Templates;

/// <summary>What a message says, before it is put into words for a channel and a language.</summary>
/// <remarks>Names come from merchants and customers: they are cleaned when rendered, and escaped in HTML.</remarks>
public abstract record MessageContent
{
    private MessageContent()
    {
    }

    /// <summary>Asks for a yes or no on the channel itself.</summary>
    /// <param name="Amount">What is to be paid.</param>
    /// <param name="Payee">To whom.</param>
    /// <param name="Number">The four digits that name this request.</param>
    /// <param name="ValidMinutes">1 to 99.</param>
    /// <param name="Code">The six digits that answer on the checkout page instead; <c>null</c> where no page asks.</param>
    public sealed record ConfirmByAnswer(Amount Amount, string Payee, string Number, int ValidMinutes, string? Code = null) : MessageContent
    {
        /// <summary>Without the number and the code.</summary>
        public override string ToString() => nameof(ConfirmByAnswer);
    }

    /// <summary>A request that is answered elsewhere: on the device that was asked, or not at all any more.</summary>
    /// <param name="Amount">What is to be paid.</param>
    /// <param name="Payee">To whom.</param>
    /// <param name="Open">Whether it can still be answered there.</param>
    public sealed record ConfirmElsewhere(Amount Amount, string Payee, bool Open) : MessageContent;

    /// <summary>Gives a code to be typed on the checkout page.</summary>
    /// <param name="Amount">What is to be paid.</param>
    /// <param name="Payee">To whom.</param>
    /// <param name="Code">Six digits.</param>
    /// <param name="ValidMinutes">1 to 99.</param>
    /// <param name="Host">The page's host, to which a browser binds the code.</param>
    public sealed record ConfirmByCode(Amount Amount, string Payee, string Code, int ValidMinutes, string Host) : MessageContent
    {
        /// <summary>Without the code.</summary>
        public override string ToString() => nameof(ConfirmByCode);
    }

    /// <summary>Proves that an address is the customer's.</summary>
    /// <param name="Code">Six digits.</param>
    /// <param name="ValidMinutes">1 to 99.</param>
    /// <param name="Host">The page's host, to which a browser binds the code.</param>
    public sealed record VerifyAddress(string Code, int ValidMinutes, string Host) : MessageContent
    {
        /// <summary>Without the code.</summary>
        public override string ToString() => nameof(VerifyAddress);
    }

    /// <summary>This request has been answered elsewhere; nothing is to be done.</summary>
    public sealed record AlreadyAnswered(Amount Amount, string Payee, bool Approved) : MessageContent;

    /// <summary>What was typed matches no open request. Says no more than that.</summary>
    public sealed record WrongNumber : MessageContent;

    /// <summary>The customer's rejection was taken; nothing is charged.</summary>
    public sealed record Rejected(Amount Amount, string Payee) : MessageContent;

    /// <summary>Paid.</summary>
    /// <param name="Amount">How much.</param>
    /// <param name="Payee">The shop.</param>
    /// <param name="OrderReference">The shop's name for the order.</param>
    /// <param name="Clearing">Whether the money is still on its way from the customer's bank, which may yet refuse it.</param>
    public sealed record Succeeded(Amount Amount, string Payee, string OrderReference, bool Clearing = false) : MessageContent;

    /// <summary>The customer's bank took the money back; it is owed again.</summary>
    public sealed record Returned(Amount Amount, string Payee, string OrderReference) : MessageContent;

    /// <summary>The electronic receipt.</summary>
    public sealed record Receipt(ReceiptDetails Details) : MessageContent;

    /// <summary>The bank said no; another instrument may be tried.</summary>
    public sealed record Declined(Amount Amount, string Payee, string OrderReference) : MessageContent;

    /// <summary>Canceled; nothing is charged.</summary>
    public sealed record Canceled(Amount Amount, string Payee, string OrderReference) : MessageContent;

    /// <summary>The time to confirm ran out; nothing is charged.</summary>
    public sealed record Expired(Amount Amount, string Payee, string OrderReference) : MessageContent;

    /// <summary>Money went back.</summary>
    public sealed record Refunded(Amount Amount, string Payee, string OrderReference) : MessageContent;

    /// <summary>On its way.</summary>
    /// <param name="Payee">The shop.</param>
    /// <param name="OrderReference">The shop's name for the order.</param>
    /// <param name="Carrier">Who carries it; empty when nobody said.</param>
    /// <param name="Tracking">The carrier's number for it; empty when there is none.</param>
    public sealed record Shipped(string Payee, string OrderReference, string Carrier, string Tracking) : MessageContent;

    /// <summary>Arrived.</summary>
    public sealed record Delivered(string Payee, string OrderReference) : MessageContent;

    /// <summary>The answer to STATUS.</summary>
    /// <param name="Payee">The shop.</param>
    /// <param name="OrderReference">The shop's name for the order.</param>
    /// <param name="Status">How it stands.</param>
    public sealed record StatusAnswer(string Payee, string OrderReference, Standing Status) : MessageContent;

    /// <summary>The answer to STATUS where several orders are open: the newest few, each by its number.</summary>
    public sealed record StatusAnswers(EquatableArray<OrderStanding> Orders) : MessageContent;

    /// <summary>No order of the number that was named is known here.</summary>
    public sealed record NoSuchOrder : MessageContent;

    /// <summary>Several people share this number, or several shops write to it: without an order's number nothing is told of any of them.</summary>
    public sealed record WhichOrder : MessageContent;

    /// <summary>A person will write to the customer.</summary>
    public sealed record PassedOn : MessageContent;

    /// <summary>A person looks at the wish for money back.</summary>
    public sealed record RefundNoted : MessageContent;

    /// <summary>The receipt is on its way to the customer's mailbox once more.</summary>
    public sealed record ReceiptSent(string OrderReference) : MessageContent;

    /// <summary>There is no receipt to send, or no proved mailbox to send it to.</summary>
    public sealed record ReceiptNowhere : MessageContent;

    /// <summary>Proves that the wallet is the customer's.</summary>
    /// <param name="Code">Six digits.</param>
    /// <param name="ValidMinutes">1 to 99.</param>
    /// <param name="Host">The page's host, to which a browser binds the code.</param>
    public sealed record WalletCode(string Code, int ValidMinutes, string Host) : MessageContent
    {
        /// <summary>Without the code.</summary>
        public override string ToString() => nameof(WalletCode);
    }

    /// <summary>Another address was added; whoever reads this on an older one may object.</summary>
    /// <param name="Ending">What the new one ends in, such as <c>67</c>, or its mail server.</param>
    /// <param name="Hours">How long no confirmation goes there.</param>
    public sealed record AddressAdded(string Ending, int Hours) : MessageContent;

    /// <summary>An address was taken away.</summary>
    /// <param name="Ending">What it ends in, such as <c>67</c>, or its mail server.</param>
    /// <param name="Days">For how long it can be given back.</param>
    public sealed record AddressRemoved(string Ending, int Days) : MessageContent;

    /// <summary>The objection counts: the address that was added confirms nothing.</summary>
    public sealed record AddressStopped : MessageContent;

    /// <summary>What staff wrote in the conversation and nobody read there.</summary>
    /// <param name="Payee">The shop.</param>
    /// <param name="Text">Their words, line by line.</param>
    public sealed record Reply(string Payee, string Text) : MessageContent
    {
        /// <summary>Without the words.</summary>
        public override string ToString() => nameof(Reply);
    }

    /// <summary>What could wait, in one letter.</summary>
    /// <param name="Items">Each as it would have been said alone, which the letter says in brief; two or more.</param>
    public sealed record Digest(EquatableArray<MessageContent> Items) : MessageContent;

    /// <summary>The answer to HELP.</summary>
    public sealed record Help : MessageContent;

    /// <summary>The one message after a STOP.</summary>
    public sealed record OptedOut : MessageContent;

    /// <summary>The answer to START.</summary>
    public sealed record OptedIn : MessageContent;
}

/// <summary>One order and how it stands.</summary>
/// <param name="Reference">The shop's name for it.</param>
/// <param name="Status">How it stands.</param>
public sealed record OrderStanding(string Reference, Standing Status);

/// <summary>What a receipt shows.</summary>
/// <param name="Payee">The shop.</param>
/// <param name="CustomerName">To whom it is made out; empty when unknown or erased.</param>
/// <param name="OrderReference">The shop's name for the order.</param>
/// <param name="PaymentId">The hub's id.</param>
/// <param name="PaidAt">When the money was captured.</param>
/// <param name="PaidWith">The instrument; at most the last four digits of its number.</param>
/// <param name="Lines">The invoice's lines.</param>
/// <param name="Tax">Contained in the total.</param>
/// <param name="Shipping">Contained in the total.</param>
/// <param name="Total">What was paid.</param>
/// <param name="Clearing">Whether the money is still on its way from the customer's bank, which may yet refuse it.</param>
public sealed record ReceiptDetails(
    string Payee,
    string CustomerName,
    string OrderReference,
    string PaymentId,
    DateTimeOffset PaidAt,
    PaidWith PaidWith,
    EquatableArray<ReceiptLine> Lines,
    Amount Tax,
    Amount Shipping,
    Amount Total,
    bool Clearing = false);

/// <summary>One line of an invoice.</summary>
/// <param name="Name">What was bought.</param>
/// <param name="Quantity">How many.</param>
/// <param name="UnitPrice">For one.</param>
/// <param name="LineTotal">For all of them.</param>
public sealed record ReceiptLine(string Name, long Quantity, Amount UnitPrice, Amount LineTotal);
