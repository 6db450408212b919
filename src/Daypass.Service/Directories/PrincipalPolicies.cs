using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Directories;

/// <summary>The policies that hang on a user (its own and its groups') or on a role, compiled.</summary>
internal sealed record PrincipalPolicies(IReadOnlyList<Policy> Identity, Policy? Boundary)
{
    public static readonly PrincipalPolicies Empty = new([], null);

    public static PrincipalPolicies Of(User user, AccountDirectory directory) => new(IdentityOf(user, directory), BoundaryOf(user.Boundary, directory));

    public static PrincipalPolicies Of(Role role, AccountDirectory directory) => new(IdentityOf(role, directory), BoundaryOf(role.Boundary, directory));

    /// <summary>The identity policies of a user, group or role with whom each hangs on: a user has those of its groups, too.</summary>
    public static IEnumerable<HeldPolicy> HeldBy(IPolicyHolder holder, AccountDirectory directory) =>
        HoldersFor(holder, directory).SelectMany(each => OfHolder(each, directory), (each, policy) => new HeldPolicy(each, policy));

    /// <summary>The boundary of this ARN, or null for none.</summary>
    public static Policy? BoundaryOf(string? arn, AccountDirectory directory) => arn is null ? null : Attached(arn, directory, PolicyType.Boundary);

    /// <summary>A managed policy as the document of its default version.</summary>
    public static Policy Managed(ManagedPolicy policy, string arn, PolicyType type) => 
        new(CompiledPolicies.Get(policy.Default.Document, type, policy.Default.Syntax), arn, arn);

    private static IReadOnlyList<Policy> IdentityOf(IPolicyHolder holder, AccountDirectory directory) => [.. HeldBy(holder, directory).Select(held => held.Policy)];

    private static IEnumerable<IPolicyHolder> HoldersFor(IPolicyHolder holder, AccountDirectory directory) =>
        holder is User user ? [user, .. user.Groups.Select(directory.FindGroupById).OfType<Group>()] : [holder];

    private static IEnumerable<Policy> OfHolder(IPolicyHolder holder, AccountDirectory directory)
    {
        foreach (var inline in holder.Inline)
            yield return new Policy(CompiledPolicies.Get(inline.Document, PolicyType.Identity, inline.Syntax), inline.Name, null);
        foreach (var arn in holder.Attached)
            yield return Attached(arn, directory, PolicyType.Identity);
        foreach (var scoped in holder.Scoped ?? [])
            yield return InProject(Attached(scoped.Policy, directory, PolicyType.Identity), scoped.Project);
    }

    private static Policy InProject(Policy policy, string project) => policy with { Document = CompiledPolicies.InProject(policy.Document, project) };

    // A policy cannot be deleted while it is attached, so one that is missing means a damaged store: never decide without it.
    private static Policy Attached(string arn, AccountDirectory directory, PolicyType type) =>
        directory.FindPolicy(arn) is { } policy ? Managed(policy, arn, type) : new(CompiledPolicies.Get("", type, null), arn, arn);
}

/// <summary>An identity policy and whom it hangs on.</summary>
internal readonly record struct HeldPolicy(IPolicyHolder Holder, Policy Policy);

/// <summary>Parsed policy documents by their text, shared by all snapshots that hold the same text and dropped with it.</summary>
internal static class CompiledPolicies
{
    private static readonly ConditionalWeakTable<string, PolicyDocument> Identity = [];
    private static readonly ConditionalWeakTable<string, PolicyDocument> Boundaries = [];
    private static readonly ConditionalWeakTable<TrustPolicy, Policy> Trusts = [];

    /// <summary>The same texts may be there in more than one syntax.</summary>
    private static readonly ConditionalWeakTable<string, ConcurrentDictionary<(PolicyType Type, string Syntax), PolicyDocument>> OfOtherSyntaxes = [];

    private static readonly ConditionalWeakTable<PolicyDocument, ConcurrentDictionary<string, PolicyDocument>> OfProjects = [];

    /// <summary>
    /// The compiled form of a text that was checked when it was written. Rules may have changed since, and stores get damaged: what is not
    /// understood is closed, and <see cref="DamagedPolicies"/> says so.
    /// </summary>
    public static PolicyDocument Get(string text, PolicyType type, string? syntax) => syntax is null
        ? Get(text, type)
        : OfOtherSyntaxes.GetOrCreateValue(text).GetOrAdd((type, syntax), static (key, text) => PolicyDocument.ReadStored(text, key.Type, key.Syntax), text);

    /// <summary>A document as a binding to one project has it. Kept for as long as the document is.</summary>
    public static PolicyDocument InProject(PolicyDocument document, string project) =>
        OfProjects.GetOrCreateValue(document).GetOrAdd(project, static (project, document) => document.InProject(project), document);

    public static Policy Trust(TrustPolicy trust) => Trusts.GetValue(
        trust, static trust => new Policy(PolicyDocument.ReadStored(trust.Document, PolicyType.Trust, trust.Syntax), "trust policy", null, trust.Bindings));

    private static PolicyDocument Get(string text, PolicyType type) => type == PolicyType.Boundary
        ? Boundaries.GetValue(text, static text => PolicyDocument.ReadStored(text, PolicyType.Boundary))
        : Identity.GetValue(text, static text => PolicyDocument.ReadStored(text, PolicyType.Identity));
}
