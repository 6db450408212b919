using Daypass.Names;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Sts;

/// <summary>Temporary credentials as every STS action returns them.</summary>
internal sealed record Credentials(string AccessKeyId, string SecretAccessKey, string SessionToken, DateTimeOffset Expiration) : IShape
{
    /// <summary>Makes a key id and a secret for these claims and seals them into a token.</summary>
    /// <exception cref="ApiException">PackedPolicyTooLarge: the token would be longer than clients and headers take.</exception>
    public static Credentials Issue(Scene scene, AccountId account, Func<string, SessionClaims> claimsWithSecret, string prefix = Names.AccessKeyId.TemporaryPrefix)
    {
        var accessKeyId = Identifiers.AccessKey(prefix, account, scene.Entropy);
        // By every action that issues: a session that did not say what its node knew would be over at the next revocation.
        var claims = claimsWithSecret(Identifiers.Secret(scene.Entropy)) with { RevocationsSeen = scene.RevocationsSeen };
        var token = scene.Vault.SealSession(claims, accessKeyId, scene.Entropy) ?? throw PackedPolicy.TooLarge(claims);
        return new Credentials(accessKeyId, claims.SecretAccessKey, token, claims.ExpiresAt);
    }

    public void Write(ShapeWriter writer)
    {
        writer.Text("AccessKeyId", AccessKeyId);
        writer.Secret("SecretAccessKey", SecretAccessKey);
        writer.Text("SessionToken", SessionToken);
        writer.Time("Expiration", Expiration);
    }
}
