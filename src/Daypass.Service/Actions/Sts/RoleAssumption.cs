using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Sts;

/// <summary>
/// What must be allowed for a role to be assumed: the action itself, and one permission more for each thing that the session will carry
/// beyond it. Each is asked of the caller's policies and of the role's trust policy, with all keys of the call.
/// </summary>
/// <param name="Role">Null when there is none; the answer is then the same as of one that may not be assumed.</param>
internal sealed record RoleAssumption(string RoleArn, AccountId Owner, Role? Role, string SessionName)
{
    public SessionTagRequest Tags { get; init; } = SessionTagRequest.None;

    public required SessionTags Inherited { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>Passed or inherited: either way the role must let it be set.</summary>
    public string? SourceIdentity { get; init; }

    public required ProvidedContexts Contexts { get; init; }

    public Question Ask(string action)
    {
        IReadOnlyList<Policy> trust = Role is null ? [] : [AccountDirectory.TrustOf(Role)];
        IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> lists = [.. ListKeys()];
        IEnumerable<Permission> With(IReadOnlyList<KeyValuePair<string, string>> keys) => Actions(action).Select(each => new Permission(each, RoleArn, Owner)
        {
            Keys = keys,
            ListKeys = lists,
            ResourcePolicies = trust,
            IsTrust = true,
            ExplainsDenial = false,
        });
        return new Question(SpokenOver().Any() ? [.. With([.. Keys()]), .. With([.. Keys(), .. SpokenOver()])] : [.. With([.. Keys()])]);
    }

    /// <summary>
    /// In AWS an inherited tag stands for the role's own of that key when the trust policy is evaluated (IAM guide, "Chaining roles with session
    /// tags"). In the caller's own policies that would let it say of any role that it is one it may assume. So both must be allowed:
    /// the role as it is, and the role as the inherited tags have it.
    /// </summary>
    private IEnumerable<KeyValuePair<string, string>> SpokenOver()
    {
        foreach (var tag in Role?.Tags ?? [])
        {
            if (Inherited.TryGet(tag.Key, out var value) && value != tag.Value)
                yield return KeyValuePair.Create("aws:ResourceTag/" + tag.Key, value);
        }
    }

    private IEnumerable<string> Actions(string action)
    {
        yield return action;
        if (Tags.Tags.Count > 0 || Inherited.All.Count > 0)
            yield return "sts:TagSession";
        if (SourceIdentity is not null)
            yield return "sts:SetSourceIdentity";
        if (!Contexts.IsEmpty)
            yield return "sts:SetContext";
    }

    private IEnumerable<KeyValuePair<string, string>> Keys()
    {
        yield return KeyValuePair.Create("sts:RoleSessionName", SessionName);
        if (ExternalId is not null)
            yield return KeyValuePair.Create("sts:ExternalId", ExternalId);
        if (SourceIdentity is not null)
            yield return KeyValuePair.Create("sts:SourceIdentity", SourceIdentity);
        foreach (var tag in Tags.Tags)
            yield return KeyValuePair.Create("aws:RequestTag/" + tag.Key, tag.Value);
        foreach (var tag in Role?.Tags ?? [])
        {
            yield return KeyValuePair.Create("aws:ResourceTag/" + tag.Key, tag.Value);
            yield return KeyValuePair.Create("iam:ResourceTag/" + tag.Key, tag.Value);
        }
    }

    private IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> ListKeys()
    {
        if (Tags.Tags.Count > 0)
            yield return KeyValuePair.Create<string, IReadOnlyList<string>>("aws:TagKeys", [.. Tags.Tags.Select(tag => tag.Key)]);
        if (Tags.TransitiveKeys.Count > 0)
            yield return KeyValuePair.Create("sts:TransitiveTagKeys", Tags.TransitiveKeys);
        if (!Contexts.IsEmpty)
            yield return KeyValuePair.Create("sts:RequestContextProviders", Contexts.Providers);
    }
}
