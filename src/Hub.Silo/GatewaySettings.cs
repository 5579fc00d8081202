using System.Globalization;
using Hub.Domain.Kernel;
using Hub.Gateways.Routing;
using Hub.Gateways.Stripe;

namespace Hub.Silo;

/// <summary>Reads <c>Gateways:Stripe</c> and <c>Gateways:Routing</c>. Whether the names in the rules mean anything is for the router to say, which knows the gateways.</summary>
internal static class GatewaySettings
{
    private const string StripeSection = "Gateways:Stripe";

    private const string RoutingSection = "Gateways:Routing";

    /// <summary>Stripe; <c>null</c> where no key of it is set.</summary>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    internal static StripeOptions? ReadStripe(IConfiguration configuration, bool sandbox)
    {
        var section = configuration.GetSection(StripeSection);
        if (!section.Exists()) return null;
        OnlyKnown(section, "ApiKey", "WebhookSecrets", "BaseAddress");
        var key = section["ApiKey"] ?? "";
        var mode = sandbox ? "test" : "live";
        if (!key.StartsWith($"sk_{mode}_", StringComparison.Ordinal) && !key.StartsWith($"rk_{mode}_", StringComparison.Ordinal))
        {
            throw new SettingException($"{StripeSection}:ApiKey must be a secret or restricted key of Stripe's {mode} mode, sk_{mode}_… or rk_{mode}_…, as Hub:Mode is {(sandbox ? "sandbox" : "live")}.");
        }

        var secrets = Names(section.GetSection("WebhookSecrets"));
        if (secrets.Count is 0 || secrets.Any(secret => !secret.StartsWith("whsec_", StringComparison.Ordinal)))
        {
            throw new SettingException($"{StripeSection}:WebhookSecrets must hold the signing secret of the webhook endpoint, such as {StripeSection}:WebhookSecrets:0=whsec_…, and both while one is being replaced.");
        }

        return new StripeOptions { ApiKey = key, WebhookSecrets = secrets, BaseAddress = Address(section["BaseAddress"], sandbox) };
    }

    /// <summary>The rules and costs.</summary>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    internal static RoutingOptions ReadRouting(IConfiguration configuration)
    {
        var section = configuration.GetSection(RoutingSection);
        if (!section.Exists()) return RoutingOptions.Default;
        OnlyKnown(section, "Order", "Costs", "Rules", "FailureBasisPoints");
        return new RoutingOptions
        {
            Order = Names(section.GetSection("Order")),
            Costs = section.GetSection("Costs").GetChildren().ToDictionary(cost => cost.Key, Cost, StringComparer.Ordinal),
            Rules = [.. section.GetSection("Rules").GetChildren().OrderBy(rule => rule.Key.Length).ThenBy(rule => rule.Key, StringComparer.Ordinal).Select(Rule)],
            FailureBasisPoints = (int)(Number(section, "FailureBasisPoints", int.MaxValue) ?? RoutingOptions.Default.FailureBasisPoints),
        };
    }

    private static GatewayCost Cost(IConfigurationSection section)
    {
        OnlyKnown(section, "BasisPoints", "FixedMinor");
        return new GatewayCost((int)(Number(section, "BasisPoints", int.MaxValue) ?? 0), Number(section, "FixedMinor", long.MaxValue) ?? 0);
    }

    private static RoutingRule Rule(IConfigurationSection section)
    {
        // A misspelt limit would make a rule for one merchant a rule for all.
        OnlyKnown(section, "Name", "Prefer", "Only", "Never", "Instruments", "Currencies", "MinMinor", "MaxMinor", "Merchants", "Banks");
        var effects = Enum.GetValues<RoutingEffect>().Where(effect => section.GetSection($"{effect}").Exists()).ToArray();
        if (effects is not [var effect]) throw new SettingException($"{section.Path} must have one of Prefer, Only and Never, such as {section.Path}:Prefer:0=stripe.");
        return new RoutingRule(section["Name"] ?? "", effect, Names(section.GetSection($"{effect}")))
        {
            Instruments = Names(section.GetSection("Instruments")),
            Currencies = Names(section.GetSection("Currencies")),
            MinMinor = Number(section, "MinMinor", long.MaxValue),
            MaxMinor = Number(section, "MaxMinor", long.MaxValue),
            Merchants = Names(section.GetSection("Merchants")),
            Banks = Names(section.GetSection("Banks")),
        };
    }

    // One value stands for a list of one.
    private static EquatableArray<string> Names(IConfigurationSection section) =>
        section.Value is { Length: > 0 } one
            ? [one]
            : section.GetChildren().OrderBy(child => child.Key.Length).ThenBy(child => child.Key, StringComparer.Ordinal).Select(child => child.Value ?? "").ToEquatableArray();

    private static long? Number(IConfigurationSection section, string name, long most) => section[name] switch
    {
        null => null,
        { } text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most => number,
        { } text => throw new SettingException($"{section.Path}:{name} is '{text}': it must be a whole number, 0 or more."),
    };

    private static Uri Address(string? value, bool sandbox)
    {
        if (value is null) return StripeOptions.Production;
        return Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (sandbox && address.Scheme == Uri.UriSchemeHttp))
            ? address
            : throw new SettingException($"{StripeSection}:BaseAddress is '{value}': it must be an address such as {StripeOptions.Production}, and https in live mode.");
    }

    private static void OnlyKnown(IConfigurationSection section, params string[] names)
    {
        if (section.GetChildren().FirstOrDefault(child => !names.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } stranger)
        {
            throw new SettingException($"{stranger.Path} is no setting: there are {string.Join(", ", names)}.");
        }
    }
}
