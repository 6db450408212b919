using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>A kind of resource of Roles Anywhere: how it is named, found, tagged and counted. What its actions have in common is here.</summary>
/// <param name="Documents">Where it is kept.</param>
/// <param name="Resource">The first part of its ARN's resource.</param>
/// <param name="Words">What messages call it.</param>
/// <param name="Quota">The most of an account: AWS's defaults.</param>
internal sealed record AnywhereKind<T>(DocumentKind<T> Documents, string Resource, string Words, int Quota, Func<T, IReadOnlyList<Tag>> TagsOf, Func<T, IReadOnlyList<Tag>, T> WithTags)
    where T : class
{
    private string Guard => "rolesanywhere/" + Resource;

    public Arn ArnOf(AccountId account, string id) => Arn.Of("rolesanywhere", Regions.Default, account.ToString(), $"{Resource}/{id}");

    public T? Find(Scene scene, string id) => scene.Home.Documents.Find(Documents, id);

    /// <exception cref="ApiException">ResourceNotFoundException.</exception>
    public T Require(Scene scene, string id) => Find(scene, id) ?? throw Errors.ResourceNotFound(Words);

    /// <summary>Permission for an action on one of them, whether or not it is there.</summary>
    public Permission Permit(ApiAction action, Scene scene, string id) => new($"rolesanywhere:{action.Name}", ArnOf(scene.Home.Account, id).ToString(), scene.Home.Account)
    {
        Keys = [.. (Find(scene, id) is { } found ? TagsOf(found) : []).Select(tag => KeyValuePair.Create("aws:ResourceTag/" + tag.Key, tag.Value))],
    };

    public Question Ask(ApiAction action, Scene scene, string id) => Question.Of(Permit(action, scene, id));

    /// <summary>Permission to make one, and to tag it if tags are passed: tagging is a power of its own.</summary>
    public IReadOnlyList<Permission> PermitNew(ApiAction action, Scene scene, IReadOnlyList<Tag> tags)
    {
        var create = Iam.ResourceKeys.Passing(new Permission($"rolesanywhere:{action.Name}", "*", scene.Home.Account), tags);
        return tags.Count == 0 ? [create] : [create, create with { Action = "rolesanywhere:TagResource", Resource = ArnOf(scene.Home.Account, "*").ToString() }];
    }

    /// <exception cref="ApiException">ValidationException: there would be more than the account may have.</exception>
    public Changes Add(Scene scene, T value)
    {
        if (scene.Home.Documents.Count(Documents) >= Quota)
            throw Errors.ValidationError($"The account has {Quota} {Words}s, and that is the most it may have.");
        return scene.Change().Put(Documents, value).Guard(Guard);
    }

    public Changes Put(Scene scene, T value) => scene.Change().Put(Documents, value);

    public AuditResource Shown(Scene scene, string id) => new($"AWS::RolesAnywhere::{Type}", ArnOf(scene.Home.Account, id).ToString());

    private string Type => Resource switch
    {
        "trust-anchor" => "TrustAnchor",
        "profile" => "Profile",
        Subject.Resource => "Subject",
        _ => "CRL",
    };
}

/// <summary>The kinds there are.</summary>
internal static class AnywhereKinds
{
    public static readonly AnywhereKind<TrustAnchor> TrustAnchors = new(
        DocumentKinds.TrustAnchor, "trust-anchor", "trust anchor", 50, anchor => anchor.Tags, (anchor, tags) => anchor with { Tags = tags });

    public static readonly AnywhereKind<AnywhereProfile> Profiles = new(
        DocumentKinds.AnywhereProfile, "profile", "profile", 250, profile => profile.Tags, (profile, tags) => profile with { Tags = tags });

    /// <summary>Two of each trust anchor; the rest of the quota is held by the action that imports them.</summary>
    public static readonly AnywhereKind<Crl> Crls = new(DocumentKinds.Crl, "crl", "CRL", 100, crl => crl.Tags, (crl, tags) => crl with { Tags = tags });

    /// <summary>Subjects come by themselves; what is kept of them here is their tags. As many may have some as a store remembers.</summary>
    public static readonly AnywhereKind<SubjectTags> Subjects = new(DocumentKinds.SubjectTags, Subject.Resource, "subject", Stores.Sighting.MostOfAccount, subject => subject.Tags, (subject, tags) => subject with { Tags = tags });
}
