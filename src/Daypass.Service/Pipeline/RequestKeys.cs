using System.Globalization;
using System.Net;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Tokens;

namespace Daypass.Service.Pipeline;

/// <summary>
/// The condition keys that the server fills for every request: from the connection, the clock and the proven
/// caller, never from what the caller says of itself.
/// </summary>
internal static class RequestKeys
{
    public static RequestContext Of(Scene scene)
    {
        var context = new RequestContext(scene.Caller.Federation is null ? OfCaller(scene.Caller, scene.Now) : new RequestContext());
        AddMoment(context, scene.Now);
        context.Set("aws:SourceIp", Plain(scene.Request.SourceIp).ToString());
        context.Set("aws:SecureTransport", scene.Request.IsSecure ? "true" : "false");
        if (scene.Request.UserAgent.Length > 0)
            context.Set("aws:UserAgent", scene.Request.UserAgent);
        context.Set("aws:RequestedRegion", Regions.Default);
        context.Set("aws:ViaAWSService", "false");
        // The code came with this very call, whatever the caller's own credentials say.
        if (scene.Mfa is not null)
        {
            context.Set("aws:MultiFactorAuthPresent", "true");
            context.Set("aws:MultiFactorAuthAge", "0");
        }
        if (scene.Caller.Federation is { } identity)
            AddIdentity(context, identity);
        else if (OrganizationOf(scene.Home) is { } organization)
            context.Set("aws:PrincipalOrgID", organization);
        return context;
    }

    /// <summary>The keys that tell of the caller, as its lease carries them too.</summary>
    public static RequestContext OfCaller(Caller caller, DateTimeOffset now)
    {
        var context = new RequestContext();
        var principal = caller.Principal;
        context.Set("aws:PrincipalArn", principal.RoleArn ?? principal.Arn);
        context.Set("aws:PrincipalAccount", caller.Account.ToString());
        context.Set("aws:PrincipalType", TypeOf(principal.Kind));
        context.Set("aws:PrincipalIsAWSService", "false");
        context.Set("aws:userid", caller.UserId);
        if (principal.Kind == PrincipalKind.User)
            context.Set("aws:username", caller.User!.Name);
        AddTags(context, caller);
        if (caller.Session is { } session)
            AddSession(context, session, now);
        return context;
    }

    /// <summary>Policy time under both of its names.</summary>
    public static void AddMoment(RequestContext context, DateTimeOffset now)
    {
        context.Set("aws:CurrentTime", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        context.Set("aws:EpochTime", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
    }

    public static string? OrganizationOf(AccountDirectory directory) => directory.Organization?.Id ?? directory.Settings?.OrganizationId;

    // Whoever comes with a provider's word is no principal of any account yet: the provider's word is all there is.
    private static void AddIdentity(RequestContext context, ProvenIdentity identity)
    {
        context.Set("aws:PrincipalIsAWSService", "false");
        if (identity.Certificate is null)
            context.Set("aws:FederatedProvider", identity.Provider);
        foreach (var key in identity.Keys)
            Add(context, key);
    }

    private static void Add(RequestContext context, FederatedKey key)
    {
        if (key.IsList)
            context.SetList(key.Name, key.Values);
        else
            context.Set(key.Name, key.Values[0]);
    }

    private static void AddSession(RequestContext context, SessionClaims session, DateTimeOffset now)
    {
        context.Set("aws:TokenIssueTime", session.IssuedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        if (session.SourceIdentity is not null)
            context.Set("aws:SourceIdentity", session.SourceIdentity);
        if (session.Kind == SessionKind.AssumedRoot)
            context.Set("aws:AssumedRoot", "true");
        // Sessions of AssumeRole do not carry MFA; absent is not the same as "false".
        if (session.Kind == SessionKind.User)
            context.Set("aws:MultiFactorAuthPresent", session.MfaAt is null ? "false" : "true");
        if (session.Federation is { } federation)
        {
            context.Set("aws:FederatedProvider", federation.Provider);
            foreach (var key in federation.Keys)
                Add(context, key);
        }
        if (session.MfaAt is { } mfaAt)
            context.Set("aws:MultiFactorAuthAge", ((long)(now - mfaAt).TotalSeconds).ToString(CultureInfo.InvariantCulture));
    }

    // Session tags override the role's or user's own, ignoring case.
    private static void AddTags(RequestContext context, Caller caller)
    {
        foreach (var tag in caller.Role?.Tags ?? caller.User?.Tags ?? [])
            context.Set("aws:PrincipalTag/" + tag.Key, tag.Value);
        foreach (var (key, value) in caller.Session?.Tags ?? [])
            context.Set("aws:PrincipalTag/" + key, value);
    }

    // A dual-stack socket shows IPv4 callers as ::ffff:a.b.c.d; policies are written for a.b.c.d.
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>The value of <c>aws:PrincipalType</c>.</summary>
    public static string TypeOf(PrincipalKind kind) => kind switch
    {
        PrincipalKind.Root => "Account",
        PrincipalKind.User => "User",
        PrincipalKind.RoleSession => "AssumedRole",
        PrincipalKind.FederatedUser => "FederatedUser",
        _ => "Anonymous",
    };
}

/// <summary>The region that Daypass's own APIs stand in. Any region is accepted in a signing scope.</summary>
internal static class Regions
{
    public const string Default = "us-east-1";
}
