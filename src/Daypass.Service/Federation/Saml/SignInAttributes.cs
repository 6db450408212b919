using System.Globalization;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Saml;

/// <summary>The attributes of an assertion that STS acts on (IAM guide, "Configure SAML assertions for the authentication response").</summary>
internal sealed record SignInAttributes
{
    private const string TagPrefix = "PrincipalTag:";

    /// <summary>Pairs of a role's ARN and a provider's, as the provider offers them.</summary>
    public required IReadOnlyList<(string Role, string Provider)> Offers { get; init; }

    public required string SessionName { get; init; }

    /// <summary>In seconds; null when the provider leaves it to the caller.</summary>
    public int? Duration { get; init; }

    public required IReadOnlyList<Tag> Tags { get; init; }

    public required IReadOnlyList<string> TransitiveTagKeys { get; init; }

    public string? SourceIdentity { get; init; }

    /// <exception cref="XmlRefusedException">One is missing, there twice, or breaks its rule.</exception>
    public static SignInAttributes Read(IReadOnlyList<SamlAttribute> attributes)
    {
        Tag[] tags = [.. attributes.Where(attribute => attribute.Name.StartsWith(SamlNames.Attributes + TagPrefix, StringComparison.Ordinal))
            .Select(attribute => new Tag(attribute.Name[(SamlNames.Attributes.Length + TagPrefix.Length)..], One(attribute)))];
        IReadOnlyList<string> transitive = [.. Find(attributes, "TransitiveTagKeys")?.Values.Select(value => value ?? throw Wrong("TransitiveTagKeys", "must hold texts")) ?? []];
        if (AssertedTags.WhyNot(tags, transitive) is { } because)
            throw Wrong(TagPrefix[..^1], because);
        return new SignInAttributes
        {
            Offers = [.. Find(attributes, "Role")?.Values.Select(PairOf) ?? []],
            SessionName = NameOf(attributes),
            Duration = DurationOf(attributes),
            Tags = tags,
            TransitiveTagKeys = transitive,
            SourceIdentity = SourceIdentityOf(attributes),
        };
    }

    // The two ARNs in either order; which is which shows.
    private static (string Role, string Provider) PairOf(string? value)
    {
        var parts = value?.Split(',') ?? [];
        if (parts.Length != 2)
            throw Wrong("Role", "must have a role's ARN and a provider's, with a comma between");
        var (first, second) = (parts[0].Trim(), parts[1].Trim());
        return first.Contains(":saml-provider/", StringComparison.Ordinal) ? (second, first) : (first, second);
    }

    private static string NameOf(IReadOnlyList<SamlAttribute> attributes)
    {
        var name = One(Find(attributes, "RoleSessionName") ?? throw new XmlRefusedException("RoleSessionName is required in AuthnResponse"));
        return Fits(TextRules.SessionName, name) ? name : throw new XmlRefusedException("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}");
    }

    private static int? DurationOf(IReadOnlyList<SamlAttribute> attributes)
    {
        if (Find(attributes, "SessionDuration") is not { } attribute)
            return null;
        return int.TryParse(One(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 900 and <= 43200
            ? seconds
            : throw Wrong("SessionDuration", "must be a number of seconds from 900 to 43200");
    }

    private static string? SourceIdentityOf(IReadOnlyList<SamlAttribute> attributes)
    {
        if (Find(attributes, "SourceIdentity") is not { } attribute)
            return null;
        return One(attribute) is var text && Fits(TextRules.SourceIdentity, text)
            ? text
            : throw new XmlRefusedException("Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\"");
    }

    private static SamlAttribute? Find(IReadOnlyList<SamlAttribute> attributes, string name) => attributes.FirstOrDefault(attribute => attribute.Name == SamlNames.Attributes + name);

    private static string One(SamlAttribute attribute) =>
        attribute.Values is [{ } value] ? value : throw new XmlRefusedException("An attribute of AuthnResponse that must have one text as its value has another number of them");

    private static bool Fits(TextRule rule, string text) => text.Length >= rule.Minimum && text.Length <= rule.Maximum && rule.HasOnlyAllowed(text);

    private static XmlRefusedException Wrong(string name, string how) => new($"The attribute {name} of AuthnResponse {how}");
}
