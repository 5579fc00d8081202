using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Hub.Domain.Kernel;
using Hub.Domain.Money;

namespace Hub.Domain.Orders;

/// <summary>One line of an invoice.</summary>
/// <param name="Sku">The merchant's article number.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Quantity">1 to 10,000.</param>
/// <param name="UnitPrice">Minor units for one piece, tax included; ≥ 0.</param>
/// <param name="Tax">The tax contained in the whole line, minor units; ≥ 0, at most the line's total.</param>
public sealed record InvoiceLine(string Sku, string Name, int Quantity, long UnitPrice, long Tax)
{
    /// <summary>Quantity times unit price, in minor units.</summary>
    [JsonIgnore]
    public long Total => Quantity * UnitPrice;
}

/// <summary>What the customer is asked to accept and pay.</summary>
/// <param name="Currency">The currency of every amount in it.</param>
/// <param name="Lines">At least one.</param>
/// <param name="Shipping">Minor units, tax included; ≥ 0.</param>
public sealed record Invoice(Currency Currency, EquatableArray<InvoiceLine> Lines, long Shipping)
{
    /// <summary>The most lines an invoice may have.</summary>
    public const int MaxLines = 200;

    /// <summary>The largest quantity of one line.</summary>
    public const int MaxQuantity = 10_000;

    /// <summary>Everything together.</summary>
    [JsonIgnore]
    public Amount Total => new(checked(Lines.Sum(l => l.Total) + Shipping), Currency);

    /// <summary>The tax contained in the lines.</summary>
    [JsonIgnore]
    public Amount Tax => new(Lines.Sum(l => l.Tax), Currency);

    /// <summary>Names exactly this invoice of exactly this order: accepting it means accepting these words and numbers.</summary>
    /// <param name="order">The order, <c>ord_…</c>.</param>
    /// <param name="merchant">The payee, <c>mer_…</c>.</param>
    /// <returns>SHA-256 in lower-case hex, over length-prefixed fields, so that no two invoices read alike.</returns>
    public string Hash(string order, string merchant)
    {
        var text = new StringBuilder();
        Field(order);
        Field(merchant);
        Field(Currency.Code);
        foreach (var line in Lines)
        {
            Field(line.Sku);
            Field(line.Name);
            Number(line.Quantity);
            Number(line.UnitPrice);
            Number(line.Tax);
        }

        Number(Shipping);
        Number(Total.Minor);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

        void Field(string value) => text.Append(CultureInfo.InvariantCulture, $"{value.Length}:{value}\n");
        void Number(long value) => text.Append(CultureInfo.InvariantCulture, $"{value}\n");
    }
}
