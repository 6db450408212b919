using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Oidc;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.OidcProviders;

/// <summary>The provider that the <c>OpenIDConnectProviderArn</c> of a request names.</summary>
internal static class ProviderTarget
{
    private const string Start = "oidc-provider/";

    public static string Read(Parameters wire) => wire.RequiredText("OpenIDConnectProviderArn", TextRules.Arn);

    /// <summary>Permission for an action on the provider. Providers of other accounts belong to those, so they are refused, not missing.</summary>
    /// <exception cref="ApiException">InvalidInput: the text is no ARN of a provider.</exception>
    public static Permission Ask(Scene scene, string action, string arn)
    {
        var parsed = Parse(arn);
        return ResourceKeys.On(scene, action, parsed, Find(scene.Home, arn)?.Tags ?? []) with { Owner = parsed.AccountId!.Value };
    }

    public static OidcProvider? Find(AccountDirectory home, string arn) =>
        Parse(arn) is var parsed && parsed.AccountId == home.Account ? home.FindOidcProvider(parsed.Resource[Start.Length..]) : null;

    /// <exception cref="ApiException">NoSuchEntity.</exception>
    public static OidcProvider Require(Scene scene, string arn) =>
        Find(scene.Home, arn) ?? throw Errors.NoSuchEntity($"OpenIDConnect Provider not found for arn {arn}");

    public static AuditResource Resource(string arn) => new("AWS::IAM::OIDCProvider", arn);

    private static Arn Parse(string text) =>
        Arn.TryParse(text, out var arn) && arn is { Partition: "aws", Service: "iam", Region: "", AccountId: not null } && arn.Resource.StartsWith(Start, StringComparison.Ordinal)
            ? arn
            : throw Errors.InvalidInput($"{Errors.Shorten(text)} is not the ARN of an OpenID Connect provider: that would be arn:aws:iam::account:oidc-provider/host.");
}
