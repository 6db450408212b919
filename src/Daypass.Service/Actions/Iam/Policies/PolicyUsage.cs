using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>The <c>PolicyUsageFilter</c> of lists: which of the two uses of a policy count.</summary>
internal readonly record struct PolicyUsage(bool Permissions, bool Boundary)
{
    public static PolicyUsage Read(Parameters wire) => wire.Word("PolicyUsageFilter", "PermissionsPolicy", "PermissionsBoundary") switch
    {
        "PermissionsPolicy" => new PolicyUsage(true, false),
        "PermissionsBoundary" => new PolicyUsage(false, true),
        _ => new PolicyUsage(true, true),
    };

    /// <summary>Whether a filter was given at all.</summary>
    public bool IsNarrow => !Permissions || !Boundary;

    /// <summary>Whether the policy is in a use that counts.</summary>
    public bool IsUse(string arn, PolicyUses uses) => (Permissions && uses.Attachments(arn) > 0) || (Boundary && uses.Boundaries(arn) > 0);
}
