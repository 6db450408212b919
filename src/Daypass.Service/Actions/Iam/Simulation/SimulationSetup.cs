using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>Turns the parameters that both Simulate actions share into a simulation.</summary>
internal static class SimulationSetup
{
    /// <summary>The simulation of a request; <paramref name="policies"/> has what is the caller's.</summary>
    /// <exception cref="ApiException">InvalidInput.</exception>
    public static Simulation Of(SimulationRequest request, PolicySet policies, SimulatedCaller caller)
    {
        var extensions = request.Extensions;
        var trust = extensions.TrustPolicy is { } text ? new Trusted(InputPolicies.Parse(text, PolicyType.Trust, "TrustPolicy", "Trust policy input"), []) : null;
        return new Simulation
        {
            Caller = caller,
            Context = ContextEntries.On(request.Context, caller.Keys),
            Policies = extensions.SessionPolicies.Count == 0 ? policies : policies with { Session = InputPolicies.Parse(extensions.SessionPolicies, "SessionPolicyInputList") },
            ResourcePolicy = request.ResourcePolicy is { } document ? InputPolicies.Parse(document, PolicyType.Resource, "ResourcePolicy", "Resource policy input") : null,
            Owner = request.ParseOwner(),
            Trust = trust is null ? null : _ => trust,
            Explains = extensions.Explains,
        };
    }

    /// <summary>The caller: whom <c>CallerArn</c> names, else whose policies are simulated, else nobody in particular.</summary>
    /// <param name="request">The request.</param>
    /// <param name="source">Whose policies are simulated; null for policies given as text.</param>
    /// <param name="scene">The caller's own account knows its entities' ids.</param>
    /// <exception cref="ApiException">InvalidInput: it is nobody who can be simulated, or somebody must be named and is not.</exception>
    public static SimulatedCaller CallerOf(SimulationRequest request, SourceEntity? source, Scene scene)
    {
        var isSession = request.Extensions.SessionPolicies.Count > 0;
        if (request.CallerArn is null)
        {
            // A resource's policy names principals, so there must be one; a user is one itself, other entities act in somebody's name.
            if ((request.ResourcePolicy is not null && source?.Noun != "user") || (request.Extensions.TrustPolicy is not null && source is null))
                throw Errors.InvalidInput("Invalid caller - Caller cannot be null or empty. Set CallerArn.");
            if (source is null)
                return SimulatedCaller.Some(scene.Caller.Account, isSession);
        }
        else if (request.Extensions.TrustPolicy is not null && SimulatedCaller.OfProvider(request.CallerArn) is { } bearer)
        {
            return bearer;
        }
        var entity = request.CallerArn is null ? source! : SourceEntity.TryParse(request.CallerArn)
            ?? throw Errors.InvalidInput("Invalid caller - Caller must be an IAM user, role or group in this context.");
        return Of(entity, entity.Find(scene.Home), isSession, request);
    }

    private static SimulatedCaller Of(SourceEntity entity, IPolicyHolder? holder, bool isSession, SimulationRequest request)
    {
        if (!isSession)
            return SimulatedCaller.Of(entity, holder);
        return entity.Noun == "role"
            ? SimulatedCaller.OfSession(entity, holder, SessionNameOf(request))
            : throw Errors.InvalidInput("Invalid caller - SessionPolicyInputList needs a role, whose session is simulated.");
    }

    /// <summary>The name that the session is to have, by the key under which trust policies see it.</summary>
    public static string SessionNameOf(SimulationRequest request) =>
        request.Context.FirstOrDefault(entry => entry.Key.Equals("sts:RoleSessionName", StringComparison.OrdinalIgnoreCase)) is { IsList: false, Values: [var name] }
            ? name
            : SimulationForm.SessionName;
}
