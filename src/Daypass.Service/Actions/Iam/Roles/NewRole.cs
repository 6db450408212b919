using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>What every new role goes through, whichever API makes it.</summary>
internal static class NewRole
{
    /// <summary>A role of this name with a trust policy that was bound.</summary>
    /// <exception cref="ApiException">EntityAlreadyExists; LimitExceeded.</exception>
    public static Role Of(string name, string path, TrustPolicy trust, Scene scene)
    {
        if (scene.Home.Documents.Find(DocumentKinds.Role, DocumentKinds.Fold(name)) is not null)
            throw Errors.EntityAlreadyExists($"Role with name {name} already exists.");
        Quotas.Roles.AdmitOneMore(scene.Home.Documents.Count(DocumentKinds.Role));
        return new Role { Name = name, Path = path, Id = Identifiers.Unique(UniqueId.Role, scene.Entropy), Created = scene.NowInSeconds, Trust = trust };
    }

    public static Changes Make(this Changes changes, Role role, Scene scene) =>
        changes.Put(DocumentKinds.Role, role).Guard(Guards.Roles).RelyOnPrincipals(role.Trust, scene.Home);
}
