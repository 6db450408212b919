using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.AccessKeys;

/// <summary>Finds a key of a user. A key of somebody else is none of this user's: the permission was asked for on the user.</summary>
internal static class OwnedKey
{
    /// <exception cref="ApiException">NoSuchEntity: no such user, or no such key of it.</exception>
    public static AccessKey Require(string userName, string accessKeyId, Scene scene)
    {
        var user = HolderKinds.User.Require(scene, userName);
        return scene.Home.FindAccessKey(accessKeyId) is { } key && key.UserId == user.Id
            ? key
            : throw Errors.NoSuchEntity($"The Access Key with id {accessKeyId} cannot be found.");
    }
}
