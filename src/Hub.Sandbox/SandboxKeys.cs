namespace Hub.Sandbox;

/// <summary>The secrets of the sandbox: fixed, public, worthless. Live mode refuses to start with any of them.</summary>
public static class SandboxKeys
{
    /// <summary>The hub's bearer key at the sandbox bank.</summary>
    public const string BankApiKey = "bank_sandbox_key_omnihub";

    /// <summary>Signs the bank's webhooks; the base64 of 32 bytes that spell "omnihub-sandbox-bank-webhook-key".</summary>
    public const string BankWebhookSecret = "whsec_b21uaWh1Yi1zYW5kYm94LWJhbmstd2ViaG9vay1rZXk=";

    /// <summary>The account at the sandbox phone network, in Twilio's form: AC and 32 hex digits.</summary>
    public const string TwilioAccountSid = "AC000000000000000000000000000005a2";

    /// <summary>That account's token: the password of its API and the key of X-Twilio-Signature.</summary>
    public const string TwilioAuthToken = "5a2db0c5a2db0c5a2db0c5a2db0c5a2d";

    /// <summary>The number the hub sends from, E.164; Twilio's own test sender.</summary>
    public const string TwilioSender = "+15005550006";

    /// <summary>The demo staff user's second factor, base32 without padding (RFC 4648), 20 bytes: "omnihub-sandbox-totp".</summary>
    public const string StaffTotpSecret = "N5WW42LIOVRC243BNZSGE33YFV2G65DQ";

    /// <summary>The same second factor as bytes.</summary>
    public static byte[] StaffTotpKey => Staff.Totp.Decode(StaffTotpSecret);

    /// <summary>The demo staff user's name.</summary>
    public const string StaffEmail = "support@acme.example";

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
        BankApiKey, BankWebhookSecret, TwilioAccountSid, TwilioAuthToken, StaffTotpSecret, StaffPassword, DemoMerchantApiKey, DemoMerchantSigningKey,
    ];
}
