using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>
/// Puts a managed policy to use, as an attachment or a boundary, so that it crosses with the policy's deletion: whichever commits
/// second is asked again. Taking it out of use needs no guard: a deletion that still saw the use has refused.
/// </summary>
internal static class PolicyUse
{
    public static Changes UsePolicy(this Changes changes, string policyArn) =>
        // AWS's policies cannot be deleted.
        SystemPolicies.Find(policyArn) is not null
            ? changes
            : changes.RelyOn(DocumentKinds.Policy, DocumentKinds.Fold(policyArn[(policyArn.LastIndexOf('/') + 1)..])).Guard(Guards.AttachmentsOf(policyArn));
}
