using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Uproject.Bindings;

/// <summary>One policy on one holder: for everything, or for one project.</summary>
/// <param name="Policy">The policy's ARN.</param>
/// <param name="Project">The project's id; null for everything.</param>
/// <param name="Since">Since when, where it is known.</param>
internal readonly record struct Binding(string Policy, string? Project, DateTimeOffset? Since)
{
    public string Scope => Project is null ? PolicyScopes.Unspecified : PolicyScopes.Specified;

    /// <summary>All of a holder's: those for everything first, in the order of binding.</summary>
    public static IEnumerable<Binding> Of(IPolicyHolder holder) =>
        holder.Attached.Select(policy => new Binding(policy, null, holder.AttachedSince is { } since && since.TryGetValue(policy, out var at) ? at : null))
            .Concat((holder.Scoped ?? []).Select(scoped => new Binding(scoped.Policy, scoped.Project, scoped.Since)));
}
