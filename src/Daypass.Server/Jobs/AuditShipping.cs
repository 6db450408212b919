using Daypass.Service.Audit;

namespace Daypass.Server.Jobs;

/// <summary>Brings the journal's events to the store.</summary>
internal sealed class AuditShipping(AuditShipper shipper) : IJob
{
    public Task RunAsync(CancellationToken cancellationToken) => shipper.RunAsync(cancellationToken);
}
