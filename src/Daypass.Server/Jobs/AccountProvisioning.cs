using Daypass.Service.Provisioning;

namespace Daypass.Server.Jobs;

/// <summary>Carries out what CreateAccount planned.</summary>
internal sealed class AccountProvisioning(ProvisioningJob job) : IJob
{
    public Task RunAsync(CancellationToken cancellationToken) => job.RunAsync(cancellationToken);
}
