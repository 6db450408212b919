using Daypass.Service.Audit;
using Daypass.Service.Federation.Oidc;
using Daypass.Service.Federation.Preview;
using Daypass.Service.Keys;
using Daypass.Service.Stores;
using Daypass.Service.Usage;

namespace Daypass.Service.Pipeline;

/// <summary>
/// What an allowed call looks at beside the directories: each an action's own wish, and most have none. Comes after the decision, so nobody makes
/// the store look for what they may not see. Called by: the pipeline, between Ask and Run.
/// </summary>
internal sealed class Gathering(ITrailReader trail, ITrailArchive archive, INodeRegistry nodes, LastUsedMarks usage, SubjectRegister subjects, IssuerKeys issuers, Vault vault, TimeProvider time)
{
    /// <summary>The scene with all that the call wishes to see.</summary>
    /// <param name="patience">How long last uses and certificates may take to be found.</param>
    /// <exception cref="ApiException">The store did not answer in that time.</exception>
    public async ValueTask<Scene> AddAsync(ActionCall call, Scene scene, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (call.Search(scene) is { } query)
            scene = scene with { Trail = await trail.FindAsync(query, cancellationToken) };
        if (call.Fetch(scene) is { } wanted)
            scene = scene with { Archive = await archive.ReadAsync(wanted, cancellationToken) };
        if (call.Traces is { } eventId)
            scene = scene with { Chain = await trail.TraceAsync(scene.Caller.Account, eventId, cancellationToken) };
        if (scene.Request.Action.LooksAtNodes)
            scene = scene with { Nodes = await nodes.LookAsync(cancellationToken) };
        if (call.AsksIssuer(scene) is { } question)
            scene = scene with { IssuerAnswer = await IssuerAnswer.AskAsync(issuers, question) };
        foreach (var purpose in call.SignsWith(scene))
            await vault.PrepareToSignAsync(purpose, cancellationToken);
        if (call.LastUsedOf(scene) is { } usedId)
            scene = scene with { LastUsed = await PatientlyAsync(usage.FindAsync(usedId, cancellationToken), patience, cancellationToken) };
        if (call.SightingsOf(scene) is { } sought)
            scene = scene with { Sightings = await PatientlyAsync(subjects.FindAsync(sought, cancellationToken), patience, cancellationToken) };
        return scene;
    }

    private async ValueTask<T> PatientlyAsync<T>(ValueTask<T> search, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await search.AsTask().WaitAsync(patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Errors.StoreAway();
        }
    }
}
