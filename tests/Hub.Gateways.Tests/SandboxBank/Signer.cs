using System.Buffers.Text;
using System.Security.Cryptography;
using Hub.Gateways.SandboxBank;

namespace Hub.Gateways.Tests.SandboxBank;

/// <summary>A bank's signing key, made for one test.</summary>
internal sealed class Signer : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal string PublicKey => _key.ExportSubjectPublicKeyInfoPem();

    internal string Sign(TransferStatement said) => Base64Url.EncodeToString(_key.SignData(said.ToBytes(), HashAlgorithmName.SHA256));

    /// <summary>The member <c>transfer</c> of an object.</summary>
    internal string Transfer(
        string kind, string key, string id, long amount = 4990, string currency = "EUR", string payee = GatewayFixture.Payee, string bank = SandboxBankGateway.GatewayName)
    {
        var signature = Sign(new TransferStatement(bank, kind, key, id, amount, currency, payee, Support.FakeTime.Noon));
        return $$""","transfer":{"kind":"{{kind}}","payee":"{{payee}}","at":"2026-03-31T12:00:00Z","signature":"{{signature}}"}""";
    }

    public void Dispose() => _key.Dispose();
}
