using Daypass.Service.Directories;
using Daypass.Service.Federation.Oidc;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.OidcProviders;

/// <summary>A provider as GetOpenIDConnectProvider returns it; its ARN is not in it.</summary>
internal sealed record ProviderShape(OidcProvider Provider) : IShape
{
    /// <summary>Tags of providers come back in the order of their keys.</summary>
    public static IReadOnlyList<Tag> Sorted(IReadOnlyList<Tag> tags) => [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)];

    public void Write(ShapeWriter writer)
    {
        // AWS's answer has the URL without its scheme.
        writer.Text("Url", Provider.Url);
        writer.TextList("ClientIDList", Provider.ClientIds);
        writer.TextList("ThumbprintList", Provider.Thumbprints);
        writer.Time("CreateDate", Provider.Created);
        writer.List("Tags", TagShape.ListOrNull(Sorted(Provider.Tags)));
    }
}
