using Daypass.Names;

namespace Daypass.Policies;

/// <summary>One question to the engine: may this principal do this to that?</summary>
/// <param name="Principal">The caller.</param>
/// <param name="Action">Such as <c>s3:GetObject</c>; letter case does not matter.</param>
/// <param name="Resource">The resource's ARN or URN, or <c>*</c> for an action that has none. A URN is the ARN that it stands for.</param>
/// <param name="ResourceAccount">The resource's owner. For <c>*</c> it is the caller's account; left unset it is nobody's.</param>
/// <param name="Context">The condition keys.</param>
/// <param name="IsTrust">
/// Whether the resource's policy must speak for anything to be allowed, as with a role's trust policy: an identity policy alone
/// does not do, not even in the same account.
/// </param>
public sealed record AccessRequest(
    Principal Principal, string Action, string Resource, AccountId ResourceAccount, RequestContext Context, bool IsTrust = false)
{
    /// <summary>How URNs of the installation begin.</summary>
    public string UrnPrefix { get; init; } = Urn.DefaultPrefix;
}
