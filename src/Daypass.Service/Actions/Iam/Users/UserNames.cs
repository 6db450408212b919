using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Signing;

namespace Daypass.Service.Actions.Iam.Users;

/// <summary>Names of users are unique in an account, whatever their case and path.</summary>
internal static class UserNames
{
    /// <exception cref="ApiException">EntityAlreadyExists.</exception>
    public static void RequireFree(string name, Scene scene)
    {
        if (scene.Home.Documents.Find(DocumentKinds.User, DocumentKinds.Fold(name)) is not null)
            throw Errors.EntityAlreadyExists($"User with name {name} already exists.", RetCodes.UserExists);
    }
}
