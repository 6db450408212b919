using Daypass.Names;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.AccessKeys;

/// <summary>A key that a request names by its id alone. The permission is asked for on the user whose it is.</summary>
internal static class KeyTarget
{
    public static string Read(Parameters wire) => wire.RequiredText("AccessKeyID", TextRules.AccessKeyId);

    /// <summary>Of a key that does not exist nobody has the permission but who has it for all users: so who may not know learns nothing.</summary>
    public static Permission Ask(Scene scene, string action, string keyId) => OwnerOf(scene, keyId) is { } user
        ? UprojectKinds.User.Ask(scene, action, user.Name)
        : ResourceKeys.On(scene, "iam:" + action, Arn.Iam(scene.Home.Account, "user/*"), []);

    /// <exception cref="ApiException">NoSuchEntity.</exception>
    public static AccessKey Require(Scene scene, string keyId) =>
        scene.Home.FindAccessKey(keyId) ?? throw Errors.NoSuchEntity($"The Access Key with id {keyId} cannot be found.");

    public static IEnumerable<AuditResource> Resources(Scene scene, string keyId) =>
        OwnerOf(scene, keyId) is { } user ? [UprojectKinds.User.Resource(scene, user.Name), OfKey(keyId)] : [OfKey(keyId)];

    private static AuditResource OfKey(string keyId) => new("AWS::IAM::AccessKey", keyId);

    private static User? OwnerOf(Scene scene, string keyId) => scene.Home.FindAccessKey(keyId) is { } key ? scene.Home.FindUserById(key.UserId) : null;
}
