using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.SamlProviders;

/// <summary>The provider that the <c>SAMLProviderArn</c> of a request names.</summary>
internal static class SamlTarget
{
    public static string Read(Parameters wire) => wire.RequiredText("SAMLProviderArn", TextRules.Arn);

    /// <summary>Permission for an action on the provider. Providers of other accounts belong to those, so they are refused, not missing.</summary>
    /// <exception cref="ApiException">InvalidInput: the text is no ARN of a provider.</exception>
    public static Permission Ask(Scene scene, string action, string arn)
    {
        var parsed = Parse(arn);
        return ResourceKeys.On(scene, action, parsed, scene.Home.FindSamlProvider(parsed)?.Tags ?? []) with { Owner = parsed.AccountId!.Value };
    }

    /// <exception cref="ApiException">NoSuchEntity.</exception>
    public static SamlProvider Require(Scene scene, string arn) =>
        scene.Home.FindSamlProvider(Parse(arn)) ?? throw Errors.NoSuchEntity($"Manifest not found for arn {arn}");

    /// <summary>Tags of providers come back in the order of their keys.</summary>
    public static IReadOnlyList<Tag> Sorted(IReadOnlyList<Tag> tags) => [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)];

    public static AuditResource Resource(string arn) => new("AWS::IAM::SAMLProvider", arn);

    private static Arn Parse(string text) =>
        Arn.TryParse(text, out var arn) && arn is { Partition: "aws", Service: "iam", Region: "", AccountId: not null } && arn.Resource.StartsWith("saml-provider/", StringComparison.Ordinal)
            ? arn
            : throw Errors.InvalidInput($"{Errors.Shorten(text)} is not the ARN of a SAML provider: that would be arn:aws:iam::account:saml-provider/name.");
}
