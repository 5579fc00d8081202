using Hub.Domain.Conversations;
using Hub.Domain.Money;
using Hub.Domain.Orders;
using Hub.Domain.Payments;

namespace Hub.Actors.Audit;

/// <summary>Invariants 24 and 22 of one order: one open payment at a time, and never more than the invoice over all of them.</summary>
internal sealed class OrderAudit(string id, Findings findings)
{
    private readonly HashSet<string> _granted = new(StringComparer.Ordinal);
    private OrderEvent.Placed? _placed;
    private Amount _invoice;
    private string? _open;
    private string? _paidBy;
    private long _committed;

    /// <summary>Takes the order's next event.</summary>
    public void Read(OrderEvent happened, Tenants tenants)
    {
        switch (happened)
        {
            case OrderEvent.Placed e:
                findings.Looked(22);
                (_placed, _invoice) = (e, TotalOf(e.Invoice));
                if (tenants.MerchantOf(e.Customer) is { } merchant && merchant != e.Merchant) findings.Report(22, $"the customer of {id} belongs to another merchant");
                if (e.Id != id) findings.Report(22, $"the order of this stream calls itself {e.Id}");
                break;
            case OrderEvent.PaymentGranted e:
                Granted(e);
                break;
            case OrderEvent.Paid e:
                if (!_granted.Contains(e.Payment)) findings.Report(24, $"paid by {e.Payment}, which was never granted");
                _paidBy ??= e.Payment;
                break;
            case OrderEvent.PaymentReleased e:
                if (_open != e.Payment) findings.Report(24, $"{e.Payment} was released and is not the open payment");
                _open = null;
                break;
            case OrderEvent.PaymentReturned e:
                if (!_granted.Contains(e.Payment)) findings.Report(24, $"{e.Payment} came back, which was never granted");
                (_open, _paidBy) = (null, null);
                break;
        }
    }

    /// <summary>A payment began, or its amount changed.</summary>
    public void Began(string payment, OrderGrant grant, bool changed)
    {
        findings.Looked(24);
        findings.Looked(22);
        if (_placed is null || !_granted.Contains(payment))
        {
            findings.Report(24, $"{payment} may move money for {id}, which never granted it");
            return;
        }

        if (grant.Merchant != _placed.Merchant || grant.Customer != _placed.Customer) findings.Report(22, $"{payment} is of another merchant or customer than {id}");
        if (!changed && grant.Amount != _invoice) findings.Report(24, $"{payment} may move {grant.Amount}; the invoice of {id} is {_invoice}");
    }

    /// <summary>More, or less, of the invoice is taken or possibly taken.</summary>
    /// <param name="minor">Positive for a capture, negative for what was given back.</param>
    /// <param name="payment">By which payment.</param>
    public void Commit(long minor, string payment)
    {
        findings.Looked(24);
        _committed += minor;
        if (minor > 0 && _placed is not null && _committed > _invoice.Minor)
        {
            findings.Report(24, $"with {payment}, {_committed} is taken for {id}; its invoice is {_invoice.Minor}");
        }
    }

    private void Granted(OrderEvent.PaymentGranted e)
    {
        findings.Looked(24);
        if (_open is { } open && open != e.Payment) findings.Report(24, $"{e.Payment} was granted while {open} was open");
        if (_paidBy is { } paid) findings.Report(24, $"{e.Payment} was granted after {paid} had paid");
        if (!_granted.Add(e.Payment)) findings.Report(24, $"{e.Payment} was granted twice");
        if (_placed is null || e.Grant.Amount != _invoice || e.Grant.InvoiceHash != _placed.InvoiceHash || e.Grant.Order != id)
        {
            findings.Report(24, $"{e.Payment} was granted {e.Grant.Amount} for another invoice than {id} has");
        }

        _open = e.Payment;
    }

    private static Amount TotalOf(Invoice invoice)
    {
        var total = invoice.Shipping;
        foreach (var line in invoice.Lines)
        {
            total += line.Quantity * line.UnitPrice;
        }

        return new Amount(total, invoice.Currency);
    }
}

/// <summary>Which customer belongs to which merchant, and what was ordered.</summary>
internal sealed class Tenants(Findings findings)
{
    private readonly Dictionary<string, string> _merchants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OrderAudit> _orders = new(StringComparer.Ordinal);

    /// <summary>A customer's merchant; <c>null</c> for one that the journal does not know.</summary>
    public string? MerchantOf(string customer) => _merchants.GetValueOrDefault(customer);

    /// <summary>A customer registered.</summary>
    public void Add(string customer, string merchant) => _merchants[customer] = merchant;

    /// <summary>A conversation began: of the customer it is named for, with that customer's own merchant (invariant 22).</summary>
    public void Speaks(string id, ConversationEvent.Begun begun)
    {
        findings.Looked(22);
        if (begun.Id != id || Conversation.IdOf(begun.Customer) != id) findings.Report(22, $"the conversation of this stream calls itself {begun.Id} of {begun.Customer}");
        if (MerchantOf(begun.Customer) is { } merchant && merchant != begun.Merchant) findings.Report(22, $"{begun.Customer} speaks with another merchant than its own");
    }

    /// <summary>The order of an id; one without events where the journal has none.</summary>
    public OrderAudit Order(string id)
    {
        if (!_orders.TryGetValue(id, out var order))
        {
            _orders[id] = order = new OrderAudit(id, findings);
        }

        return order;
    }
}
