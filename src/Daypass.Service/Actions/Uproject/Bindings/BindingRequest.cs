using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Attachments;
using Daypass.Service.Actions.Iam.Policies;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Bindings;

/// <summary>
/// A holder and the policies to be bound to it or taken from it, all or none: for everything, or for one project. It asks for what AWS's API asks
/// for, once for each policy.
/// </summary>
internal sealed record BindingRequest(string Name, IReadOnlyList<string> Policies, string? Project)
{
    private const int MostPolicies = 20;

    /// <summary>What the examples of that cloud say for everything.</summary>
    private const string All = "All";

    public static BindingRequest Read<T>(HolderKind<T> kind, Parameters wire)
        where T : class, IPolicyHolder
    {
        var (name, policies) = (kind.ReadName(wire), SceneNames.ReadPolicies(wire, "PolicyURNs", MostPolicies));
        return new BindingRequest(name, policies, ReadProject(wire, wire.RequiredWord("Scope", PolicyScopes.Specified, PolicyScopes.Unspecified, All)));
    }

    public Question Ask<T>(HolderKind<T> kind, Scene scene, string action)
        where T : class, IPolicyHolder =>
        new([.. Policies.Select(policy => new AttachmentRequest(Name, policy).Ask(kind, scene, action))]);

    public IEnumerable<AuditResource> Resources<T>(HolderKind<T> kind, Scene scene)
        where T : class, IPolicyHolder =>
        [kind.Resource(scene, Name), .. Policies.Select(PolicyTarget.Resource)];

    // A project beside "everything" would be passed over, and so would be what the caller meant to limit.
    private static string? ReadProject(Parameters wire, string scope)
    {
        var project = wire.Text("ProjectID", UprojectRules.ProjectId);
        if (scope == PolicyScopes.Specified && project is null)
            wire.Missing("ProjectID");
        if (scope != PolicyScopes.Specified && project is not null)
            wire.Violate(project, "ProjectID", $"Member must be absent when Scope is not {PolicyScopes.Specified}");
        return project;
    }
}
