using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Outbound;

/// <summary>What a web identity token says of its caller: the claims and names of AWS's outbound federation, of which those that apply are there.</summary>
/// <param name="Issuer">The account's.</param>
/// <param name="Audience">One is written as a text, several as a list (RFC 7519, 4.1.3).</param>
/// <param name="IssuedAt">Real time, whole seconds: verifiers know no other.</param>
/// <param name="ExpiresAt">The same.</param>
/// <param name="RequestTags">Passed with the call.</param>
internal sealed record WebIdentityClaims(string Issuer, IReadOnlyList<string> Audience, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, IReadOnlyList<Tag> RequestTags)
{
    /// <summary>The claim that all claims of AWS's own are in.</summary>
    public const string Namespace = "https://sts.amazonaws.com/";

    // The payload goes out in base64url and is never part of a page: escaped is what JSON demands.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The payload, UTF-8 JSON.</summary>
    public byte[] Write(Scene scene)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("iss", Issuer);
            WriteAudience(json);
            json.WriteString("sub", SubjectOf(scene.Caller));
            json.WriteNumber("iat", IssuedAt.ToUnixTimeSeconds());
            json.WriteNumber("exp", ExpiresAt.ToUnixTimeSeconds());
            // The request's id, which the trail has too: from a token that turned up somewhere to the call that made it.
            json.WriteString("jti", scene.Request.RequestId);
            json.WriteStartObject(Namespace);
            WriteIdentity(json, scene);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    // The role and not the session: a session's name is chosen by who assumes the role, and verifiers would trust it.
    private static string SubjectOf(Caller caller) => caller.Principal.RoleArn ?? caller.Arn;

    private void WriteAudience(Utf8JsonWriter json)
    {
        if (Audience is [var only])
        {
            json.WriteString("aud", only);
            return;
        }
        json.WriteStartArray("aud");
        foreach (var audience in Audience)
            json.WriteStringValue(audience);
        json.WriteEndArray();
    }

    private void WriteIdentity(Utf8JsonWriter json, Scene scene)
    {
        var caller = scene.Caller;
        json.WriteString("aws_account", caller.Account.ToString());
        json.WriteString("source_region", Regions.Default);
        json.WriteString("principal_id", SubjectOf(caller));
        if (RequestKeys.OrganizationOf(scene.Home) is { } organization)
            json.WriteString("org_id", organization);
        WriteTags(json, "principal_tags", TagsOf(caller));
        if (caller.Session is { Kind: SessionKind.AssumedRole } session)
        {
            json.WriteString("original_session_exp", session.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            if (session.SourceIdentity is { } source)
                json.WriteString("source_identity", source);
        }
        WriteTags(json, "request_tags", RequestTags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)));
    }

    // As aws:PrincipalTag has them: session tags override the role's or user's own, ignoring case.
    private static IEnumerable<KeyValuePair<string, string>> TagsOf(Caller caller)
    {
        var own = (caller.Role?.Tags ?? caller.User?.Tags ?? []).Select(tag => KeyValuePair.Create(tag.Key, tag.Value));
        return (caller.Session?.Tags ?? []).Concat(own).DistinctBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase);
    }

    private static void WriteTags(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> tags)
    {
        var isOpen = false;
        foreach (var (key, value) in tags)
        {
            if (!isOpen)
                json.WriteStartObject(name);
            isOpen = true;
            json.WriteString(key, value);
        }
        if (isOpen)
            json.WriteEndObject();
    }
}
