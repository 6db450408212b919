using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Users;

/// <summary>What every new user goes through, whichever API makes it.</summary>
internal static class NewUser
{
    /// <summary>A user of this name, who may do nothing yet.</summary>
    /// <exception cref="ApiException">EntityAlreadyExists; LimitExceeded.</exception>
    public static User Of(string name, string path, Scene scene)
    {
        UserNames.RequireFree(name, scene);
        Quotas.Users.AdmitOneMore(scene.Home.Documents.Count(DocumentKinds.User));
        return new User { Name = name, Path = path, Id = Identifiers.Unique(UniqueId.User, scene.Entropy), Created = scene.NowInSeconds };
    }

    public static Changes Make(this Changes changes, User user) => changes.Put(DocumentKinds.User, user).Guard(Guards.Users);
}
