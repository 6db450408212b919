using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Organizations;

/// <summary>
/// The CreateAccounts of an organization: those in progress are in the installation's set, those that ended in the management account's.
/// </summary>
internal static class CreateAccountRequests
{
    public static CreateAccountRequest? Find(string id, Scene scene) =>
        // First where it ends: for a moment it is in both. It is never in neither, as the scene's installation is no newer than its home.
        scene.Home.Documents.Find(DocumentKinds.CreateAccountRequest, id)
        ?? (scene.Installation.Documents.Find(DocumentKinds.CreateAccountRequest, id) is { } request && IsOwn(request, scene) ? request : null);

    /// <summary>The first requests that are wanted, in ordinal order of their ids, after an id.</summary>
    public static IEnumerable<CreateAccountRequest> After(string id, Func<CreateAccountRequest, bool> isWanted, int count, Scene scene)
    {
        var home = scene.Home.Documents;
        var ended = home.All(DocumentKinds.CreateAccountRequest, id).Where(isWanted).Take(count);
        var inProgress = scene.Installation.Documents.All(DocumentKinds.CreateAccountRequest, id)
            .Where(request => IsOwn(request, scene) && isWanted(request) && home.Find(DocumentKinds.CreateAccountRequest, request.Id) is null).Take(count);
        return ended.Concat(inProgress).OrderBy(request => request.Id, StringComparer.Ordinal);
    }

    private static bool IsOwn(CreateAccountRequest request, Scene scene) => request.ManagementAccount == scene.Home.Account.ToString();
}
