using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Hub.Actors.Ports;
using Hub.Gateways.Cards;
using Hub.Gateways.Jwe;
using Hub.Gateways.Vault;

namespace Hub.Fuzz;

/// <summary>The outside of an encrypted message: its parts and its header.</summary>
internal sealed class JweTarget : FuzzTarget
{
    internal const string Header = """{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"k1"}""";

    public override string Name => "jwe";

    public override IReadOnlyList<string> Words { get; } =
    [
        ".", "..", "=", "-", "_", "+", "/", " ", "\n", "AAAA", "AAAAAAAAAAAAAAAA", Encoded(Header), Encoded("""{"alg":"none","enc":"A256GCM","kid":"k1"}"""), Encoded("""{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"k1","kid":"k2"}"""),
        Encoded("""{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"\ud800"}"""), Encoded("[]"), Encoded("{\"kid\":{\"a\":{\"b\":1}}}"), Encoded("{\"zip\":\"DEF\"}"), FakeKeys.Message("{}"),
    ];

    public override string Try(byte[] input)
    {
        var message = Text(input);
        var problem = CompactJwe.TryDecrypt(message, FakeKeys.Instance, FakeKeys.Instance, out var plain);
        Same(problem is not null, plain.Length == 0 && problem is not null, "Refused, and yet something came out");
        if (problem is { } why) return why.Code();

        // One way to write a message: decoded and encoded again it is the same, and nothing is left over.
        var parts = message.Split('.');
        Same(message, string.Join('.', parts.Select(part => Base64Url.EncodeToString(Base64Url.DecodeFromChars(part)))), "Written again");
        Must(message.Length <= CompactJwe.MaxLength, "Longer than is read");
        return $"opened {plain.Length}";
    }

    internal static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}

/// <summary>The inside: what a device may have encrypted, as a card and as a security code.</summary>
internal sealed class JweContentTarget : FuzzTarget
{
    private static readonly FakeVault Vault = new();
    private static readonly CardIntake Intakes = new(FakeKeys.Instance, Vault, FakeKeys.Instance, FakeKeys.Instance, new Noon());

    public override string Name => "jwe-content";

    public override IReadOnlyList<string> Words { get; } =
    [
        "\"number\":\"4242424242424242\"", $"\"number\":\"{GroupedCard}\"", "\"exp_month\":12", "\"exp_year\":2040", "\"holder\":\"Ada\"", "\"customer\":\"cus_1\"", "\"jti\":\"0123456789abcdef\"",
        $"\"exp\":{Noon.Seconds + 300}", "\"security_code\":\"123\"", "{", "}", ",", ":", "\"", "null", "\\u0000", "\\ud800", "1e3", "-1", "99999999999999999999", "NaN", Card, "٤", "２",
    ];

    public override string Try(byte[] input)
    {
        if (input.Length > 2_048) input = input[..2_048];
        var message = FakeKeys.Message(input);
        Vault.Kept = 0;
        var card = Intakes.KeepCardAsync(message, "cus_1", "ins_1", [], CancellationToken.None).GetAwaiter().GetResult();
        var code = Intakes.KeepSecurityCodeAsync(message, "cus_1", "ins_1", "sec_1", CancellationToken.None).GetAwaiter().GetResult();
        Same((card is Intake.CardKept ? 1 : 0) + (code is Intake.SecurityCodeKept ? 1 : 0), Vault.Kept, "Kept and said to be kept");
        Must(Vault.Kept <= 1, "One message is a card and a code");
        return $"{Outcome(card)} {Outcome(code)}";
    }

    // A refusal is one of few words; a card shows no more than its last four digits.
    private static string Outcome(Intake intake)
    {
        SaysNoNumber(intake.ToString());
        switch (intake)
        {
            case Intake.Refused refused:
                Must(refused.Code.Length <= 40 && refused.Code.All(sign => char.IsAsciiLetterLower(sign) || sign == '_'), $"A refusal says {refused.Code}");
                return refused.Code;
            case Intake.CardKept kept:
                Must(kept.Details.Last4.Length == 4, "More than four digits");
                return $"kept {kept.Details.Brand}";
            default:
                return "kept";
        }
    }

    private sealed class FakeVault : ICardVault
    {
        private readonly Hub.Gateways.Cards.Card _card = Make();

        public int Kept { get; set; }

        public Task<bool> PutCardAsync(string instrument, string customer, Hub.Gateways.Cards.Card card, UseOnce token, CancellationToken cancel)
        {
            Must(token.Token.Length is >= 16 and <= 128 && token.Customer == "cus_1" && token.ExpiresAt <= Noon.At + CardIntake.MaxLife, "A token that does not bind");
            Kept++;
            return Task.FromResult(true);
        }

        public Task<Hub.Gateways.Cards.Card?> FindCardAsync(string instrument, CancellationToken cancel) => Task.FromResult<Hub.Gateways.Cards.Card?>(_card);

        public Task<bool> PutAccountAsync(string instrument, string customer, Hub.Gateways.Accounts.BankAccount account, UseOnce token, CancellationToken cancel)
        {
            Kept++;
            return Task.FromResult(true);
        }

        public Task<Hub.Gateways.Accounts.BankAccount?> FindAccountAsync(string instrument, CancellationToken cancel) => Task.FromResult<Hub.Gateways.Accounts.BankAccount?>(null);

        public Task DeleteCardAsync(string instrument, CancellationToken cancel) => Task.CompletedTask;

        public Task DeleteAllOfAsync(string customer, CancellationToken cancel) => Task.CompletedTask;

        public Task<bool> PutSecurityCodeAsync(string id, string customer, SecurityCode code, UseOnce token, CancellationToken cancel)
        {
            Kept++;
            return Task.FromResult(true);
        }

        public Task<SecurityCode?> FindSecurityCodeAsync(string id, CancellationToken cancel) => Task.FromResult<SecurityCode?>(null);

        public Task DeleteSecurityCodeAsync(string id, CancellationToken cancel) => Task.CompletedTask;

        private static Hub.Gateways.Cards.Card Make()
        {
            Hub.Gateways.Cards.Card.TryCreate("4242424242424242", new CardExpiry(2040, 12), "Ada", Noon.At, out var card);
            return card!;
        }
    }
}

/// <summary>A key that wraps a content key by leaving it as it is, so that a mutated message may still open.</summary>
internal sealed class FakeKeys : IEncryptionKeys, IRandomSource, IKeyring
{
    internal static FakeKeys Instance { get; } = new();

    public string PublicJwks => "{}";

    public byte[]? Unwrap(string keyId, byte[] wrapped) => wrapped.Length == 0 ? null : wrapped;

    public bool Knows(string keyId) => keyId == "k1";

    public void Rotate() => throw new NotSupportedException();

    public void RemoveRetired() => throw new NotSupportedException();

    public void Fill(Span<byte> bytes) => bytes.Fill(7);

    public byte[] Mac(string purpose, ReadOnlySpan<byte> data) => HMACSHA256.HashData("key"u8, data);

    internal static string Message(string plain) => Message(Encoding.UTF8.GetBytes(plain));

    internal static string Message(byte[] plain)
    {
        var (head, key, nonce, hidden, tag) = (JweTarget.Encoded(JweTarget.Header), new byte[32], new byte[12], new byte[plain.Length], new byte[16]);
        using var cipher = new AesGcm(key, tag.Length);
        cipher.Encrypt(nonce, plain, hidden, tag, Encoding.ASCII.GetBytes(head));
        return string.Join('.', head, Base64Url.EncodeToString(key), Base64Url.EncodeToString(nonce), Base64Url.EncodeToString(hidden), Base64Url.EncodeToString(tag));
    }
}

/// <summary>A clock that stands still.</summary>
internal sealed class Noon : TimeProvider
{
    internal static DateTimeOffset At { get; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    internal static long Seconds => At.ToUnixTimeSeconds();

    public override DateTimeOffset GetUtcNow() => At;
}
