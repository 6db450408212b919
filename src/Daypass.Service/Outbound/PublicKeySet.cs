using System.Text.Json;
using Daypass.Jose;
using Daypass.Names;
using Daypass.Service.Keys;

namespace Daypass.Service.Outbound;

/// <summary>The documents that verifiers of web identity tokens fetch: OpenID Connect Discovery 1.0, section 3, and RFC 7517, section 5.</summary>
internal static class PublicKeySet
{
    private static readonly string[] Purposes = [KeyPurposes.WebIdentityRs256, KeyPurposes.WebIdentityEs384];

    /// <summary>Where an issuer's keys are, and what its tokens hold.</summary>
    public static byte[] Discovery(string publicUrl, AccountId account) => Write(json =>
    {
        var issuer = OutboundIssuer.Of(publicUrl, account)!;
        json.WriteString("issuer", issuer);
        json.WriteString("jwks_uri", issuer + OutboundIssuer.JwksPath);
        WriteTexts(json, "response_types_supported", ["id_token"]);
        WriteTexts(json, "subject_types_supported", ["public"]);
        WriteTexts(json, "id_token_signing_alg_values_supported", [JsonWebKey.Rs256, JsonWebKey.Es384]);
        WriteTexts(json, "claims_supported", ["sub", "iss", "aud", "exp", "iat", "jti", WebIdentityClaims.Namespace]);
    });

    /// <summary>
    /// The public keys of a moment: the one of each algorithm that signs, those to come, and those whose tokens may not have ended yet. Not those
    /// that somebody else may have.
    /// </summary>
    public static byte[] Of(Func<string, IReadOnlyList<SigningKey>> keysOf) => Write(json =>
    {
        json.WriteStartArray("keys");
        foreach (var key in Purposes.SelectMany(keysOf).Where(key => key.Revoked is null))
            key.WebKey.Write(json);
        json.WriteEndArray();
    });

    private static void WriteTexts(Utf8JsonWriter json, string name, string[] texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }
}
