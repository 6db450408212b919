using Daypass.Service.Usage;

namespace Daypass.Server.Jobs;

/// <summary>Writes last-used marks, and which certificates came, every ten seconds and at the end.</summary>
internal sealed class LastUsedJob(LastUsedMarks marks, SubjectRegister subjects, TimeProvider time) : IJob
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await FlushAsync(cancellationToken);
        }
        finally
        {
            await FlushAsync(CancellationToken.None);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await marks.FlushAsync(time.GetUtcNow(), cancellationToken);
        await subjects.FlushAsync(cancellationToken);
    }
}
