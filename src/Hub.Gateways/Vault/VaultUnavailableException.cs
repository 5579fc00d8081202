using Hub.Actors;

namespace Hub.Gateways.Vault;

/// <summary>The vault could not read, or could not make a change durable; try again later.</summary>
public sealed class VaultUnavailableException(string message, Exception? inner = null) : JournalUnavailableException(message, inner);

/// <summary>The vault and its master key do not fit, or one of them is missing: a setting to mend, in one line.</summary>
public sealed class VaultConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
