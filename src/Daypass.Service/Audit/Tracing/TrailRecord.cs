using System.Globalization;
using System.Text.Json;
using Daypass.Names;

namespace Daypass.Service.Audit.Tracing;

/// <summary>What a record of the trail says of who called and what was issued. A record of any other shape says less, never something else.</summary>
internal sealed class TrailRecord(AuditEvent found)
{
    private const string ForeignCaller = "AWSAccount";
    private readonly JsonElement _root = JsonElement.Parse(found.Record.Span);

    public AuditEvent Event { get; } = found;

    public string Type => Text("userIdentity", "type") ?? "";

    public string PrincipalId => Text("userIdentity", "principalId") ?? "";

    public string? Arn => Text("userIdentity", "arn");

    public string? UserName => Text("userIdentity", "userName");

    public string? AccessKeyId => Text("userIdentity", "accessKeyId");

    /// <summary>The account of who called; of the trail where the record does not say.</summary>
    public AccountId Caller => AccountId.TryParse(Text("userIdentity", "accountId"), out var account) ? account : Event.Account;

    /// <summary>Whether it is the view of a resource's owner: who called is recorded in the caller's own trail.</summary>
    public bool IsOwnersView => Type == ForeignCaller;

    /// <summary>When the session of the call was issued; null for long-term credentials.</summary>
    public DateTimeOffset? SessionIssued => Text("userIdentity", "sessionContext", "attributes", "creationDate") is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var issued) ? issued : null;

    /// <summary>Whether the session was given MFA; null where there is no session.</summary>
    public bool? IsMfaAuthenticated => Text("userIdentity", "sessionContext", "attributes", "mfaAuthenticated") is { } text ? text == "true" : null;

    /// <summary>That of the caller's session.</summary>
    public string? CallersSourceIdentity => Text("userIdentity", "sessionContext", "sourceIdentity");

    /// <summary>That of the caller's session, or the one that the call set.</summary>
    public string? SourceIdentity => CallersSourceIdentity ?? Issued("sourceIdentity");

    /// <summary>The unique id of the role or user behind the caller: what sessions name their ancestors by. Null for somebody without one.</summary>
    public string? AncestorId => IsVouchedFor ? null : Text("userIdentity", "sessionContext", "sessionIssuer", "principalId") ?? PrincipalId.Split(':')[0];

    private bool IsVouchedFor => Type is "LDAPUser" or "SAMLUser" or "WebIdentityUser" or "Unknown";

    public string? SharedEventId => Text("sharedEventID");

    public string? ErrorCode => Text("errorCode");

    /// <summary>The MFA device that the call itself was proven with.</summary>
    public string? MfaSerialNumber => Text("errorCode") is null ? Text("requestParameters", "serialNumber") : null;

    /// <summary>The key id of the session that the call issued.</summary>
    public string? IssuedAccessKeyId => Issued("credentials", "accessKeyId");

    /// <summary>The ARN and the unique id of the session that the call issued.</summary>
    public string? IssuedArn => Issued("assumedRoleUser", "arn") ?? Issued("federatedUser", "arn");

    public string? IssuedPrincipalId => Issued("assumedRoleUser", "assumedRoleId") ?? Issued("federatedUser", "federatedUserId");

    // Roles Anywhere answers with a set, of which there is always one.
    private string? Issued(params ReadOnlySpan<string> path) =>
        !_root.TryGetProperty("responseElements", out var response) || response.ValueKind != JsonValueKind.Object ? null
        : response.TryGetProperty("credentialSet", out var set) && set.ValueKind == JsonValueKind.Array && set.GetArrayLength() > 0 ? Text(set[0], path)
        : Text(response, path);

    private string? Text(params ReadOnlySpan<string> path) => Text(_root, path);

    private static string? Text(JsonElement at, ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                return null;
        }
        return at.ValueKind == JsonValueKind.String ? at.GetString() : null;
    }
}
