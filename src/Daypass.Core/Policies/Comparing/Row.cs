using Daypass.Policies.Conditions;
using Daypass.Policies.Matching;

namespace Daypass.Policies.Comparing;

/// <summary>
/// One set of requests in a question: those that a statement is about, or those of an access pattern. The engine's own compiled patterns and
/// conditions say which these are.
/// </summary>
internal sealed class Row
{
    private readonly Statement? _statement;
    private readonly Policy? _policy;
    private readonly bool _isNotAction;
    private readonly bool _isNotResource;

    public Row(Statement statement, Policy policy)
    {
        _statement = statement;
        _policy = policy;
        Actions = statement.ActionPatterns.ToArray();
        Resources = statement.HasResourceElement ? statement.ResourcePatterns.ToArray() : null;
        ResourceTexts = statement.Resources;
        ActionTexts = statement.Actions;
        (_isNotAction, _isNotResource) = (statement.IsNotAction, statement.IsNotResource);
        Conditions = statement.Conditions.ToArray();
        HasVariables = policy.Document.Version == PolicyDocument.Version2012;
    }

    public Row(AccessPattern access)
    {
        Actions = access.Actions.Count == 0 ? [new("*")] : [.. access.Actions.Select(action => new ActionPattern(action))];
        Resources = access.Resources.Count == 0 ? null : [.. access.Resources.Select(resource => new ResourcePattern(resource, variables: false))];
        (ActionTexts, ResourceTexts) = (access.Actions, access.Resources);
    }

    public ActionPattern[] Actions { get; }

    /// <summary>Null for all resources.</summary>
    public ResourcePattern[]? Resources { get; }

    public IReadOnlyList<string> ActionTexts { get; }

    public IReadOnlyList<string> ResourceTexts { get; }

    public Condition[] Conditions { get; } = [];

    /// <summary>Whether the version has variables.</summary>
    public bool HasVariables { get; }

    public bool IsDeny => _statement is { IsDeny: true };

    public string? Sid => _statement?.Sid;

    public IReadOnlyList<PrincipalPattern> Principals => _statement?.Principals ?? [];

    /// <summary>The condition keys of its variables.</summary>
    public IEnumerable<string> VariableKeys =>
        (Resources ?? []).SelectMany(resource => resource.Keys).Concat(Conditions.SelectMany(condition => condition.Operands.Keys));

    /// <summary>Whether what it is about depends on variables, those included that can have no value.</summary>
    public bool UsesVariables =>
        (Resources ?? []).Any(resource => resource.HasVariables) || Conditions.Any(condition => KeyFamily.Of(condition).OpaqueTexts(condition, HasVariables).Any());

    /// <summary>Whether it is about an action, in lower case.</summary>
    public bool IsAbout(string action, RequestContext context) => _isNotAction != Array.Exists(Actions, pattern => pattern.IsMatch(action, context));

    /// <summary>Whether it is about a resource, if some pattern is known to match it or not and the others are as the engine says.</summary>
    public bool IsAboutResource(string resource, Func<ResourcePattern, bool?> known, RequestContext context)
    {
        if (Resources is null)
            return true;
        var isMatched = Array.Exists(Resources, pattern => known(pattern) ?? pattern.IsMatch(new ArnFields(resource), context));
        return _isNotResource != isMatched;
    }

    /// <summary>Whether it is about a caller; an access pattern is about all.</summary>
    public bool IsAbout(Principal caller)
    {
        if (_statement is null)
            return true;
        var request = new AccessRequest(caller, "", "*", default, new RequestContext(null, 0));
        return _statement.MatchPrincipal(new Subject(request, "", hasBoundary: false), _policy!) != PrincipalMatch.None;
    }
}
