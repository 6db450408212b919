using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Groups;

/// <summary>What every new group goes through, whichever API makes it.</summary>
internal static class NewGroup
{
    /// <summary>A group of this name, without members and policies.</summary>
    /// <exception cref="ApiException">EntityAlreadyExists; LimitExceeded.</exception>
    public static Group Of(string name, string path, Scene scene)
    {
        GroupNames.RequireFree(name, scene);
        Quotas.Groups.AdmitOneMore(scene.Home.Documents.Count(DocumentKinds.Group));
        return new Group { Name = name, Path = path, Id = Identifiers.Unique(UniqueId.Group, scene.Entropy), Created = scene.NowInSeconds };
    }

    public static Changes Make(this Changes changes, Group group) => changes.Put(DocumentKinds.Group, group).Guard(Guards.Groups);
}
