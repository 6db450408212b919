using System.Text.Json;
using Daypass.Jose;
using Daypass.Names;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Federation.Oidc;

/// <summary>What a proven token comes to: its claims as the condition keys that they become, its session tags, its source identity.</summary>
internal static class TokenIdentity
{
    // Of what a token says, this much is there at later calls of the session, as AWS has it.
    private static readonly string[] Kept = ["aud", "sub", "amr"];

    /// <exception cref="ApiException">InvalidIdentityToken: two claims would be one condition key, or tags or source identity break AWS's rules.</exception>
    public static ProvenIdentity Of(VerifiedToken token, OidcProvider provider, AccountId account) => Of(new Word(token.Claims, token.Subject, token.Audience), provider, account);

    /// <summary>What claims would come to that nothing has proven: for the preview, which shows it and issues nothing.</summary>
    /// <exception cref="ApiException">As with proven ones.</exception>
    public static ProvenIdentity Suppose(JwtClaims claims, string subject, string audience, OidcProvider provider, AccountId account) => Of(new Word(claims, subject, audience), provider, account);

    private static ProvenIdentity Of(Word token, OidcProvider provider, AccountId account)
    {
        var keys = KeysOf(token, provider.Url + ":");
        var (tags, transitive) = TokenTags.Read(token.Claims);
        return new ProvenIdentity
        {
            Provider = provider.ArnIn(account).ToString(),
            Subject = token.Subject,
            Audience = token.Audience,
            IssuedAt = token.IssuedAt,
            SessionsEndAt = provider.SessionsEndWithToken ? token.ExpiresAt : null,
            Keys = keys,
            KeptKeys = [.. keys.Where(key => Kept.Contains(key.Name[(provider.Url.Length + 1)..], StringComparer.Ordinal))],
            Tags = tags,
            TransitiveTagKeys = transitive,
            SourceIdentity = TokenTags.ReadSourceIdentity(token.Claims),
        };
    }

    /// <summary>
    /// <c>aud</c>, <c>sub</c> and <c>oaud</c> as AWS fills them, and every other scalar claim, or list of scalars, under its own name. Names of keys ignore
    /// case, those of claims do not: a token in which two would meet is refused, for whichever was left out might be the one that a Deny looks for.
    /// </summary>
    private static List<FederatedKey> KeysOf(Word token, string prefix)
    {
        List<FederatedKey> keys = [new(prefix + "aud", [token.Audience], false), new(prefix + "sub", [token.Subject], false)];
        if (token.IsAuthorizedParty)
            keys.Add(new FederatedKey(prefix + "oaud", token.Audiences, token.Audiences.Count > 1));
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "oaud" };
        foreach (var name in token.Claims.Names)
        {
            if (!names.Add(name))
                throw Errors.InvalidIdentityToken($"The token has the claim {Errors.Shorten(name)} in two letter cases, or one that is reserved");
            if (name is not ("aud" or "sub") && IsKeyPart(name) && KeyOf(prefix + name, token.Claims.Find(name)!.Value) is { } key)
                keys.Add(key);
        }
        return keys;
    }

    // amr is a list by its definition (OpenID Connect Core, section 2), whatever the issuer writes.
    private static FederatedKey? KeyOf(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return JwtClaims.ScalarOf(value) is { } scalar ? new FederatedKey(name, [scalar], name.EndsWith(":amr", StringComparison.Ordinal)) : null;
        var items = value.EnumerateArray().Select(JwtClaims.ScalarOf).ToList();
        return items.Contains(null) ? null : new FederatedKey(name, items!, true);
    }

    // "8443:sub" of idp.example.com would be the key of the subject at idp.example.com:8443, and "8443/acme:sub" of that at idp.example.com:8443/acme.
    private static bool IsKeyPart(string name) =>
        !name.StartsWith(TokenTags.Namespace, StringComparison.Ordinal) && !(name.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end and >= 0 && name[end] is ':' or '/');

    /// <summary>What a token says, whoever has proven it.</summary>
    private readonly record struct Word(JwtClaims Claims, string Subject, string Audience)
    {
        public bool IsAuthorizedParty => Claims.Find("azp") is not null;

        public IReadOnlyList<string> Audiences => Claims.Texts("aud") ?? [];

        public DateTimeOffset IssuedAt => Time("iat");

        public DateTimeOffset ExpiresAt => Time("exp");

        private DateTimeOffset Time(string name) => Claims.Seconds(name) is { } seconds and >= 0 and <= 253_402_300_799 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.UnixEpoch;
    }
}
