using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Groups;

/// <summary>Who is in which group. Users hold the ids of their groups; a group does not know its members.</summary>
internal static class Members
{
    /// <summary>The members in ordinal order of their folded names; those after a name, if one is given.</summary>
    public static IEnumerable<User> Of(Group group, Scene scene, string? afterName = null) =>
        scene.Home.Documents.AllBy(DocumentIndexes.UsersByGroup, group.Id, afterName);

    private static User Join(User user, Group group, Scene scene) => user with
    {
        Groups = [.. user.Groups, group.Id],
        Joined = new Dictionary<string, DateTimeOffset>(user.Joined ?? new Dictionary<string, DateTimeOffset>()) { [group.Id] = scene.NowInSeconds },
    };

    /// <summary>Makes a user a member of a group; who is one already stays one, and there is nothing to write.</summary>
    /// <exception cref="ApiException">LimitExceeded.</exception>
    public static Changes? Add(User user, Group group, Scene scene)
    {
        if (user.Groups.Contains(group.Id))
            return null;
        Quotas.GroupsPerUser.AdmitOneMore(user.Groups.Count);
        return scene.Change()
            .Put(DocumentKinds.User, Join(user, group, scene))
            .RelyOn(DocumentKinds.Group, DocumentKinds.Fold(group.Name))
            .Guard(Guards.MembersOf(group));
    }

    /// <summary>Takes a user out of a group.</summary>
    /// <exception cref="ApiException">NoSuchEntity.</exception>
    public static Changes Remove(User user, Group group, Scene scene) => user.Groups.Contains(group.Id)
        ? scene.Change().Put(DocumentKinds.User, Leave(user, group))
        : throw Errors.NoSuchEntity($"User {user.Name} not in group {group.Name}");

    /// <summary>The user as a member of one group less.</summary>
    public static User Leave(User user, Group group) => user with
    {
        Groups = [.. user.Groups.Where(id => id != group.Id)],
        Joined = user.Joined?.Where(each => each.Key != group.Id).ToDictionary() is { Count: > 0 } joined ? joined : null,
    };

    public static IEnumerable<Group> GroupsOf(User user, Scene scene) => user.Groups.Select(scene.Home.FindGroupById).OfType<Group>();
}
