namespace Daypass.AspNetCore.Leases;

/// <summary>Keeps the leases in use fresh, so that their callers never wait for Daypass.</summary>
internal sealed class LeaseRenewal(CredentialLeases leases, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            leases.Sweep();
    }
}
