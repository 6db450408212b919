using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>
/// Puts a managed policy to use, as an attachment or a boundary, so that it crosses with the policy's deletion: whichever commits
/// second is asked again. Taking it out of use needs no guard: a deletion that still saw the use has refused.
/// </summary>
internal static class PolicyUse
{
    /// <summary>Refuses what may not be done to a policy in use.</summary>
    /// <exception cref="ApiException">DeleteConflict.</exception>
    public static void RequireUnused(string policyArn, Scene scene)
    {
        var uses = new PolicyUses(scene.Home);
        if (uses.Attachments(policyArn) > 0 || uses.Boundaries(policyArn) > 0)
            throw Errors.DeleteConflict("Cannot delete a policy attached to entities.");
    }

    public static Changes UsePolicy(this Changes changes, string policyArn) =>
        // AWS's policies cannot be deleted.
        SystemPolicies.Find(policyArn) is not null
            ? changes
            : changes.RelyOn(DocumentKinds.Policy, DocumentKinds.Fold(policyArn[(policyArn.LastIndexOf('/') + 1)..])).Guard(Guards.AttachmentsOf(policyArn));
}
