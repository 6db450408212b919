using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>Who makes the simulated calls, and the condition keys that follow from that alone.</summary>
internal sealed record SimulatedCaller(Principal Principal, RequestContext Keys)
{
    private const string Nobody = "simulated-caller";

    /// <summary>Nobody in particular: some user of the account, or some role session. No policy can name it.</summary>
    public static SimulatedCaller Some(AccountId account, bool isSession) => new(
        isSession ? Principal.RoleSession(account, Nobody, Nobody, "") : Principal.User(account, Nobody, ""),
        KeysOf(("aws:PrincipalAccount", account.ToString())));

    /// <summary>A user, a role or a group. Groups are no principals: policies can name only their account.</summary>
    /// <param name="entity">Who.</param>
    /// <param name="holder">The entity as it is stored; null if it need not exist.</param>
    public static SimulatedCaller Of(SourceEntity entity, IPolicyHolder? holder)
    {
        var arn = ArnOf(entity, holder);
        var keys = KeysOf(("aws:PrincipalArn", arn), ("aws:PrincipalAccount", entity.Account.ToString()));
        if (entity.Noun == "user")
            keys.Set("aws:username", entity.Name);
        if (holder is User user)
            keys.Set("aws:userid", user.Id);
        // A role acts in sessions; without a session's name none is named by its ARN.
        var principal = entity.Noun == "role"
            ? Principal.RoleSession(entity.Account, arn, arn, holder?.Id ?? "")
            : Principal.User(entity.Account, arn, entity.Noun == "user" ? holder?.Id ?? "" : "");
        return new SimulatedCaller(principal, keys);
    }

    /// <summary>A session of a role.</summary>
    public static SimulatedCaller OfSession(SourceEntity role, IPolicyHolder? holder, string session)
    {
        var arn = ArnOf(role, holder);
        var keys = KeysOf(("aws:PrincipalArn", arn), ("aws:PrincipalAccount", role.Account.ToString()));
        if (holder is not null)
            keys.Set("aws:userid", $"{holder.Id}:{session}");
        var sessionArn = Arn.Sts(role.Account, $"assumed-role/{role.Name}/{session}").ToString();
        return new SimulatedCaller(Principal.RoleSession(role.Account, sessionArn, arn, holder?.Id ?? ""), keys);
    }

    /// <summary>The bearer of a token of an identity provider; null if the ARN is of something else.</summary>
    public static SimulatedCaller? OfProvider(string text)
    {
        if (!Arn.TryParse(text, out var arn) || arn.Service != "iam")
            return null;
        PrincipalKind? kind = arn.Resource.StartsWith("oidc-provider/", StringComparison.Ordinal) ? PrincipalKind.WebIdentity
            : arn.Resource.StartsWith("saml-provider/", StringComparison.Ordinal) ? PrincipalKind.Saml
            : arn.Resource.StartsWith("ldap-provider/", StringComparison.Ordinal) ? PrincipalKind.Ldap : null;
        return kind is { } federated ? new SimulatedCaller(Principal.Federated(federated, text), new RequestContext()) : null;
    }

    /// <summary>The same with what live calls carry of the stored entity: its tags and its kind. AWS's simulator leaves these to the asker.</summary>
    public SimulatedCaller WithTags(IReadOnlyList<Tag> tags)
    {
        Keys.Set("aws:PrincipalType", RequestKeys.TypeOf(Principal.Kind));
        Keys.Set("aws:PrincipalIsAWSService", "false");
        foreach (var tag in tags)
            Keys.Set("aws:PrincipalTag/" + tag.Key, tag.Value);
        return this;
    }

    private static string ArnOf(SourceEntity entity, IPolicyHolder? holder) => holder switch
    {
        User user => user.ArnIn(entity.Account).ToString(),
        Group group => group.ArnIn(entity.Account).ToString(),
        Role role => role.ArnIn(entity.Account).ToString(),
        _ => entity.Arn.ToString(),
    };

    private static RequestContext KeysOf(params ReadOnlySpan<(string Key, string Value)> keys)
    {
        var context = new RequestContext();
        foreach (var (key, value) in keys)
            context.Set(key, value);
        return context;
    }
}
