using Daypass.Service.Actions.RolesAnywhere;

namespace Daypass.Service.Pipeline;

/// <summary>The part of <see cref="ActionCatalog"/> that lists Roles Anywhere's actions.</summary>
internal static class RolesAnywhereCatalog
{
    public static IReadOnlyList<ApiAction> Actions() =>
    [
        new CreateProfile(),
        new CreateSession(),
        new CreateTrustAnchor(),
        new DeleteAttributeMapping(),
        new DeleteCrl(),
        new DeleteProfile(),
        new DeleteTrustAnchor(),
        new DisableCrl(),
        new DisableProfile(),
        new DisableTrustAnchor(),
        new EnableCrl(),
        new EnableProfile(),
        new EnableTrustAnchor(),
        new GetCrl(),
        new GetProfile(),
        new GetSubject(),
        new GetTrustAnchor(),
        new ImportCrl(),
        new ListCrls(),
        new ListProfiles(),
        new ListSubjects(),
        new ListTagsForResource(),
        new ListTrustAnchors(),
        new PutAttributeMapping(),
        new PutNotificationSettings(),
        new ResetNotificationSettings(),
        new TagResource(),
        new UntagResource(),
        new UpdateCrl(),
        new UpdateProfile(),
        new UpdateTrustAnchor(),
    ];
}
