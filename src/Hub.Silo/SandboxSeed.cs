using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.Domain.Merchants;
using Hub.Sandbox;

namespace Hub.Silo;

/// <summary>Makes the sandbox's demo merchant, its key and a member of staff; a start that finds them changes nothing.</summary>
internal sealed class SandboxSeed(IActors actors, ICredentials credentials, StaffDirectory staff) : IHostedService
{
    /// <summary>The demo merchant.</summary>
    internal const string MerchantId = "mer_00000000000000000000acme00";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await actors.SendAsync(
            HubKinds.Merchant[MerchantId],
            new Envelope("seed:merchant", new MerchantCommand.Register(MerchantId, SandboxKeys.DemoMerchantName)),
            cancellationToken);
        await credentials.SeedAsync(SandboxKeys.DemoMerchantApiKey, NewCredential.ApiKey(MerchantId), cancellationToken);
        if (staff.Find(SandboxKeys.StaffEmail) is null)
        {
            await staff.CreateAsync(
                new NewStaff(
                    SandboxKeys.StaffEmail,
                    SandboxKeys.StaffPassword,
                    [StaffRole.Support, StaffRole.Supervisor, StaffRole.Finance],
                    [MerchantId],
                    SandboxKeys.StaffTotpKey),
                cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
