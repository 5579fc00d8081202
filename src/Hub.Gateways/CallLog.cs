using Hub.Domain.Payments.Bank;
using Microsoft.Extensions.Logging;

namespace Hub.Gateways;

/// <summary>Tells what became of the calls to one bank. It names operations, references and outcomes; never an instrument.</summary>
/// <param name="gateway">The gateway's name.</param>
/// <param name="log">Where to.</param>
internal sealed partial class CallLog(string gateway, ILogger log)
{
    /// <summary>Logs an answer.</summary>
    /// <returns>The same answer.</returns>
    internal GatewayAnswer Told(BankOperationKind operation, string reference, GatewayAnswer answer)
    {
        switch (answer)
        {
            case GatewayAnswer.Unknown unknown: LogUnknown(gateway, operation, reference, unknown.Reason); break;
            case GatewayAnswer.NeverReached never: LogNeverReached(gateway, operation, reference, never.Reason); break;
            default: LogAnswered(gateway, operation, reference, answer.GetType().Name); break;
        }

        return answer;
    }

    /// <summary>Logs why the vault did not give what a call needs.</summary>
    internal void VaultFailed(string reference, Exception failure) => LogVaultFailed(gateway, reference, failure);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Gateway}: {Operation} {Reference}: the bank answered {Answer}")]
    private partial void LogAnswered(string gateway, BankOperationKind operation, string reference, string answer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Gateway}: {Operation} {Reference}: outcome unknown ({Reason})")]
    private partial void LogUnknown(string gateway, BankOperationKind operation, string reference, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Gateway}: {Operation} {Reference}: never reached the bank ({Reason})")]
    private partial void LogNeverReached(string gateway, BankOperationKind operation, string reference, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Gateway}: {Reference}: the vault did not give what the call needs")]
    private partial void LogVaultFailed(string gateway, string reference, Exception failure);
}
