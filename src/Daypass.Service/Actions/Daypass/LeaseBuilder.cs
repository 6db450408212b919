using System.Globalization;
using Daypass.Leases;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Daypass;

/// <summary>Puts a lease together from a proven caller: its condition keys, and its policies sliced to the service.</summary>
internal static class LeaseBuilder
{
    /// <summary>
    /// Names everything that a lease is made of: where the feed stood for the account's and the installation's sets, the session, the
    /// settings, and the keys that explanation keys and report tickets are sealed with. Coarse on purpose: a change that does not concern the caller sends a lease once more, never one too few.
    /// </summary>
    public static string VersionOf(Caller caller, Scene scene)
    {
        // With the commit's id: after a failover that lost it, another one has its sequence.
        var at = scene.Find(caller.Account)!.Documents.Position;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{at.Epoch}-{at.Sequence}-{at.Commit}-{scene.Installation.ClockOffset.TotalSeconds}-{scene.Settings.LeaseFreshFor}-{scene.Settings.LeaseValidFor}-{ExplanationKeyId(scene):x}-{scene.Vault.TicketKeyId:x}");
    }

    public static Lease Build(LeaseScope scope, string version, Caller caller, Scene scene)
    {
        var (principal, service, region) = (caller.Principal, scope.Service, scope.Region);
        return new Lease
        {
            Version = version,
            AccessKeyId = scope.AccessKeyId,
            Date = scope.Date,
            Region = region,
            Service = service,
            SigningKey = scope.SigningKey,
            Principal = new LeasePrincipal(
                principal.Kind.ToString(), caller.Account.ToString(), principal.Arn, principal.RoleArn, principal.UserArn, principal.UniqueId, caller.UserId),
            Keys = Keys(caller, scene),
            ListKeys = ListKeys(caller),
            SessionExpires = caller.Session?.ExpiresAt.ToUnixTimeSeconds(),
            MfaAt = caller.Session?.MfaAt?.ToUnixTimeSeconds(),
            ClockOffset = (long)scene.Installation.ClockOffset.TotalSeconds,
            Identity = [.. Slices(caller.Policies.Identity, service)],
            Boundary = caller.Policies.Boundary is { } boundary ? Slice(boundary, service) : null,
            Session = caller.SessionPolicies is { } session ? [.. session.Select(policy => Slice(policy, service))] : null,
            Explanation = ExplanationOf(service, region, caller, scene),
            Ticket = LeaseTickets.Make(service, region, caller, scene),
            FreshFor = scene.Settings.LeaseFreshFor,
            ValidFor = scene.Settings.LeaseValidFor,
        };
    }

    /// <summary>A policy's statements that can concern a service, in the policy's own syntax.</summary>
    public static LeasePolicy Slice(Policy policy, string service) => new(policy.Id, policy.Arn, policy.Document.Slice(service), policy.Document.Syntax.Mark);

    private static uint? ExplanationKeyId(Scene scene) => scene.Settings.HasPlainDenials ? null : scene.Vault.MessageKeyId;

    private static LeaseExplanation? ExplanationOf(string service, string region, Caller caller, Scene scene) =>
        scene.Settings.HasPlainDenials ? null : scene.Vault.MakeExplanationKey(new MessageOrigin(service, region, scene.Caller.Account), caller.Account, scene.NowInSeconds, scene.Entropy);

    private static Dictionary<string, string> Keys(Caller caller, Scene scene)
    {
        var keys = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in RequestKeys.OfCaller(caller, scene.Now).All)
        {
            // Its value grows with time: the service computes it from MfaAt.
            if (value.Single is { } single && key != "aws:MultiFactorAuthAge")
                keys[key] = single;
        }
        if (RequestKeys.OrganizationOf(scene.Find(caller.Account)!) is { } organization)
            keys["aws:PrincipalOrgID"] = organization;
        // What a request means that names no project. A service that lets requests name one puts that in its place.
        keys[PolicyDocument.ProjectKey] = Project.DefaultOf(caller.Account);
        return keys;
    }

    private static Dictionary<string, IReadOnlyList<string>>? ListKeys(Caller caller) =>
        caller.Session?.Federation?.Keys.Where(key => key.IsList).ToDictionary(key => key.Name, key => key.Values) is { Count: > 0 } lists ? lists : null;

    private static IEnumerable<LeasePolicy> Slices(IEnumerable<Policy> policies, string service) => policies.Select(policy => Slice(policy, service));
}

/// <summary>What a lease is for. Without a date and key it is one that nothing can be verified with.</summary>
internal readonly record struct LeaseScope(string AccessKeyId, string Service, string Region, string? Date = null, byte[]? SigningKey = null);
