using Daypass.Names;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>The resource whose tags a request is about, whichever kind its ARN says.</summary>
internal static class TaggedResource
{
    private static readonly IKind[] Kinds = [new Kind<Federation.X509.TrustAnchor>(AnywhereKinds.TrustAnchors), new Kind<Federation.X509.AnywhereProfile>(AnywhereKinds.Profiles), new Kind<Federation.X509.Crl>(AnywhereKinds.Crls), new TaggedSubject()];

    public static string Read(Parameters wire) => wire.RequiredText("resourceArn", AnywhereInput.AnyArn);

    /// <summary>Resources of other accounts belong to those, so they are refused, not missing.</summary>
    public static Permission Permit(ApiAction action, Scene scene, string arn)
    {
        var (kind, parsed) = Parse(arn);
        var permission = kind.Permit(action, scene, AnywhereInput.IdIn(parsed));
        return parsed.AccountId == scene.Home.Account ? permission : permission with { Resource = arn, Owner = parsed.AccountId!.Value, Keys = [] };
    }

    public static IReadOnlyList<Tag> Tags(Scene scene, string arn)
    {
        var (kind, parsed) = Parse(arn);
        return kind.Tags(scene, AnywhereInput.IdIn(parsed));
    }

    public static Changes Put(Scene scene, string arn, Func<IReadOnlyList<Tag>, IReadOnlyList<Tag>> change)
    {
        var (kind, parsed) = Parse(arn);
        return kind.Put(scene, AnywhereInput.IdIn(parsed), change);
    }

    public static AuditResource Shown(Scene scene, string arn)
    {
        var (kind, parsed) = Parse(arn);
        return kind.Shown(scene, AnywhereInput.IdIn(parsed));
    }

    /// <summary>What has to be looked up before the resource is known to be there.</summary>
    public static SightingQuery? SightingsOf(Scene scene, string arn) => Parse(arn) is (TaggedSubject, { } parsed) ? new SightingQuery(scene.Home.Account) { Subject = AnywhereInput.IdIn(parsed) } : null;

    private static (IKind Kind, Arn Arn) Parse(string text)
    {
        foreach (var kind in Kinds)
        {
            if (AnywhereInput.Parse(text, kind.Resource) is { Region: Regions.Default } arn)
                return (kind, arn);
        }
        throw Errors.ValidationError($"{Errors.Shorten(text)} is not the ARN of a trust anchor, a profile, a revocation list or a subject.");
    }

    private interface IKind
    {
        string Resource { get; }

        Permission Permit(ApiAction action, Scene scene, string id);

        IReadOnlyList<Tag> Tags(Scene scene, string id);

        Changes Put(Scene scene, string id, Func<IReadOnlyList<Tag>, IReadOnlyList<Tag>> change);

        AuditResource Shown(Scene scene, string id);
    }

    private sealed class Kind<T>(AnywhereKind<T> kind) : IKind
        where T : class
    {
        public string Resource => kind.Resource;

        public Permission Permit(ApiAction action, Scene scene, string id) => kind.Permit(action, scene, id);

        public IReadOnlyList<Tag> Tags(Scene scene, string id) => kind.TagsOf(kind.Require(scene, id));

        public Changes Put(Scene scene, string id, Func<IReadOnlyList<Tag>, IReadOnlyList<Tag>> change)
        {
            var found = kind.Require(scene, id);
            var tags = change(kind.TagsOf(found));
            return kind.Put(scene, kind.WithTags(found, Limited(tags)));
        }

        public AuditResource Shown(Scene scene, string id) => kind.Shown(scene, id);
    }

    // There as long as its certificates are remembered; its document is there as long as it has tags.
    private sealed class TaggedSubject : IKind
    {
        public string Resource => AnywhereKinds.Subjects.Resource;

        public Permission Permit(ApiAction action, Scene scene, string id) => AnywhereKinds.Subjects.Permit(action, scene, id);

        public IReadOnlyList<Tag> Tags(Scene scene, string id) => Require(scene, id).Tags;

        public Changes Put(Scene scene, string id, Func<IReadOnlyList<Tag>, IReadOnlyList<Tag>> change)
        {
            var found = Require(scene, id);
            var tagged = found with { Tags = Limited(change(found.Tags)) };
            return found.Tags.Count == 0 && tagged.Tags.Count > 0 ? AnywhereKinds.Subjects.Add(scene, tagged)
                : tagged.Tags.Count > 0 ? AnywhereKinds.Subjects.Put(scene, tagged)
                : scene.Change().Delete(AnywhereKinds.Subjects.Documents, tagged);
        }

        public AuditResource Shown(Scene scene, string id) => AnywhereKinds.Subjects.Shown(scene, id);

        private static Federation.X509.SubjectTags Require(Scene scene, string id) =>
            scene.Sightings.Count == 0 ? throw Errors.ResourceNotFound(AnywhereKinds.Subjects.Words) : AnywhereKinds.Subjects.Find(scene, id) ?? new() { Id = id, Tags = [] };
    }

    private static IReadOnlyList<Tag> Limited(IReadOnlyList<Tag> tags) =>
        tags.Count > Quotas.Tags ? throw Errors.Service("TooManyTagsException", $"The resource would have more than {Quotas.Tags} tags.") : tags;
}
