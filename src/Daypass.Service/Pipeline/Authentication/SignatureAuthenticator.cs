using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.SignIn;
using Daypass.Signing;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>
/// Proves a caller by Signature V4, of either kind, in AWS's order of checks: form, time, scope, key and token, signature.
/// Long-term keys stand in their account's directory; temporary ones bring everything sealed in their token.
/// </summary>
internal sealed class SignatureAuthenticator(DirectoryCache directories, Vault vault, SigningKeyCache signingKeys, TimeProvider time, string? region)
{
    // Verified against this when the key is unknown, so that an unknown key takes the same path and time as a wrong signature.
    private static readonly byte[] DummyKey = new byte[32];
    private static readonly string DummySecret = new('0', 40);
    private static readonly byte[] DummyPublicKey = SigV4a.PublicKey("nobody", "nobody");
    private readonly ColdLoads _loads = new();
    private readonly ConcurrentDictionary<string, SigV4Rules> _rules = new(StringComparer.Ordinal);

    /// <summary>The caller, or an <see cref="ApiException"/>. <paramref name="now"/> is policy time; signatures are dated in real time.</summary>
    /// <param name="proven">Told who signed, also when the session is over: that refusal belongs into the trail under a name.</param>
    public async ValueTask<Caller> ProveAsync(ApiRequest request, DateTimeOffset now, Action<Caller> proven, CancellationToken cancellationToken)
    {
        if (request.Shown is { } shown)
            return await ProveShownAsync(shown, request.SourceIp, now, proven, cancellationToken);
        if (request.Uproject is { } uproject)
            return await ProveUprojectAsync(uproject, request.SourceIp, now, proven, cancellationToken);
        var signable = request.Signable;
        var authorization = SigV4Parser.TryParseEither(signable, out var error) ?? throw Refuse(error!);
        var rules = _rules.GetOrAdd(request.Action.Service.Name, name => new SigV4Rules { Service = name, Region = region });
        if ((SigV4.CheckSignedHeaders(authorization, signable, rules) ?? SigV4.CheckTimeAndScope(authorization, time.GetUtcNow(), rules)) is { } refusal)
            throw Refuse(refusal);
        var stringToSign = SigV4.StringToSign(authorization, signable, PayloadHash(request), rules);
        var credential = await FindAsync(authorization.AccessKeyId, authorization.SessionToken, request.SourceIp, now, cancellationToken);
        var matches = IsSignedBy(credential, authorization, stringToSign);
        if (credential is null)
            throw authorization.SessionToken is null ? Errors.UnknownKey() : Errors.InvalidToken();
        if (matches)
            proven(credential.Candidate);
        // Before the signature, as AWS has it: a client whose session is over is told so whatever else is wrong.
        if (credential.Ended is { } ended)
            throw ended;
        return matches ? credential.Candidate : throw Errors.SignatureDoesNotMatch();
    }

    /// <summary>By the signature of uproject's API, in its order of checks: key, token, signature. It has no time, so it is good as long as its key.</summary>
    private async ValueTask<Caller> ProveUprojectAsync(UprojectRequest request, IPAddress source, DateTimeOffset now, Action<Caller> proven, CancellationToken cancellationToken)
    {
        if (request.Signature is not { Length: > 0 } signature || request.PublicKey is not { Length: > 0 } keyId)
            throw Errors.MissingSignature();
        var token = request.SecurityToken;
        var credential = await FindAsync(keyId, token, source, now, cancellationToken);
        var matches = UprojectSignature.Matches(request.CanonicalText, credential is null ? DummySecret : credential.Secret(), signature);
        if (credential is null)
            throw token is not null || AccessKeyId.IsTemporary(keyId) ? Errors.InvalidToken() : Errors.UnknownKey();
        if (matches)
            proven(credential.Candidate);
        if (credential.Ended is { } ended)
            throw ended;
        return matches ? credential.Candidate : throw Errors.SignatureDoesNotMatch();
    }

    /// <summary>A session that is shown with its secret, or by a sign-in token that was made of it.</summary>
    private async ValueTask<Caller> ProveShownAsync(ShownProof shown, IPAddress source, DateTimeOffset now, Action<Caller> proven, CancellationToken cancellationToken)
    {
        var session = shown.Session ?? Opened(shown, now) ?? throw Errors.InvalidSigninToken();
        // The token first, which costs nothing: without one of ours nobody has an account looked up.
        var credential = vault.OpenSession(session.SessionToken, session.AccessKeyId) is null || !directories.Installation.TryFindAccountOf(session.AccessKeyId, out var account)
            || await GetAsync(account, source, cancellationToken) is not { } home
            ? null
            : await FindSessionAsync(home, session.AccessKeyId, session.SessionToken, source, now, cancellationToken);
        if (credential is null || (shown.Session is not null && !IsSecretOf(credential, session.Secret)))
            throw shown.Session is null ? Errors.InvalidSigninToken() : Errors.InvalidToken();
        proven(credential.Candidate);
        return credential.Ended is { } ended ? throw ended : credential.Candidate;
    }

    private ShownSession? Opened(ShownProof shown, DateTimeOffset now) =>
        shown.Handed is { } handed ? vault.OpenHandOver(handed, time.GetUtcNow())?.Session : vault.OpenSigninToken(shown.SigninToken!, now)?.Session;

    private static bool IsSecretOf(Credential credential, string secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(credential.Secret()), Encoding.UTF8.GetBytes(secret));

    // Each algorithm has its own key and its own check, and says its name in what is signed: none can stand for the other.
    private bool IsSignedBy(Credential? credential, SigV4Authorization authorization, string stringToSign) => authorization.Algorithm == SigV4a.Algorithm
        ? SigV4a.Matches(credential is null ? DummyPublicKey : signingKeys.PublicKey(credential, authorization.AccessKeyId), stringToSign, authorization.Signature)
        : SigV4.Matches(
            credential is null ? DummyKey : signingKeys.Get(credential, authorization.Date, authorization.Region, authorization.Service), stringToSign, authorization.Signature);

    private async ValueTask<Credential?> FindAsync(string accessKeyId, string? token, IPAddress source, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!directories.Installation.TryFindAccountOf(accessKeyId, out var account))
            return null;
        var home = await GetAsync(account, source, cancellationToken);
        if (home is null)
            return null;
        return token is not null
            ? await FindSessionAsync(home, accessKeyId, token, source, now, cancellationToken)
            : CredentialFinder.LongTerm(home, accessKeyId, vault);
    }

    private async ValueTask<Credential?> FindSessionAsync(AccountDirectory home, string accessKeyId, string token, IPAddress source, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (CredentialFinder.Open(home, accessKeyId, token, vault) is not { } session)
            return null;
        for (var i = 0; i < session.Chain.Count; i++)
        {
            var account = session.Chain[i].Account;
            var directory = account == home.Account ? home : await GetAsync(account, source, cancellationToken);
            if (!Ancestry.IsAlive(session.Chain[i], directory))
                return null;
        }
        return CredentialFinder.Temporary(home, accessKeyId, token, session, directories.Installation.Revocations, now);
    }

    private ValueTask<AccountDirectory?> GetAsync(AccountId account, IPAddress source, CancellationToken cancellationToken) =>
        directories.Knows(account) ? directories.GetAsync(account, cancellationToken) : LoadAsync(account, source, cancellationToken);

    private async ValueTask<AccountDirectory?> LoadAsync(AccountId account, IPAddress source, CancellationToken cancellationToken)
    {
        using var place = _loads.Enter(source);
        return await directories.GetAsync(account, cancellationToken);
    }

    // STS and IAM take the hash of the body itself; a header that claims another one is a lie.
    internal static string PayloadHash(ApiRequest request)
    {
        var actual = SigV4.PayloadHash(request.Body.Span);
        return request.Signable.Headers.Get("x-amz-content-sha256", 0) is { } claimed && claimed != actual ? throw Errors.SignatureDoesNotMatch() : actual;
    }

    private static ApiException Refuse(SigningError error) => Errors.Signing(error.Code.ToString(), error.Message);
}
