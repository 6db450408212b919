using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Signing;
using Daypass.Tokens;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>
/// Proves a caller by Signature V4, in AWS's order of checks (fact sheet 2.4): form, time, scope, key and token, signature. Long-term
/// keys stand in their account's directory; temporary ones bring everything sealed in their token.
/// </summary>
internal sealed class SignatureAuthenticator(DirectoryCache directories, Vault vault, SigningKeyCache signingKeys, TimeProvider time, string? region)
{
    // Verified against this when the key is unknown, so that an unknown key takes the same path and time as a wrong signature.
    private static readonly byte[] DummyKey = new byte[32];

    /// <summary>The caller, or an <see cref="ApiException"/>. <paramref name="now"/> is policy time; signatures are dated in real time.</summary>
    public async ValueTask<Caller> ProveAsync(ApiRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var signable = request.Signable;
        var authorization = SigV4Parser.TryParse(signable, out var error) ?? throw Refuse(error!);
        var rules = RulesFor(request.Action.Service.Name);
        if ((SigV4.CheckSignedHeaders(authorization, signable, rules) ?? SigV4.CheckTimeAndScope(authorization, time.GetUtcNow(), rules)) is { } refusal)
            throw Refuse(refusal);
        var payloadHash = PayloadHash(request);
        var stringToSign = SigV4.StringToSign(authorization, signable, payloadHash, rules);
        return await ProveAsync(authorization, stringToSign, now, cancellationToken);
    }

    /// <summary>
    /// The caller whose key signed this text; form, time and scope were checked before. Also what a protected service's lease rests on.
    /// </summary>
    public async ValueTask<Caller> ProveAsync(SigV4Authorization authorization, string stringToSign, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await FindAsync(authorization.AccessKeyId, authorization.SessionToken, now, cancellationToken);
        var signingKey = found is null ? DummyKey : signingKeys.Get(found.KeyIdentity, found.Secret, authorization);
        var matches = SigV4.Matches(signingKey, stringToSign, authorization.Signature);
        if (found is null)
            throw authorization.SessionToken is null ? Errors.UnknownKey() : Errors.InvalidToken();
        if (!matches)
            throw Errors.SignatureDoesNotMatch();
        return found.Caller;
    }

    private sealed record Found(Caller Caller, string KeyIdentity, Func<string> Secret);

    private async ValueTask<Found?> FindAsync(string accessKeyId, string? token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!directories.Installation.TryFindAccountOf(accessKeyId, out var account))
            return null;
        var home = await directories.GetAsync(account, cancellationToken);
        if (home is null)
            return null;
        if (token is null)
            return FindLongTerm(home, accessKeyId);
        if (vault.OpenSession(token, accessKeyId) is not { } session || session.Account != account)
            return null;
        // RFC 7519's reading of "expires": refused on the second itself, so >= and not >.
        if (now >= session.ExpiresAt)
            throw Errors.ExpiredToken();
        return Callers.OfSession(home, accessKeyId, session) is { } caller ? new Found(caller, accessKeyId, () => session.SecretAccessKey) : null;
    }

    private Found? FindLongTerm(AccountDirectory home, string accessKeyId)
    {
        if (home.FindAccessKey(accessKeyId) is not { IsActive: true } key || home.FindUserById(key.UserId) is not { } user)
            return null;
        var revision = home.Documents.RevisionOf(DocumentKinds.AccessKey.KeyOf(key));
        return new Found(Callers.OfUser(home, user, key), $"{accessKeyId}#{revision}", () => vault.OpenSecret(key, home.Account));
    }

    private SigV4Rules RulesFor(string service) => new() { Service = service, Region = region };

    // STS and IAM take the hash of the body itself; a header that claims another one is a lie.
    private static string PayloadHash(ApiRequest request)
    {
        var actual = SigV4.PayloadHash(request.Body.Span);
        if (request.Signable.Headers.Get("x-amz-content-sha256", 0) is { } claimed && claimed != actual)
            throw Errors.SignatureDoesNotMatch();
        return actual;
    }

    private static ApiException Refuse(SigningError error) => Errors.Signing(error.Code.ToString(), error.Message);
}
