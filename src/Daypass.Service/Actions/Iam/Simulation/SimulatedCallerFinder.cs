using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>
/// Finds out who the simulated caller is: whom <c>CallerArn</c> names, else whose policies are simulated, else nobody in particular. What is stored of it
/// counts only when it is the entity that the asker may look at; of any other caller there is nothing but the ARN.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="source">Whose policies are simulated; null for policies given as text.</param>
/// <param name="scene">The asker's account.</param>
internal sealed class SimulatedCallerFinder(SimulationRequest request, SourceEntity? source, Scene scene)
{
    private SimulationExtensions Extensions => request.Extensions;

    /// <summary>Along a chain the session policies are those of its last session, not of the caller that begins it.</summary>
    private bool IsSession => Extensions.SessionPolicies.Count > 0 && Extensions.Chain.Count == 0;

    /// <summary>Policies of resources name principals, so there must be one. A user is one itself; other entities act in somebody's name.</summary>
    private bool MustBeNamed =>
        (request.ResourcePolicy is not null && source?.Noun != "user" && Extensions.Chain.Count == 0) || (Extensions.TrustPolicy is not null && source is null);

    /// <exception cref="ApiException">InvalidInput: it is nobody who can be simulated, or somebody must be named and is not.</exception>
    public SimulatedCaller Find()
    {
        if (request.CallerArn is { } arn)
            return Provider(arn) ?? Of(SourceEntity.TryParse(arn) ?? throw Errors.InvalidInput("Invalid caller - Caller must be an IAM user, role or group in this context."));
        if (MustBeNamed)
            throw Errors.InvalidInput("Invalid caller - Caller cannot be null or empty. Set CallerArn.");
        return source is null ? SimulatedCaller.Some(scene.Caller.Account, IsSession) : Of(source);
    }

    private SimulatedCaller? Provider(string arn) => Extensions.TrustPolicy is null ? null : SimulatedCaller.OfProvider(arn);

    private SimulatedCaller Of(SourceEntity entity)
    {
        if (IsSession && entity.Noun != "role")
            throw Errors.InvalidInput("Invalid caller - SessionPolicyInputList needs a role, whose session is simulated.");
        var holder = entity.IsSameAs(source) ? entity.Find(scene.Home) : null;
        var caller = IsSession ? SimulatedCaller.OfSession(entity, holder, request.Extensions.SessionName) : SimulatedCaller.Of(entity, holder);
        return Extensions.UsesTags ? caller.WithTags(TagsOf(holder)) : caller;
    }

    private static IReadOnlyList<Tag> TagsOf(IPolicyHolder? holder) => holder switch { User user => user.Tags, Role role => role.Tags, _ => [] };
}
