using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Federation.Ldap;

/// <summary>The provider that the <c>LDAPProviderArn</c> of a request names.</summary>
internal static class LdapTarget
{
    public static string Read(Parameters wire) => wire.RequiredText("LDAPProviderArn", TextRules.Arn);

    /// <summary>Permission for an action on the provider. Providers of other accounts belong to those, so they are refused, not missing.</summary>
    /// <exception cref="ApiException">InvalidInput: the text is no ARN of a provider.</exception>
    public static Permission Ask(string action, string arn) => new(action, arn, Parse(arn).AccountId!.Value);

    /// <exception cref="ApiException">NoSuchEntity.</exception>
    public static LdapProvider Require(Scene scene, string arn) =>
        scene.Home.FindLdapProvider(Parse(arn)) ?? throw Errors.NoSuchEntity($"LDAP provider not found for arn {arn}");

    public static AuditResource Resource(string arn) => new("AWS::IAM::LDAPProvider", arn);

    private static Arn Parse(string text) =>
        Arn.TryParse(text, out var arn) && arn is { Partition: "aws", Service: "iam", Region: "", AccountId: not null } && arn.Resource.StartsWith("ldap-provider/", StringComparison.Ordinal)
            ? arn
            : throw Errors.InvalidInput($"{Errors.Shorten(text)} is not the ARN of an LDAP provider: that would be arn:aws:iam::account:ldap-provider/name.");
}
