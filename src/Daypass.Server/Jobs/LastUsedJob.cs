using Daypass.Service.Usage;

namespace Daypass.Server.Jobs;

/// <summary>Writes last-used marks every ten seconds, and at the end.</summary>
internal sealed class LastUsedJob(LastUsedMarks marks, TimeProvider time) : IJob
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await marks.FlushAsync(time.GetUtcNow(), cancellationToken);
        }
        finally
        {
            await marks.FlushAsync(time.GetUtcNow(), CancellationToken.None);
        }
    }
}
