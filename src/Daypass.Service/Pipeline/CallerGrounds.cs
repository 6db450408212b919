using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Tokens;

namespace Daypass.Service.Pipeline;

/// <summary>
/// What a caller's right to write rests on: its key, itself, its groups and the policies that hang on them. A commit expects all of them
/// as they were when the call was allowed, so whoever lost a right before the commit is asked again, and refused.
/// </summary>
internal static class CallerGrounds
{
    /// <summary>Empty when the caller is of another set than is written to: a commit can only rest on its own.</summary>
    public static IEnumerable<Expectation> In(SetId set, Caller caller)
    {
        if (set != SetId.Of(caller.Account))
            return [];
        var documents = caller.Home.Documents;
        return KeysOf(caller).Select(key => new Expectation(key, documents.RevisionOf(key)));
    }

    private static IEnumerable<DocumentKey> KeysOf(Caller caller)
    {
        if (KeyIdOf(caller) is { } keyId)
            yield return DocumentKinds.AccessKey.Key(keyId);
        if (caller.Role is { } role)
            yield return DocumentKinds.Role.KeyOf(role);
        foreach (var group in GroupsOf(caller))
            yield return DocumentKinds.Group.KeyOf(group);
        if (caller.User is { } user)
            yield return DocumentKinds.User.KeyOf(user);
        foreach (var arn in PolicyArnsOf(caller))
        {
            if (caller.Home.FindOwnPolicy(arn) is { } policy)
                yield return DocumentKinds.Policy.KeyOf(policy);
        }
    }

    // A user's session ends with the key that it was made with.
    private static string? KeyIdOf(Caller caller) => caller.Session switch
    {
        null => caller.AccessKeyId,
        { Kind: SessionKind.User or SessionKind.FederatedUser, Chain: [var first, ..] } => first.AccessKeyId,
        _ => null,
    };

    private static IEnumerable<Group> GroupsOf(Caller caller) => (caller.User?.Groups ?? []).Select(caller.Home.FindGroupById).OfType<Group>();

    private static IEnumerable<string> PolicyArnsOf(Caller caller)
    {
        IEnumerable<Policy> policies = [.. caller.Policies.Identity, .. caller.SessionPolicies ?? []];
        var attached = policies.Select(policy => policy.Arn).OfType<string>();
        return caller.Policies.Boundary?.Arn is { } boundary ? attached.Append(boundary).Distinct() : attached.Distinct();
    }
}
