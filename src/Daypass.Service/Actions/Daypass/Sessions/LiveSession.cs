using System.Text.Json;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;
using Daypass.Service.Pipeline.Authentication;
using Daypass.Service.Revocations;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Daypass.Sessions;

/// <summary>A session that would be accepted now: what its token says, and what the trail says of its issue.</summary>
internal sealed record LiveSession(string AccessKeyId, SessionClaims Claims, AuditEvent Issue, IssueRecord Record, Scene Scene) : IShape
{
    /// <summary>The session that an event tells of; null when it tells of none, or of one that is over.</summary>
    public static LiveSession? Of(AuditEvent found, Scene scene)
    {
        if (IssueRecord.Read(found) is not { } record || scene.Vault.OpenSession(record.SessionToken, record.AccessKeyId) is not { } claims)
            return null;
        var session = new LiveSession(record.AccessKeyId, claims, found, record, scene);
        return session.IsLive() ? session : null;
    }

    /// <summary>Whether a revocation of this would end it.</summary>
    public bool IsOf(FoundTarget target) => target.Kind switch
    {
        RevocationKind.Session or RevocationKind.AccessKey => Links.Any(link => link.AccessKeyId == target.Value),
        RevocationKind.Role or RevocationKind.User => Links.Any(link => link.PrincipalId == target.Value && link.Account == Scene.Home.Account),
        RevocationKind.Subject => Links.Any(link => link.Kind == AncestorKind.Subject && link.PrincipalId == target.Value && link.Account == Scene.Home.Account),
        RevocationKind.Provider => Links.Any(link => link.Provider == target.Value && link.Account == Scene.Home.Account),
        RevocationKind.SourceIdentity => Claims.SourceIdentity == target.Value,
        _ => true,
    };

    public void Write(ShapeWriter writer)
    {
        writer.Text("AccessKeyId", AccessKeyId);
        writer.Text("Kind", Claims.Kind.ToString());
        writer.Text("Arn", Record.Arn ?? ArnOf(Self));
        writer.Text("Account", Claims.Account.ToString());
        writer.Time("IssuedAt", Claims.IssuedAt);
        writer.Time("ExpiresAt", Claims.ExpiresAt);
        writer.Text("SourceIpAddress", Record.SourceIpAddress);
        writer.Text("UserAgent", Record.UserAgent);
        writer.Text("SourceIdentity", Claims.SourceIdentity);
        writer.Time("MfaAt", Claims.MfaAt);
        writer.Text("EventName", Issue.EventName);
        writer.Text("EventId", Issue.EventId);
        writer.List("Chain", Claims.Chain.Select(link => new SessionLink(link, ArnOf(link))));
    }

    private Ancestor Self => Ancestry.LinkOf(AccessKeyId, Claims);

    private IEnumerable<Ancestor> Links => Claims.Chain.Append(Self);

    // What became of another account's roles and users is no business of this one.
    private bool IsLive() =>
        Scene.Now < Claims.ExpiresAt
        && Scene.Installation.Revocations.Find(AccessKeyId, Claims) is null
        && Links.All(link => link.Account != Scene.Home.Account || Ancestry.IsAlive(link, Scene.Home));

    private string? ArnOf(Ancestor link)
    {
        if (link.Account != Scene.Home.Account)
            return null;
        if (link.PrincipalId == link.Account.ToString())
            return Arn.Root(link.Account).ToString();
        return Scene.Home.FindRoleById(link.PrincipalId)?.ArnIn(link.Account).ToString() ?? Scene.Home.FindUserById(link.PrincipalId)?.ArnIn(link.Account).ToString();
    }

    private sealed record SessionLink(Ancestor Link, string? PrincipalArn) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("Kind", Link.Kind.ToString());
            writer.Text("AccessKeyId", Link.AccessKeyId.Length == 0 ? null : Link.AccessKeyId);
            writer.Text("PrincipalArn", PrincipalArn);
            writer.Text("PrincipalId", Link.PrincipalId);
            writer.Text("Account", Link.Account.ToString());
            writer.Time("IssuedAt", Link.Kind == AncestorKind.AccessKey ? null : Link.IssuedAt);
        }
    }
}

/// <summary>What the record of an issue says of the session.</summary>
internal sealed record IssueRecord(string AccessKeyId, string SessionToken, string? Arn, string? SourceIpAddress, string? UserAgent)
{
    /// <summary>Null when the record is not of an issue of session credentials.</summary>
    public static IssueRecord? Read(AuditEvent found)
    {
        using var json = JsonDocument.Parse(found.Record);
        var root = json.RootElement;
        if (Find(root, "responseElements") is not { } elements)
            return null;
        // Roles Anywhere answers with a set, of which there is always one.
        var response = elements.TryGetProperty("credentialSet", out var set) && set.ValueKind == JsonValueKind.Array && set.GetArrayLength() > 0 ? set[0] : elements;
        if (Find(response, "credentials") is not { } credentials)
            return null;
        var arn = Find(response, "assumedRoleUser") ?? Find(response, "federatedUser");
        return Text(credentials, "accessKeyId") is { } id && (Text(credentials, "sessionToken") ?? Text(credentials, "securityToken")) is { } token
            ? new IssueRecord(id, token, arn is { } principal ? Text(principal, "arn") : null, Text(root, "sourceIPAddress"), Text(root, "userAgent"))
            : null;
    }

    private static JsonElement? Find(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
