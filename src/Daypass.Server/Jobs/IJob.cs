namespace Daypass.Server.Jobs;

/// <summary>Work that goes on beside the requests until the server stops.</summary>
internal interface IJob
{
    Task RunAsync(CancellationToken cancellationToken);
}
