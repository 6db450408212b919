using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Groups;

/// <summary>Who is in which group. Users hold the ids of their groups; a group does not know its members.</summary>
internal static class Members
{
    /// <summary>The members in ordinal order of their folded names; those after a name, if one is given.</summary>
    public static IEnumerable<User> Of(Group group, Scene scene, string? afterName = null) =>
        scene.Home.Documents.AllBy(DocumentIndexes.UsersByGroup, group.Id, afterName);

    public static IEnumerable<Group> GroupsOf(User user, Scene scene) => user.Groups.Select(scene.Home.FindGroupById).OfType<Group>();
}
