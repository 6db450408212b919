using Daypass.Policies.Conditions;
using Daypass.Policies.Matching;
using Daypass.Policies.Parsing;

namespace Daypass.Policies;

/// <summary>One compiled statement.</summary>
public sealed class Statement
{
    private readonly ActionPattern[] _actions;
    private readonly ResourcePattern[] _resources;
    private readonly Condition[] _conditions;
    private readonly PrincipalMatcher? _principals;
    private readonly bool _hasResourceElement;
    private readonly Range _raw;

    internal Statement(PolicySource source, StatementText written, bool variables, bool isUnderstood, IReadOnlyList<PrincipalPattern> principals, Condition[] conditions)
    {
        IsUnderstood = isUnderstood;
        Sid = written.Sid?.Text;
        IsDeny = written.Effect.Text == "Deny";
        Actions = written.TextsOf(written.Actions);
        IsNotAction = written.IsNotAction;
        Resources = written.TextsOf(written.Resources);
        IsNotResource = written.IsNotResource;
        Principals = principals;
        IsNotPrincipal = written.IsNotPrincipal;
        _actions = [.. Actions.Select(action => new ActionPattern(action))];
        _resources = [.. Resources.Select(resource => new ResourcePattern(resource, variables))];
        _conditions = conditions;
        _principals = written.Principal is null ? null : new PrincipalMatcher(principals);
        _hasResourceElement = written.Resource is not null;
        _raw = written.Item.Start..written.Item.End;
        Position = source.At(written.Item.Start);
        Start = source.At(BehindDelimiter(source.Text, written.Item.Start));
        End = source.At(written.Item.End);
    }

    /// <summary>The statement's id; it takes no part in decisions.</summary>
    public string? Sid { get; }

    /// <summary>
    /// Whether all of the statement was read; only <see cref="PolicyDocument.ReadStored(string, PolicyType)"/> takes others. Such an Allow never applies, and such
    /// a Deny applies to all that it may have meant.
    /// </summary>
    public bool IsUnderstood { get; }

    /// <summary>Whether the effect is Deny.</summary>
    public bool IsDeny { get; }

    /// <summary>Where the statement's brace opens.</summary>
    public TextPosition Position { get; }

    /// <summary>Just behind the bracket or comma before the statement, as AWS's simulator reports it; the brace of a lone statement.</summary>
    public TextPosition Start { get; }

    /// <summary>Just past the closing brace.</summary>
    public TextPosition End { get; }

    /// <summary>The entries of <c>Action</c> or <c>NotAction</c> as written.</summary>
    public IReadOnlyList<string> Actions { get; }

    /// <summary>Whether <see cref="Actions"/> are those the statement does not concern.</summary>
    public bool IsNotAction { get; }

    /// <summary>The entries of <c>Resource</c> or <c>NotResource</c> as written, URNs as the ARNs that they stand for; empty in trust policies.</summary>
    public IReadOnlyList<string> Resources { get; }

    /// <summary>Whether <see cref="Resources"/> are those the statement does not concern.</summary>
    public bool IsNotResource { get; }

    /// <summary>The entries of <c>Principal</c> or <c>NotPrincipal</c>.</summary>
    public IReadOnlyList<PrincipalPattern> Principals { get; }

    /// <summary>Whether <see cref="Principals"/> are those the statement does not concern.</summary>
    public bool IsNotPrincipal { get; }

    /// <summary>Every condition key in conditions and variables, in order of appearance, with repetitions.</summary>
    public IEnumerable<string> ContextKeys =>
        ResourceKeys.Concat(_conditions.SelectMany(condition => condition.Operands.Keys.Prepend(condition.Key)));

    /// <summary>The condition keys of variables in resources.</summary>
    internal IEnumerable<string> ResourceKeys => _resources.SelectMany(resource => resource.Keys);

    /// <summary>The conditions, all of which must be met.</summary>
    internal ReadOnlySpan<Condition> Conditions => _conditions;

    /// <summary>Where the statement itself stands in the text.</summary>
    internal Range Raw => _raw;

    /// <summary>The compiled entries of <see cref="Actions"/>.</summary>
    internal ReadOnlySpan<ActionPattern> ActionPatterns => _actions;

    /// <summary>The compiled entries of <see cref="Resources"/>.</summary>
    internal ReadOnlySpan<ResourcePattern> ResourcePatterns => _resources;

    /// <summary>Whether it says anything about resources; trust policies do not.</summary>
    internal bool HasResourceElement => _hasResourceElement;

    /// <summary>Whether actions of any service may fit.</summary>
    internal bool ConcernsAnyService => IsNotAction || Array.Exists(_actions, action => action.IsEverything);

    /// <summary>
    /// Whether action, resource and conditions fit: everything but the principal. The resource first: statements are found by action,
    /// so it is the resource that tells them apart.
    /// </summary>
    internal bool Concerns(in Subject subject) => IsResourceMatched(subject) && IsActionMatched(subject) && AreConditionsMet(subject.Context);

    /// <summary>Whether some action of a service, in lower case, may fit.</summary>
    internal bool ConcernsService(string service)
    {
        if (IsNotAction)
            return true;
        return Array.Exists(_actions, action => action.Concerns(service));
    }

    /// <summary>How a statement of a policy with principals names the caller. Without the element it names nobody.</summary>
    internal PrincipalMatch MatchPrincipal(in Subject subject, Policy policy)
    {
        if (_principals is null || IsOpenToFederation(subject.Caller, policy.Document.Type))
            return PrincipalMatch.None;
        return IsNotPrincipal ? MatchOthers(subject, policy) : _principals.Match(subject.Caller, policy.PrincipalBindings);
    }

    private PrincipalMatch MatchOthers(in Subject subject, Policy policy)
    {
        if (!IsDeny)
            return _principals!.Match(subject.Caller, policy.PrincipalBindings) == PrincipalMatch.None ? PolicyChoices.NotPrincipalAllowGrants : PrincipalMatch.None;
        var isSpared = _principals!.ListsEveryForm(subject.Caller, policy.PrincipalBindings)
            && !(subject.HasBoundary && PolicyChoices.NotPrincipalDeniesBoundedCallers);
        return isSpared ? PrincipalMatch.None : PrincipalMatch.Direct;
    }

    /// <summary>Whether this is an Allow that would trust every identity provider there is. RCPs grant nothing, so theirs are harmless.</summary>
    private bool IsOpenToFederation(Principal caller, PolicyType type) =>
        !IsDeny && type != PolicyType.ResourceControl && !PolicyChoices.AnyoneIncludesFederation
        && caller.IsFederated
        && (IsNotPrincipal || !_principals!.Names(caller));

    internal bool IsActionMatched(in Subject subject)
    {
        foreach (var pattern in _actions)
        {
            if (pattern.IsMatch(subject.Action, subject.Context))
                return !IsNotAction;
        }
        return IsNotAction;
    }

    internal bool IsResourceMatched(in Subject subject)
    {
        if (!_hasResourceElement)
            return true;
        foreach (var pattern in _resources)
        {
            if (pattern.IsMatch(subject.Resource, subject.Context))
                return !IsNotResource;
        }
        return IsNotResource && (PolicyChoices.UnresolvedNotResourceExcludesNothing || IsEveryVariableResolved(subject.Context));
    }

    private bool IsEveryVariableResolved(RequestContext context) => ResourceKeys.All(key => context.TryGet(key, out var value) && !value.IsList);

    private bool AreConditionsMet(RequestContext context)
    {
        foreach (var condition in _conditions)
        {
            if (!condition.IsMet(context))
                return false;
        }
        return true;
    }

    private static int BehindDelimiter(string text, int start)
    {
        var delimiter = text.AsSpan(0, start).LastIndexOfAnyExcept(" \t\r\n");
        return delimiter >= 0 && text[delimiter] is '[' or ',' ? delimiter + 1 : start;
    }
}
