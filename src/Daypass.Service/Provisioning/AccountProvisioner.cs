using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Provisioning;

/// <summary>
/// Carries out the CreateAccount requests that are in progress, each as a few commits (<see cref="AccountPlan"/>). Nothing is kept between
/// the commits but what they wrote, so a run that was cut off is simply run again, by any node. Called by: <see cref="ProvisioningJob"/>.
/// </summary>
internal sealed class AccountProvisioner(DirectoryCache directories, IEntropy entropy, TimeProvider time)
{
    // A request takes four commits; the others are for what several nodes do at once.
    private const int MaxCommits = 32;

    /// <summary>The ids of the requests in progress, the oldest first.</summary>
    public IReadOnlyList<string> Unfinished() =>
        [.. directories.Installation.Documents.All(DocumentKinds.CreateAccountRequest).OrderBy(request => request.Requested).Select(request => request.Id)];

    /// <summary>Finishes one request; false when there was nothing left to do.</summary>
    public async Task<bool> FinishAsync(string requestId, CancellationToken cancellationToken)
    {
        for (var commits = 0; commits < MaxCommits; commits++)
        {
            if (await PlanAsync(requestId, cancellationToken) is not { } plan)
                return commits > 0;
            var made = plan.Registered is null ? null : await directories.GetAsync(plan.Account, cancellationToken);
            // After a conflict too: the sets are looked at again, and say what is left to do.
            await directories.CommitAsync(CommitOf(plan.Next(made, entropy)), cancellationToken);
        }
        throw new InvalidOperationException($"The request {requestId} was in the way of others for too long.");
    }

    private async Task<AccountPlan?> PlanAsync(string requestId, CancellationToken cancellationToken)
    {
        // The installation first: what the management account's set says is then no older.
        var installation = directories.Installation;
        if (installation.Documents.Find(DocumentKinds.CreateAccountRequest, requestId) is not { } request || !AccountId.TryParse(request.ManagementAccount, out var management))
            return null;
        var directory = await directories.GetAsync(management, cancellationToken);
        return directory?.Organization is { } organization ? new AccountPlan(request, organization, installation, directory, Now()) : null;
    }

    private Commit CommitOf(ProvisioningStep step) => new()
    {
        Id = Identifiers.Uuid(entropy),
        Set = step.Changes.Set,
        Epoch = step.Changes.Epoch,
        Reads = step.Changes.Reads,
        Puts = step.Changes.Puts,
        Deletes = step.Changes.Deletes,
        Audit = step.Event is { } happened ? [happened] : [],
    };

    // Policy time.
    private DateTimeOffset Now() => time.GetUtcNow() + directories.Installation.ClockOffset;
}
