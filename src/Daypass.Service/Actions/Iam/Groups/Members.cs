using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Groups;

/// <summary>Who is in which group. Users hold the ids of their groups; a group does not know its members.</summary>
internal static class Members
{
    public static IEnumerable<User> Of(Group group, Scene scene) => scene.Home.Documents.All(DocumentKinds.User).Where(user => user.Groups.Contains(group.Id));

    public static IEnumerable<Group> GroupsOf(User user, Scene scene) => user.Groups.Select(scene.Home.FindGroupById).OfType<Group>();
}
