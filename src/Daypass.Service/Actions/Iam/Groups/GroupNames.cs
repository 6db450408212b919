using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Groups;

/// <summary>Names of groups are unique in an account, whatever their case and path.</summary>
internal static class GroupNames
{
    /// <exception cref="ApiException">EntityAlreadyExists.</exception>
    public static void RequireFree(string name, Scene scene)
    {
        if (scene.Home.Documents.Find(DocumentKinds.Group, DocumentKinds.Fold(name)) is not null)
            throw Errors.EntityAlreadyExists($"Group with name {name} already exists.");
    }
}
