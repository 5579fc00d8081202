using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.Domain.Merchants;
using Hub.Sandbox;

namespace Hub.Silo;

/// <summary>Makes the sandbox's demo merchant, its key and two members of staff; a start that finds them changes nothing.</summary>
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
        await HireAsync(SandboxKeys.StaffEmail, [StaffRole.Support, StaffRole.Supervisor, StaffRole.Finance], cancellationToken);
        await HireAsync(SandboxKeys.ColleagueEmail, [StaffRole.Support, StaffRole.Finance], cancellationToken);
    }

    private async Task HireAsync(string email, StaffRole[] roles, CancellationToken cancel)
    {
        if (staff.Find(email) is not null) return;
        await staff.CreateAsync(new NewStaff(email, SandboxKeys.StaffPassword, [.. roles], [MerchantId], SandboxKeys.StaffTotpKey), cancel);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
