using System.Text.Json;
using Daypass.Jose;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Oidc;

/// <summary>
/// Session tags and source identity of a token (IAM guide, "Pass session tags with AssumeRoleWithWebIdentity"): nested under one claim, or flat, for
/// issuers that cannot nest.
/// </summary>
internal static class TokenTags
{
    /// <summary>How the names of all claims begin that mean something to STS itself.</summary>
    public const string Namespace = "https://aws.amazon.com/";

    private const string Nested = Namespace + "tags";
    private const string FlatTag = Nested + "/principal_tags/";
    private const string FlatTransitive = Nested + "/transitive_tag_keys";
    private const string SourceIdentity = Namespace + "source_identity";

    /// <exception cref="ApiException">InvalidIdentityToken.</exception>
    public static (IReadOnlyList<Tag> Tags, IReadOnlyList<string> Transitive) Read(JwtClaims claims)
    {
        List<Tag> tags = [.. ReadNested(claims), .. ReadFlat(claims)];
        IReadOnlyList<string> transitive = ReadTransitive(claims);
        return AssertedTags.WhyNot(tags, transitive) is { } because ? throw Wrong(because) : (tags, transitive);
    }

    /// <summary>The source identity; null when the token has none.</summary>
    /// <exception cref="ApiException">InvalidIdentityToken: it is no name.</exception>
    public static string? ReadSourceIdentity(JwtClaims claims)
    {
        if (claims.Find(SourceIdentity) is null)
            return null;
        var rule = TextRules.SourceIdentity;
        return claims.Text(SourceIdentity) is { } text && text.Length >= rule.Minimum && text.Length <= rule.Maximum && rule.HasOnlyAllowed(text)
            ? text
            : throw Errors.InvalidIdentityToken("Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\"");
    }

    private static IEnumerable<Tag> ReadNested(JwtClaims claims)
    {
        if (claims.Find(Nested) is not { } nested)
            return [];
        if (nested.ValueKind != JsonValueKind.Object)
            throw Wrong("must be an object");
        if (!nested.TryGetProperty("principal_tags", out var tags))
            return [];
        return tags.ValueKind == JsonValueKind.Object ? tags.EnumerateObject().Select(tag => new Tag(tag.Name, ValueOf(tag.Value))) : throw Wrong("must have an object as principal_tags");
    }

    private static IEnumerable<Tag> ReadFlat(JwtClaims claims) =>
        claims.Names.Where(name => name.StartsWith(FlatTag, StringComparison.Ordinal)).Select(name => new Tag(name[FlatTag.Length..], ValueOf(claims.Find(name)!.Value)));

    // Both, as with the tags: a key that was left out would be one that the next role can set as it likes.
    private static IReadOnlyList<string> ReadTransitive(JwtClaims claims)
    {
        IReadOnlyList<string> flat = claims.Find(FlatTransitive) is null ? [] : claims.Texts(FlatTransitive) ?? throw Wrong("must have a list of texts as transitive_tag_keys");
        if (claims.Find(Nested) is not { } nested || !nested.TryGetProperty("transitive_tag_keys", out var keys))
            return flat;
        return keys.ValueKind == JsonValueKind.Array && keys.EnumerateArray().All(key => key.ValueKind == JsonValueKind.String)
            ? [.. keys.EnumerateArray().Select(key => key.GetString()!), .. flat]
            : throw Wrong("must have a list of texts as transitive_tag_keys");
    }

    // A list of one, as AWS documents it, or the text itself.
    private static string ValueOf(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1)
            value = value[0];
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong("must have one text for each tag");
    }

    private static ApiException Wrong(string how) => Errors.InvalidIdentityToken($"The claim {Nested} {how}");
}
