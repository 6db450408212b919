namespace Daypass.Service.Directories;

/// <summary>A managed policy that hangs on a user, group or role in one project only, and since when.</summary>
/// <param name="Policy">The policy's ARN.</param>
/// <param name="Project">The project's id.</param>
/// <param name="Since">When it was bound.</param>
internal sealed record ScopedPolicy(string Policy, string Project, DateTimeOffset Since);

/// <summary>
/// All managed policies of one holder: those for everything, which are all that AWS's API can attach, and those for one project. A policy may be
/// bound to several projects, and beside that to everything.
/// </summary>
/// <param name="Attached">The ARNs of those for everything, in the order of attaching.</param>
/// <param name="Scoped">Those for one project; null for none.</param>
/// <param name="Since">When those of <paramref name="Attached"/> were attached, as far as it is known; null for none.</param>
internal sealed record PolicyBindings(IReadOnlyList<string> Attached, IReadOnlyList<ScopedPolicy>? Scoped, IReadOnlyDictionary<string, DateTimeOffset>? Since)
{
    /// <summary>What hangs on a holder.</summary>
    public static PolicyBindings Of(IPolicyHolder holder) => new(holder.Attached, holder.Scoped, holder.AttachedSince);

    /// <summary>The ARNs of all, each once: those for everything first.</summary>
    public IReadOnlyList<string> Policies => Scoped is null ? Attached : [.. Attached.Concat(Scoped.Select(each => each.Policy)).Distinct()];

    /// <summary>How many bindings there are, against the quota.</summary>
    public int Count => Attached.Count + (Scoped?.Count ?? 0);

    /// <summary>Whether a policy is bound in a project; null asks for everything.</summary>
    public bool Has(string policy, string? project) =>
        project is null ? Attached.Contains(policy) : Scoped?.Any(each => each.Policy == policy && each.Project == project) is true;

    /// <summary>With one binding more, to a project or (null) to everything.</summary>
    public PolicyBindings With(string policy, string? project, DateTimeOffset now) => project is null
        ? this with { Attached = [.. Attached, policy], Since = Dated([.. Since ?? NoDates, KeyValuePair.Create(policy, now)]) }
        : this with { Scoped = [.. Scoped ?? [], new ScopedPolicy(policy, project, now)] };

    /// <summary>Without one binding.</summary>
    public PolicyBindings Without(string policy, string? project) => project is null
        ? this with { Attached = [.. Attached.Where(each => each != policy)], Since = Dated([.. (Since ?? NoDates).Where(each => each.Key != policy)]) }
        : this with { Scoped = OrNone([.. (Scoped ?? []).Where(each => each.Policy != policy || each.Project != project)]) };

    /// <summary>Without any binding of a policy, to whichever project.</summary>
    public PolicyBindings WithoutAny(string policy) =>
        Without(policy, null) with { Scoped = OrNone([.. (Scoped ?? []).Where(each => each.Policy != policy)]) };

    /// <summary>Without any binding to a project.</summary>
    public PolicyBindings WithoutProject(string project) => this with { Scoped = OrNone([.. (Scoped ?? []).Where(each => each.Project != project)]) };

    private static readonly IReadOnlyDictionary<string, DateTimeOffset> NoDates = new Dictionary<string, DateTimeOffset>();

    private static Dictionary<string, DateTimeOffset>? Dated(List<KeyValuePair<string, DateTimeOffset>> dates) => dates.Count == 0 ? null : new(dates);

    private static ScopedPolicy[]? OrNone(ScopedPolicy[] scoped) => scoped.Length == 0 ? null : scoped;
}
