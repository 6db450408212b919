using Daypass.Names;

namespace Daypass.Service.Outbound;

/// <summary>
/// Under what address an account vouches for its principals to others: a path of this server's public address, one for each account. A pure
/// function of both, so nothing must be looked up to know it, and an account that is switched off and on again keeps it.
/// </summary>
internal static class OutboundIssuer
{
    /// <summary>What comes before the account in the path.</summary>
    public const string PathPrefix = "/web-identity/";

    public const string DiscoveryPath = "/.well-known/openid-configuration";

    public const string JwksPath = "/.well-known/jwks.json";

    private const int AccountLength = 12;

    /// <summary>The issuer of an account; null while the server's public address is not known.</summary>
    public static string? Of(string? publicUrl, AccountId account) => publicUrl is null ? null : $"{publicUrl}{PathPrefix}{account}";

    /// <summary>Whether a token's issuer is an account of this installation: AssumeRoleWithWebIdentity takes none of those, as AWS has it.</summary>
    public static bool IsOwn(string? publicUrl, string issuer) => publicUrl is not null && issuer.StartsWith(publicUrl + PathPrefix, StringComparison.Ordinal);

    /// <summary>
    /// Which document a path names, and of which account. Any twelve digits name an account here: whether there is one, and whether it issues
    /// tokens, is nobody's business who only asks for public keys, and cannot be found out by asking.
    /// </summary>
    public static (AccountId Account, string Document)? Find(string path)
    {
        if (!path.StartsWith(PathPrefix, StringComparison.Ordinal))
            return null;
        var rest = path.AsSpan(PathPrefix.Length);
        return rest.Length > AccountLength && AccountId.TryParse(rest[..AccountLength], out var account) && rest[AccountLength..] is DiscoveryPath or JwksPath
            ? (account, rest[AccountLength..].ToString())
            : null;
    }
}
