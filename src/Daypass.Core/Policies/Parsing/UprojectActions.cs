using System.Collections.Frozen;
using Daypass.Policies.Matching;

namespace Daypass.Policies.Parsing;

/// <summary>
/// One permission for one operation, whichever of the two APIs is called: where AWS has the operation, its name is what is asked for. Here are
/// the names that only uproject has, each with those of AWS's that it stands for. A document that says one of them means both, so a Deny written
/// in either syntax holds in both. What AWS does not have at all (projects) keeps its own name and is not here.
/// </summary>
internal static class UprojectActions
{
    private const string Service = "iam:";

    private static readonly FrozenDictionary<string, string[]> ByName = new Dictionary<string, string[]>
    {
        ["CreateIAMPolicy"] = ["CreatePolicy"],
        ["GetIAMPolicy"] = ["GetPolicy", "GetPolicyVersion"],
        ["UpdateIAMPolicy"] = ["CreatePolicyVersion", "SetDefaultPolicyVersion", "DeletePolicyVersion"],
        ["DeleteIAMPolicy"] = ["DeletePolicy", "DeletePolicyVersion"],
        ["AttachPoliciesToUser"] = ["AttachUserPolicy"],
        ["AttachPoliciesToGroup"] = ["AttachGroupPolicy"],
        ["AttachPoliciesToRole"] = ["AttachRolePolicy"],
        ["DetachPoliciesFromUser"] = ["DetachUserPolicy"],
        ["DetachPoliciesFromGroup"] = ["DetachGroupPolicy"],
        ["DetachPoliciesFromRole"] = ["DetachRolePolicy"],
        ["ListPoliciesForUser"] = ["ListAttachedUserPolicies"],
        ["ListPoliciesForGroup"] = ["ListAttachedGroupPolicies"],
        ["ListPoliciesForRole"] = ["ListAttachedRolePolicies"],
        ["ListUsersForGroup"] = ["GetGroup"],
        ["GetUserMFAInfo"] = ["ListMFADevices"],
    }.ToFrozenDictionary(pair => ActionPattern.Lower(Service + pair.Key), pair => pair.Value.Select(name => Service + name).ToArray(), StringComparer.Ordinal);

    /// <summary>The names that only uproject has, in lower case, with what they stand for.</summary>
    public static IEnumerable<KeyValuePair<string, string[]>> All => ByName;

    /// <summary>What a pattern of <c>Action</c> or <c>NotAction</c> means beside what it says; none for most.</summary>
    public static IEnumerable<string> Meant(string pattern)
    {
        if (!pattern.StartsWith(Service, StringComparison.OrdinalIgnoreCase))
            return [];
        if (!pattern.AsSpan().ContainsAny('*', '?'))
            return ByName.GetValueOrDefault(ActionPattern.Lower(pattern), []);
        var (said, context) = (new ActionPattern(pattern), new RequestContext());
        return ByName.Where(pair => said.IsMatch(pair.Key, context)).SelectMany(pair => pair.Value).Where(name => !said.IsMatch(ActionPattern.Lower(name), context)).Distinct();
    }
}
