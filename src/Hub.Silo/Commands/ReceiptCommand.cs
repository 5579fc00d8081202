using Hub.Api.Receipts;
using Hub.Domain.Money;
using Hub.Domain.Signatures;

namespace Hub.Silo.Commands;

/// <summary>Checks a receipt against the hub's published keys, both from files: nobody is asked, and no hub need be there.</summary>
/// <remarks>Ends with 0: genuine, 1: not, or it could not be read.</remarks>
internal static class ReceiptCommand
{
    private const string Usage = "receipt verify FILE --keys=JWKS-FILE, where JWKS-FILE is what GET /v1/keys/signing answered";
    private const string KeysOption = "--keys";

    internal static int Verify(string[] args)
    {
        var (file, keysFile) = Read(args);
        var keys = PublicKeySet.Parse(Text(keysFile, PublicKeySet.MaxLength));
        if (keys is not { Count: > 0 }) throw new CommandException($"{keysFile} holds no signing keys. Save there what GET /v1/keys/signing of the hub answers.");
        switch (ReceiptCheck.Of(Text(file, JsonSignature.MaxLength), keys))
        {
            case ReceiptCheck.Genuine genuine:
                Print(genuine.Receipt);
                return 0;
            case ReceiptCheck.Refused refused:
                Console.Error.WriteLine($"NOT GENUINE: {refused.Why}");
                return 1;
            case var other:
                throw new InvalidOperationException($"{other} is no outcome of a check.");
        }
    }

    private static (string File, string Keys) Read(string[] args)
    {
        string? file = null, keys = null;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == KeysOption && i + 1 < args.Length) keys ??= args[++i];
            else if (args[i].StartsWith($"{KeysOption}=", StringComparison.Ordinal)) keys ??= args[i][(KeysOption.Length + 1)..];
            else if (args[i].StartsWith('-') || file is not null) throw new CommandException($"'{args[i]}' is nothing this command knows: {Usage}");
            else file = args[i];
        }

        return file is { Length: > 0 } && keys is { Length: > 0 } ? (file, keys) : throw new CommandException($"Name a receipt and the keys: {Usage}");
    }

    private static string Text(string path, long mostBytes)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) throw new CommandException($"There is no file {path}.");
            return file.Length <= mostBytes ? File.ReadAllText(path) : throw new CommandException($"{path} is larger than any receipt or key set: {file.Length} bytes.");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be read: {refused.Message}");
        }
    }

    private static void Print(Receipt receipt)
    {
        string Money(long minor) => new Amount(minor, Currency.Parse(receipt.Currency)).ToString();
        var invoice = receipt.Invoice;
        Console.WriteLine($"Receipt of {receipt.Merchant.Name} ({receipt.Merchant.Id})");
        Console.WriteLine($"Order      {receipt.Reference} ({receipt.Order})");
        Console.WriteLine($"Payment    {receipt.Payment}");
        Console.WriteLine($"Issued     {Time(receipt.IssuedAt)}");
        Console.WriteLine();
        foreach (var line in invoice.Lines) Console.WriteLine($"{Money(line.Total),16}  {line.Quantity} x {line.Name} ({line.Sku}) at {Money(line.UnitPrice)}");
        Console.WriteLine($"{Money(invoice.Shipping),16}  shipping");
        Console.WriteLine($"{Money(invoice.Total),16}  invoiced, of which tax {Money(invoice.Tax)}");
        Console.WriteLine();
        foreach (var taken in receipt.Captures)
        {
            var how = taken.Instrument;
            var number = how.Last4.Length > 0 ? $" ending in {how.Last4}" : "";
            Console.WriteLine($"{Money(taken.Amount),16}  taken on {Time(taken.At)}, {how.Type.Replace('_', ' ')} {how.Brand}{number}");
        }

        foreach (var back in receipt.Refunds) Console.WriteLine($"{Money(-back.Amount),16}  given back on {Time(back.At)}");
        foreach (var back in receipt.Returns) Console.WriteLine($"{Money(-back.Amount),16}  taken back by the customer's bank on {Time(back.At)}");
        Console.WriteLine($"{Money(receipt.AmountPaid),16}  paid in total");
        Console.WriteLine();
        Console.WriteLine("GENUINE: the hub of these keys signed exactly this.");
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
}
