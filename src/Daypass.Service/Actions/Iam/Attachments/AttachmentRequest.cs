using Daypass.Service.Actions.Iam.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Attachments;

/// <summary>A holder of policies and the managed policy that is attached to it or detached.</summary>
internal sealed record AttachmentRequest(string Name, string PolicyArn)
{
    /// <summary>Permission on the holder; which policy it is about is a condition key.</summary>
    public Permission Ask<T>(HolderKind<T> kind, Scene scene, string action)
        where T : class, IPolicyHolder
    {
        PolicyTarget.Parse(PolicyArn);
        return kind.Ask(scene, action, Name, KeyValuePair.Create("iam:PolicyARN", (string?)PolicyArn), kind.BoundaryKey(scene, Name));
    }

    public IEnumerable<AuditResource> Resources<T>(HolderKind<T> kind, Scene scene)
        where T : class, IPolicyHolder =>
        [kind.Resource(scene, Name), PolicyTarget.Resource(PolicyArn)];
}
