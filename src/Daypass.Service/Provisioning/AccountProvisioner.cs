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
    // A request takes three commits; the others are for what several nodes do at once.
    private const int MaxCommits = 32;

    /// <summary>The accounts that may manage an organization: one that an organization made is a member of it and manages none.</summary>
    public IReadOnlyList<AccountId> Candidates() =>
    [
        .. directories.Installation.Documents.All(DocumentKinds.Account).Where(account => account.ManagementAccount is null)
            .Select(account => AccountId.TryParse(account.Id, out var id) ? id : default).Where(id => id.IsSet),
    ];

    /// <summary>Finishes what one organization has in progress; false when that was nothing.</summary>
    public async Task<bool> RunOnceAsync(AccountId management, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(management, cancellationToken);
        if (directory?.Organization is null)
            return false;
        var pending = directory.Documents.All(DocumentKinds.CreateAccountRequest).Where(IsPending).OrderBy(request => request.Requested).ToList();
        foreach (var request in pending)
            await FinishAsync(management, request.Id, cancellationToken);
        return pending.Count > 0;
    }

    private async Task FinishAsync(AccountId management, string requestId, CancellationToken cancellationToken)
    {
        for (var commits = 0; commits < MaxCommits; commits++)
        {
            if (await PlanAsync(management, requestId, cancellationToken) is not { } plan)
                return;
            var made = plan.Registered is null ? null : await directories.GetAsync(plan.Account, cancellationToken);
            // After a conflict too: the sets are looked at again, and say what is left to do.
            await directories.CommitAsync(CommitOf(plan.Next(made, entropy)), cancellationToken);
        }
        throw new InvalidOperationException($"The request {requestId} of {management} was in the way of others for too long.");
    }

    private async Task<AccountPlan?> PlanAsync(AccountId management, string requestId, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(management, cancellationToken);
        var request = directory?.Documents.Find(DocumentKinds.CreateAccountRequest, requestId);
        return request is null || !IsPending(request) ? null : new AccountPlan(request, directory!.Organization!, directories.Installation, directory, Now());
    }

    private static bool IsPending(CreateAccountRequest request) => request.State == CreateAccountStates.InProgress;

    private Commit CommitOf(ProvisioningStep step) => new()
    {
        Id = Identifiers.Uuid(entropy),
        Set = step.Changes.Set,
        Reads = step.Changes.Reads,
        Puts = step.Changes.Puts,
        Audit = [step.Event],
    };

    // Policy time.
    private DateTimeOffset Now() => time.GetUtcNow() + directories.Installation.ClockOffset;
}
