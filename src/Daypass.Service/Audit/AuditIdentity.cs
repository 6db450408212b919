using System.Globalization;
using System.Text.Json;
using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Audit;

/// <summary>The <c>userIdentity</c> of a record: who did it, through which role, by which credential.</summary>
internal static class AuditIdentity
{
    /// <summary>The name that LookupEvents searches by: the user's, the session's, or the subject that a provider outside vouches for.</summary>
    public static string UsernameOf(Caller caller, AccountId trail) => trail != caller.Account ? ""
        : caller.Federated is { } federated ? federated.UserName
        : caller.Session is { SessionName.Length: > 0 } session ? session.SessionName
        : caller.User?.Name ?? (caller.Principal.Kind == PrincipalKind.Root ? "root" : "");

    public static void Write(Utf8JsonWriter json, Caller caller, AccountId trail)
    {
        json.WriteStartObject("userIdentity"u8);
        if (trail != caller.Account)
            WriteForeign(json, caller);
        else if (caller.Federated is { } federated)
            WriteFederated(json, federated);
        else
            WriteOwn(json, caller);
        json.WriteEndObject();
    }

    // Another account learns who came by id and account, not by name.
    private static void WriteForeign(Utf8JsonWriter json, Caller caller)
    {
        json.WriteString("type"u8, "AWSAccount"u8);
        json.WriteString("principalId"u8, caller.UserId);
        json.WriteString("accountId"u8, caller.Account.ToString());
    }

    // What a provider puts into a token has no other bound than the token's.
    private static void WriteFederated(Utf8JsonWriter json, FederatedIdentity identity)
    {
        json.WriteString("type"u8, identity.Type);
        json.WriteString("principalId"u8, AuditLimits.Cut(identity.PrincipalId));
        json.WriteString("userName"u8, AuditLimits.Cut(identity.UserName));
        json.WriteString("identityProvider"u8, AuditLimits.Cut(identity.IdentityProvider));
    }

    private static void WriteOwn(Utf8JsonWriter json, Caller caller)
    {
        json.WriteString("type"u8, TypeOf(caller.Principal.Kind));
        json.WriteString("principalId"u8, caller.UserId);
        json.WriteString("arn"u8, caller.Arn);
        json.WriteString("accountId"u8, caller.Account.ToString());
        json.WriteString("accessKeyId"u8, caller.AccessKeyId);
        if (caller.Principal.Kind == PrincipalKind.User)
            json.WriteString("userName"u8, caller.User!.Name);
        if (caller.Session is not null)
            WriteSession(json, caller);
    }

    private static void WriteSession(Utf8JsonWriter json, Caller caller)
    {
        var session = caller.Session!;
        json.WriteStartObject("sessionContext"u8);
        if (caller.Role is { } role)
            WriteIssuer(json, "Role", role.Id, role.ArnIn(caller.Account).ToString(), caller.Account, role.Name);
        else if (caller.Principal.Kind == PrincipalKind.FederatedUser)
            WriteIssuer(json, "IAMUser", caller.User!.Id, caller.User.ArnIn(caller.Account).ToString(), caller.Account, caller.User.Name);
        if (caller.WebIdentity is { } web)
            WriteWebIdentity(json, web);
        json.WriteStartObject("attributes"u8);
        json.WriteString("creationDate"u8, session.IssuedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteString("mfaAuthenticated"u8, session.MfaAt is null ? "false"u8 : "true"u8);
        json.WriteEndObject();
        if (session.Kind == SessionKind.AssumedRoot)
            json.WriteString("assumedRoot"u8, "true"u8);
        if (session.SourceIdentity is not null)
            json.WriteString("sourceIdentity"u8, session.SourceIdentity);
        json.WriteEndObject();
    }

    private static void WriteIssuer(Utf8JsonWriter json, string type, string id, string arn, AccountId account, string name)
    {
        json.WriteStartObject("sessionIssuer"u8);
        json.WriteString("type"u8, type);
        json.WriteString("principalId"u8, id);
        json.WriteString("arn"u8, arn);
        json.WriteString("accountId"u8, account.ToString());
        json.WriteString("userName"u8, name);
        json.WriteEndObject();
    }

    private static void WriteWebIdentity(Utf8JsonWriter json, WebIdFederationData web)
    {
        json.WriteStartObject("webIdFederationData"u8);
        json.WriteString("federatedProvider"u8, AuditLimits.Cut(web.FederatedProvider));
        json.WriteStartObject("attributes"u8);
        foreach (var (name, value) in web.Attributes)
            json.WriteString(AuditLimits.Cut(name), AuditLimits.Cut(value));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string TypeOf(PrincipalKind kind) => kind switch
    {
        PrincipalKind.Root => "Root",
        PrincipalKind.User => "IAMUser",
        PrincipalKind.RoleSession => "AssumedRole",
        PrincipalKind.FederatedUser => "FederatedUser",
        _ => "Unknown",
    };
}
