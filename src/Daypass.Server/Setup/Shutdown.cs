using Daypass.Server.Health;

namespace Daypass.Server.Setup;

/// <summary>
/// The end of a server: first it says that it is not ready, so that a load balancer sends nothing new, and goes on answering for the drain
/// delay; then it takes no more connections and finishes what it has begun.
/// </summary>
internal static class Shutdown
{
    public static async Task WaitAsync(WebApplication app, HealthEndpoint health, ServerOptions options)
    {
        health.BeginServing();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = app.Lifetime.ApplicationStopping.Register(() => asked.TrySetResult());
        await asked.Task;
        health.BeginStopping();
        Log.Stopping(app.Logger, options.DrainDelay);
        await Task.Delay(options.DrainDelay, CancellationToken.None);
        await app.StopAsync(CancellationToken.None);
    }
}
