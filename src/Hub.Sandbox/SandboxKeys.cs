using System.Security.Cryptography;

namespace Hub.Sandbox;

/// <summary>The secrets of the sandbox: fixed, public, worthless. Live mode refuses to start with any of them.</summary>
public static class SandboxKeys
{
    /// <summary>The hub's bearer key at the sandbox bank.</summary>
    public const string BankApiKey = "bank_sandbox_key_omnihub";

    /// <summary>Signs the bank's webhooks; the base64 of 32 bytes that spell "omnihub-sandbox-bank-webhook-key".</summary>
    public const string BankWebhookSecret = "whsec_b21uaWh1Yi1zYW5kYm94LWJhbmstd2ViaG9vay1rZXk=";

    /// <summary>Signs what the first card bank says of money that moved: ECDSA P-256, PKCS #8.</summary>
    public const string BankSigningKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgkCd4B/uCm9D28oqF
        /KlaMLQy8kSyKBO/MVUKg3tsrQShRANCAASS2po3NGSDKeT6ghPB+qQTpmgL5cFC
        4RaT89Xy0zdWpcuqJYE5LwEB2SvPeMWMqZiSIJYrm5ddUvyRVqbT1KAL
        -----END PRIVATE KEY-----
        """;

    /// <summary>The hub's bearer key at the second card bank.</summary>
    public const string SecondBankApiKey = "bank_b_sandbox_key_omnihub";

    /// <summary>Signs the webhooks of the second card bank; the base64 of 32 bytes.</summary>
    public const string SecondBankWebhookSecret = "whsec_b21uaWh1Yi1zYW5kYm94LWJhbmstYi13ZWJob29rcyE=";

    /// <summary>Signs what the second card bank says of money that moved: ECDSA P-256, PKCS #8.</summary>
    public const string SecondBankSigningKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgc/1T2kWmPV8aIt31
        A/abD4hrubiHR3PG0oCLN8YCrVWhRANCAAR3hAq4OoyHj6h/ZOLLOG405udC5T/7
        6TlszGP+3HAas3S8ZCyR3Qn0LraSlwQ73LuUePwWEf1OHckJYtUTplkm
        -----END PRIVATE KEY-----
        """;

    /// <summary>The hub's bearer key at net banking.</summary>
    public const string NetBankApiKey = "netbank_sandbox_key_omnihub";

    /// <summary>Signs the webhooks of net banking; the base64 of 32 bytes.</summary>
    public const string NetBankWebhookSecret = "whsec_b21uaWh1Yi1zYW5kYm94LW5ldGJhbmstd2ViaG9va3M=";

    /// <summary>Signs what net banking says of money that moved: ECDSA P-256, PKCS #8.</summary>
    public const string NetBankSigningKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQglAMrUqEwOqUlFETS
        N1kGPOrhnLrQRzRNq33c/j/9IquhRANCAAT+MzoKeluNWr/k6BeZJMIvgnuyaWC5
        3asGJISFwLmR/lWQ2hhQV0FpWUj9MCGkmJMJSSq5J/INEAiJHJ/pTddG
        -----END PRIVATE KEY-----
        """;

    /// <summary>The hub's bearer key at the e-check bank.</summary>
    public const string DebitApiKey = "debit_sandbox_key_omnihub";

    /// <summary>Signs the webhooks of the e-check bank; the base64 of 32 bytes.</summary>
    public const string DebitWebhookSecret = "whsec_b21uaWh1Yi1zYW5kYm94LWRlYml0cy13ZWJob29rcyE=";

    /// <summary>Signs what the e-check bank says of money that moved: ECDSA P-256, PKCS #8.</summary>
    public const string DebitSigningKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgRPV2zUpQ2AIWT9zn
        qLfBbyMvvnyUBeaD1rlYZU7QhsmhRANCAASR0phw2B5wdaUnyPAOG4B2zlywCn15
        yIqX4b5cC+RflD4lvpjl0rvboMCDJIBq64evX9OE0lyUdY0kYXm8fLhT
        -----END PRIVATE KEY-----
        """;

    /// <summary>The account at the sandbox phone network, in Twilio's form: AC and 32 hex digits.</summary>
    public const string TwilioAccountSid = "AC000000000000000000000000000005a2";

    /// <summary>That account's token: the password of its API and the key of X-Twilio-Signature.</summary>
    public const string TwilioAuthToken = "5a2db0c5a2db0c5a2db0c5a2db0c5a2d";

    /// <summary>The number the hub sends from, E.164; Twilio's own test sender.</summary>
    public const string TwilioSender = "+15005550006";

    /// <summary>What the sandbox's mail server proves itself with when it hands mails in.</summary>
    public const string MailRelaySecret = "mail_relay_sandbox_secret_omnihub";

    /// <summary>The number the hub speaks WhatsApp from, E.164; Twilio's own sandbox sender.</summary>
    public const string WhatsAppSender = "+14155238886";

    /// <summary>The content SIDs of the words that the sandbox's WhatsApp has approved, by kind of notification and language.</summary>
    public static IReadOnlyDictionary<string, string> WhatsAppTemplates { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["confirmation"] = "HX0000000000000000000000000000c0e1",
        ["confirmation.de"] = "HX0000000000000000000000000000c0d1",
        ["confirmation.zh"] = "HX0000000000000000000000000000c021",
        ["address_verification"] = "HX0000000000000000000000000000c0e2",
        ["address_verification.de"] = "HX0000000000000000000000000000c0d2",
        ["address_verification.zh"] = "HX0000000000000000000000000000c022",
        ["wallet_code"] = "HX0000000000000000000000000000c0e3",
    };

    /// <summary>The demo staff user's second factor, base32 without padding (RFC 4648), 20 bytes: "omnihub-sandbox-totp".</summary>
    public const string StaffTotpSecret = "N5WW42LIOVRC243BNZSGE33YFV2G65DQ";

    /// <summary>The same second factor as bytes.</summary>
    public static byte[] StaffTotpKey => Staff.Totp.Decode(StaffTotpSecret);

    /// <summary>The demo staff user's name.</summary>
    public const string StaffEmail = "support@acme.example";

    /// <summary>A colleague of the demo user's, with the same password and second factor: somebody to hand over to, and the second person that some decisions need.</summary>
    public const string ColleagueEmail = "noor@acme.example";

    /// <summary>The demo staff user's password.</summary>
    public const string StaffPassword = "sandbox-support-password";

    /// <summary>The demo merchant's name.</summary>
    public const string DemoMerchantName = "ACME Books";

    /// <summary>The demo merchant's secret API key.</summary>
    public const string DemoMerchantApiKey = "sk_test_omnihub_demo_merchant_key_0001";

    /// <summary>The demo merchant's key to sign orders with: ECDSA P-256, PKCS #8.</summary>
    public const string DemoMerchantSigningKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgn2r3gc+vjJnAbmsm
        r3JEDZjgYnv0sleHe5wLIk9SQQqhRANCAAQFKWsBn007a/NgW/4MFR+/BfhSa9dJ
        T7cgcVs4rBgd3npcoQNwg07tU26OnNDdFv8PsgjjMnIM4zjNtJ82WDiD
        -----END PRIVATE KEY-----
        """;

    /// <summary>Every secret above: what live mode looks for in its configuration.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        BankApiKey, BankWebhookSecret, BankSigningKey, SecondBankApiKey, SecondBankWebhookSecret, SecondBankSigningKey,
        NetBankApiKey, NetBankWebhookSecret, NetBankSigningKey, DebitApiKey, DebitWebhookSecret, DebitSigningKey,
        TwilioAccountSid, TwilioAuthToken, MailRelaySecret, StaffTotpSecret, StaffPassword, DemoMerchantApiKey, DemoMerchantSigningKey,
    ];

    /// <summary>The public half of a signing key.</summary>
    /// <param name="signingKey">One of the keys above, in PEM.</param>
    /// <returns>SubjectPublicKeyInfo in PEM.</returns>
    public static string PublicHalf(string signingKey)
    {
        using var key = Open(signingKey);
        return key.ExportSubjectPublicKeyInfoPem();
    }

    internal static ECDsa Open(string signingKey)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(signingKey);
        return key;
    }
}
