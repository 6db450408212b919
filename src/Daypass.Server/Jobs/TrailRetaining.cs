using Daypass.Service.Audit;

namespace Daypass.Server.Jobs;

/// <summary>Removes what of the trail is older than it has to be kept. Looks often, as policy time can be moved.</summary>
internal sealed class TrailRetaining(TrailRetention retention, TimeProvider time) : IJob
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
            await retention.RunAsync(cancellationToken);
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
