using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>
/// Roles of the account that are assumed one after the other, each with the session before it, as live calls of AssumeRole would: by the caller's
/// own policies and the role's stored trust policy, with the tags that all of them have.
/// </summary>
internal static class RoleChain
{
    private const int MaxRoles = 20;

    public static IReadOnlyList<string> Read(Parameters wire) => wire.Texts("RoleChain", TextRules.Arn, MaxRoles);

    /// <exception cref="ApiException">InvalidInput: one is no role of the account.</exception>
    public static IReadOnlyList<SourceEntity> Parse(IReadOnlyList<string> arns, Scene scene)
    {
        SourceEntity[] roles = [.. arns.Select(SourceEntity.Parse)];
        return roles.FirstOrDefault(role => role.Noun != "role" || role.Account != scene.Caller.Account) is { } odd
            ? throw Errors.InvalidInput($"RoleChain takes roles of your own account only, and {odd.Arn} is none.")
            : roles;
    }

    /// <summary>Walks along the chain until it is refused or at its end.</summary>
    /// <param name="start">The caller that assumes the first role.</param>
    /// <param name="roles">At least one.</param>
    /// <param name="request">Its session policies are those of the last session; <see cref="ChainContext"/> says where its context entries count.</param>
    /// <param name="home">The account.</param>
    public static ChainWalk Walk(Simulation start, IReadOnlyList<SourceEntity> roles, SimulationRequest request, AccountDirectory home)
    {
        var (links, name) = (new List<ChainLink>(), request.Extensions.SessionName);
        var at = start with { Context = ContextEntries.On(ChainContext.OfSteps(request.Context), start.Caller.Keys) };
        foreach (var entity in roles)
        {
            var role = entity.RequireRole(home);
            var arn = role.ArnIn(home.Account).ToString();
            var question = StoredTrust.QuestionOf("sts:AssumeRole", arn, home.Account, role, name, request.Given("sts:ExternalId"), request.Given("sts:SourceIdentity"));
            var link = new ChainLink(arn, [.. question.Permissions.Select(at.Ask)]);
            links.Add(link);
            if (!link.IsAllowed)
                return new ChainWalk(links, null);
            at = SessionOf(entity, role, start, request, home, isLast: links.Count == roles.Count);
        }
        return new ChainWalk(links, at);
    }

    private static Simulation SessionOf(SourceEntity entity, Role role, Simulation start, SimulationRequest request, AccountDirectory home, bool isLast)
    {
        var own = SimulatedPolicies.Of(role, home);
        var caller = SimulatedCaller.OfSession(entity, role, request.Extensions.SessionName).WithTags(role.Tags);
        if (request.Given("sts:SourceIdentity") is { } identity)
            caller.Keys.Set("aws:SourceIdentity", identity);
        return start with
        {
            Caller = caller,
            Context = ContextEntries.On(isLast ? ChainContext.OfTheEnd(request.Context) : ChainContext.OfSteps(request.Context), caller.Keys),
            Policies = new PolicySet { Identity = own.Identity, Boundary = own.Boundary, Session = isLast ? SimulationSetup.SessionPoliciesOf(request) : null },
        };
    }
}

/// <summary>How far a chain led.</summary>
/// <param name="Links">One per role, up to the first that was refused.</param>
/// <param name="Session">The simulation as a session of the last role; null when a role was refused.</param>
internal sealed record ChainWalk(IReadOnlyList<ChainLink> Links, Simulation? Session)
{
    /// <summary>The question put to the last session; when there is none, the refusal of the role that broke the chain is the answer to all.</summary>
    public Verdict Ask(string action, string resource) => Session?.Ask(action, resource) ?? Links[^1].Decisive with { Resource = resource };
}

/// <summary>One step: may the role be assumed? What the session carries may take further permissions, and all must be granted.</summary>
internal sealed record ChainLink(string RoleArn, IReadOnlyList<Verdict> Verdicts) : IShape
{
    public Verdict Decisive => Verdicts.MaxBy(verdict => verdict.Ruling)!;

    public bool IsAllowed => Decisive.Ruling == Ruling.Allowed;

    public void Write(ShapeWriter writer)
    {
        writer.Text("RoleArn", RoleArn);
        writer.Text("EvalActionName", Decisive.Trace.Request.Action);
        writer.Text("EvalDecision", Decisive.Ruling.Text());
        writer.List("MatchedStatements", Decisive.Matched);
        writer.TextList("MissingContextValues", Decisive.MissingKeys);
        writer.Text("Explanation", Decisive.Explanation);
    }
}
