using System.Diagnostics;
using Hub.Domain.Kernel;

namespace Hub.Api.Edge.Errors;

/// <summary>For every refusal of the rules: its HTTP status and what the caller can do about it.</summary>
/// <remarks>
/// 404 where the thing named in the path is not there, 403 where the caller is the wrong person, 422 where the request itself
/// can never be right, 409 where it clashes with how things stand. A test holds that no code is left out.
/// </remarks>
internal static class Refusals
{
    internal static (int Status, string Detail) Of(RejectionCode code) => (int)code switch
    {
        < 100 => OfAny(code),
        < 200 => OfMoney(code),
        < 300 => OfOrders(code),
        < 400 => OfPayments(code),
        < 500 => OfConfirmations(code),
        < 600 => OfCustomers(code),
        _ => OfTheRest(code),
    };

    private static (int Status, string Detail) OfAny(RejectionCode code) => code switch
    {
        RejectionCode.NotFound => (404, "Check the id; ids of others are not found either."),
        RejectionCode.AlreadyExists => (409, "It exists already. Read it instead of creating it again."),
        RejectionCode.IllegalState => (409, "This is not possible in its present status; allowed_actions lists what is."),
        RejectionCode.CommandIdReused => (422, "This key was used for another request. Choose a new Idempotency-Key."),
        RejectionCode.NothingToDo => (409, "There is nothing left to do."),
        RejectionCode.VersionMismatch => (412, "It changed meanwhile. Read it again and send its new ETag in If-Match."),
        _ => throw Unknown(code),
    };

    private static (int Status, string Detail) OfMoney(RejectionCode code) => code switch
    {
        RejectionCode.AmountNotPositive => (422, "Send an amount of at least one minor unit."),
        RejectionCode.AmountTooLarge => (422, "Send an amount of at most twelve digits of minor units."),
        RejectionCode.CurrencyMismatch => (422, "Send the amount in the currency of the order."),
        RejectionCode.TotalMismatch => (422, "The lines, tax and shipping do not sum to the total. Correct the amounts."),
        _ => throw Unknown(code),
    };

    private static (int Status, string Detail) OfOrders(RejectionCode code) => code switch
    {
        RejectionCode.OrderHasNoLines => (422, "Send at least one line."),
        RejectionCode.TooManyLines => (422, "Send at most 200 lines."),
        RejectionCode.InvoiceHashMismatch => (409, "The invoice is not the one that was shown. Read the order again and show its present invoice."),
        RejectionCode.OrderHasOpenPayment => (409, "The order has an open payment. Go on with that one, or cancel it first."),
        RejectionCode.OrderAlreadyPaid => (409, "The order is paid. There is nothing left to pay."),
        RejectionCode.OrderNotPaid => (409, "Wait until the order is paid."),
        RejectionCode.OrderNotShipped => (409, "Report the shipment first."),
        RejectionCode.InvoiceNotAccepted => (409, "The customer has to accept the invoice first."),
        RejectionCode.OrderCanceled => (409, "The order was canceled. Place a new one."),
        RejectionCode.OrderReferenceTaken => (409, "Another order has this reference. Read that one, or choose a new reference."),
        _ => throw Unknown(code),
    };

    private static (int Status, string Detail) OfPayments(RejectionCode code) => code switch
    {
        RejectionCode.AttemptInProgress => (409, "An attempt is under way. Wait for its outcome."),
        RejectionCode.OutcomeUnknown => (409, "The bank's answer is not known yet. Nothing else may be tried until it is; wait."),
        RejectionCode.TooManyAttempts => (409, "Too many attempts were made. Create a new payment."),
        RejectionCode.CaptureExceedsAuthorized => (422, "Capture at most what was authorized and not captured yet."),
        RejectionCode.AuthorizationExpired => (409, "The bank's authorization has run out. Create a new payment."),
        RejectionCode.ConfirmationRequired => (409, "The customer has to confirm first."),
        RejectionCode.RefundExceedsCaptured => (422, "Refund at most what was captured and not refunded yet."),
        RejectionCode.RefundWindowClosed => (409, "Refunds are possible within thirteen months of the capture. Settle it with the customer in another way."),
        RejectionCode.RefundBlockedByDispute => (409, "A dispute is open. Wait until it is closed."),
        RejectionCode.NoConfirmationRoute => (409, "The customer has no verified address to confirm on. Verify one, or choose another method."),
        RejectionCode.PaymentExpired => (409, "The payment has expired. Create a new one."),
        RejectionCode.Fenced => (409, "Another owner carries this out. Read the payment for its outcome."),
        RejectionCode.SecurityCodeMissing => (422, "Send the card's security code again, encrypted."),
        RejectionCode.InstrumentExpired => (422, "The card has expired. Use another one."),
        RejectionCode.NoGateway => (422, "No bank takes this instrument in this currency. Use another one."),
        RejectionCode.CannotHold => (409, "This instrument cannot hold money for a later capture. Use another one, or a payment with automatic capture."),
        RejectionCode.PartialCaptureNotSupported => (422, "This payment's bank captures all or nothing. Leave the amount out."),
        RejectionCode.RefundNotSupported => (409, "This payment's bank cannot pay back. Settle it with the customer in another way."),
        RejectionCode.SecondPersonRequired => (403, "Another person than the one who asked for the refund has to agree to it."),
        RejectionCode.DisputeOverdue => (409, "The time to answer the dispute is over. Wait for the bank's decision."),
        RejectionCode.DisputeAnswered => (409, "The dispute was answered already. Wait for the bank's decision."),
        RejectionCode.NothingCaptured => (409, "Nothing was captured, so nothing can be refunded. Cancel instead."),
        _ => throw Unknown(code),
    };

    private static (int Status, string Detail) OfConfirmations(RejectionCode code) => code switch
    {
        RejectionCode.NoOpenConfirmation => (409, "There is no open confirmation. Read the payment for its status."),
        RejectionCode.WrongCode => (409, "The answer does not match. Try again with the code of the latest message."),
        RejectionCode.AlreadyAnswered => (409, "It was already answered. Read the payment for the outcome."),
        RejectionCode.ConfirmationExpired => (409, "The confirmation has expired. Submit the payment again."),
        RejectionCode.ConfirmationSuperseded => (409, "A newer confirmation replaced this one. Answer that one."),
        RejectionCode.ConfirmationExhausted => (409, "Too many wrong answers. The payment was stopped."),
        RejectionCode.NotTheAddressee => (403, "Only the person who was asked may answer."),
        RejectionCode.ResendTooSoon => (409, "It was sent a moment ago. Wait a little before asking again."),
        RejectionCode.TooManyResends => (409, "It was sent as often as is allowed. Answer the latest message, or submit again."),
        _ => throw Unknown(code),
    };

    private static (int Status, string Detail) OfCustomers(RejectionCode code) => code switch
    {
        RejectionCode.AddressAlreadyVerified => (409, "The address is verified already."),
        RejectionCode.NoSuchAddress => (404, "The customer has no such address."),
        RejectionCode.VerificationExpired => (409, "The code has expired. Ask for a new one."),
        RejectionCode.VerificationExhausted => (409, "Too many wrong codes. Ask for a new one."),
        RejectionCode.NoSuchInstrument => (422, "The customer has no such instrument. Choose one of theirs, or add it first."),
        RejectionCode.CustomerErased => (409, "The customer was erased."),
        RejectionCode.TooManyAddresses => (409, "The customer has as many addresses as are allowed. Remove one first."),
        RejectionCode.WalletNotSet => (409, "The wallet has no password yet. Set one first."),
        RejectionCode.WalletLocked => (409, "Too many wrong passwords were typed. Wait, or pay with something else."),
        RejectionCode.WalletClosed => (409, "Open the wallet with its password first."),
        RejectionCode.WrongWalletPassword => (409, "That is not the wallet's password. Try again."),
        RejectionCode.WalletProofRequired => (409, "Have a code sent to a verified address of the customer's, and send it along with the password."),
        RejectionCode.AddressNotVerified => (409, "The customer has not proved this address. Use one that is verified, or verify it first."),
        RejectionCode.AddressHeld => (409, "The address was added after another one and proves nothing else yet. Use one from before, or wait as long as Retry-After says."),
        RejectionCode.TooManyAddressChanges => (409, "Addresses were added, removed and given back too often within the hour. Wait as long as Retry-After says, or ask the shop."),
        RejectionCode.ECashInsufficient => (409, "There is not enough e-cash. Top it up, or pay with something else."),
        RejectionCode.NoSuchHold => (409, "There is no such hold on the customer's e-cash."),
        RejectionCode.TooManyInstruments => (409, "The wallet holds as many instruments as are allowed. Remove one first."),
        _ => throw Unknown(code),
    };

    private static (int Status, string Detail) OfTheRest(RejectionCode code) => code switch
    {
        RejectionCode.CodeTaken => (409, "Two requests asked for the same code at once. Try again."),
        RejectionCode.OptedOut => (409, "The person opted out of this channel. Use another one."),
        RejectionCode.AddressDead => (409, "The address does not exist any more. Use another one."),
        RejectionCode.SendingCapped => (409, "Too much was sent to this address within the hour. Wait, or use another one."),
        RejectionCode.GuessesCapped => (409, "Too many codes were tried for this address within the hour. Wait, or use another one."),
        RejectionCode.NotificationEnded => (409, "The notification has ended already."),
        RejectionCode.NoSuchKey => (404, "There is no such key."),
        RejectionCode.TooManyEndpoints => (409, "There are as many webhook endpoints as are allowed. Remove one first."),
        RejectionCode.EndpointDisabled => (409, "The webhook endpoint is disabled. Enable it first."),
        RejectionCode.ConversationTaken => (409, "Somebody else of the staff has this conversation. Ask them to hand it over; a note can be written at any time."),
        RejectionCode.MessagesCapped => (409, "Too many messages were written within the hour. Wait a little."),
        _ => throw Unknown(code),
    };

    private static UnreachableException Unknown(RejectionCode code) => new($"{code} has no status and no advice.");
}
