using System.Buffers.Text;
using System.Security.Cryptography;
using Hub.Gateways.SandboxBank;

namespace Hub.Gateways.Tests.SandboxBank;

/// <summary>A bank's signing key, made for one test.</summary>
internal sealed class Signer : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal string PublicKey => _key.ExportSubjectPublicKeyInfoPem();

    internal string Sign(byte[] statement) => Base64Url.EncodeToString(_key.SignData(statement, HashAlgorithmName.SHA256));

    /// <summary>The member <c>transfer</c> of an object.</summary>
    internal string Transfer(string bank, string kind, string reference, long amount = 4990, string currency = "EUR", string payee = "Blue Bottle Books")
    {
        var said = new TransferStatement(bank, kind, "btr_1", reference, amount, currency, payee, Support.FakeTime.Noon);
        return $$""","transfer":{"id":"btr_1","amount":{{amount}},"currency":"{{currency}}","payee":"{{payee}}","at":"2026-03-31T12:00:00Z","signature":"{{Sign(said.ToBytes())}}"}""";
    }

    public void Dispose() => _key.Dispose();
}
