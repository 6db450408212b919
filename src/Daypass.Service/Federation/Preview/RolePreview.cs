using Daypass.Names;
using Daypass.Policies;
using Daypass.Policies.Validation;
using Daypass.Service.Actions.Sts;
using Daypass.Service.Directories;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Preview;

/// <summary>What one role says to whom a token or an assertion would prove: the engine's answer to the very question of the live call.</summary>
/// <param name="RoleArn">The role.</param>
/// <param name="IsOffered">Whether the assertion offers it; null for tokens, which offer none.</param>
/// <param name="Role">The same, as it is stored; null if there is none.</param>
/// <param name="Trace">The answer that decides: the first denial, or the last allow.</param>
internal sealed record RolePreview(string RoleArn, bool? IsOffered, Role? Role, Trace Trace) : IShape
{
    public bool IsAllowed => Trace.Decision.IsAllowed && IsOffered != false && Refusal is null;

    /// <summary>The profile by which a certificate would have the role; null where there are none.</summary>
    public string? ProfileArn { get; init; }

    /// <summary>What a call must have beyond what is shown here.</summary>
    public IReadOnlyList<string> Asks { get; init; } = [];

    /// <summary>Why it cannot be had, whatever the trust policy says.</summary>
    public string? Refusal { get; init; }

    /// <summary>Null when the role does not name the provider.</summary>
    public static RolePreview? Of(Role role, string action, Scene supposed)
    {
        var arn = role.ArnIn(supposed.Home.Account);
        var deciding = Decide(arn, action, supposed);
        var identity = supposed.Caller.Federation!;
        bool? isOffered = identity.Saml?.SignIn.Offers.Contains((arn.ToString(), identity.Provider));
        return Names(deciding) || isOffered == true ? new RolePreview(arn.ToString(), isOffered, role, deciding) : null;
    }

    /// <summary>A role that a profile lists, to whom a certificate would prove.</summary>
    public static RolePreview By(AnywhereProfile? profile, string? profileArn, string roleArn, Scene supposed)
    {
        var target = RoleTarget.Check(roleArn);
        var role = RoleTarget.Find(target, supposed);
        return new RolePreview(roleArn, null, role, Decide(target, CertificateIdentity.Action, supposed))
        {
            ProfileArn = profileArn,
            Asks = profile?.RequiresInstanceProperties is true ? ["The profile wants instanceProperties with each call."] : [],
            Refusal = profile is null ? "No profile lists the role." : RefusalOf(profile, roleArn) ?? (role is null ? "There is no such role." : null),
        };
    }

    /// <summary>Whether the role's trust policy names whoever it is about.</summary>
    public bool NamesCaller => Names(Trace);

    private static string? RefusalOf(AnywhereProfile profile, string roleArn)
    {
        try
        {
            profile.RequireRole(roleArn);
            return null;
        }
        catch (ApiException refusal)
        {
            return refusal.Error.Message;
        }
    }

    private static Trace Decide(Arn arn, string action, Scene supposed)
    {
        var identity = supposed.Caller.Federation!;
        var question = new FederatedRole(arn.ToString(), arn, identity.Saml?.SignIn.SessionName ?? identity.Certificate?.SerialNumber ?? "preview").Ask(action, supposed);
        var common = RequestKeys.Of(supposed);
        Trace? deciding = null;
        foreach (var permission in question.Permissions)
        {
            deciding = Authorizer.Explain(supposed, permission, common);
            if (!deciding.Decision.IsAllowed)
                break;
        }
        return deciding!;
    }

    public void Write(ShapeWriter writer)
    {
        writer.Text("RoleArn", RoleArn);
        writer.Flag("IsAllowed", IsAllowed);
        writer.Flag("IsOffered", IsOffered);
        writer.Text("ProfileArn", ProfileArn);
        writer.Text("Refusal", Refusal);
        writer.Text("Action", Trace.Request.Action);
        writer.Text("Explanation", Trace.ToText());
        writer.TextList("Warnings", Warnings());
        writer.TextList("MissingKeys", [.. Trace.Statements.Where(traced => !traced.IsMatch).SelectMany(traced => traced.Shortfalls).SelectMany(shortfall => shortfall.MissingKeys).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    // Also of roles that were made before it was asked for, or came with a backup.
    private IEnumerable<string> Warnings() => Asks.Concat(Role is null ? [] : PolicyValidator.Validate(Role.Trust.Document, PolicyType.Trust)
        .Where(finding => finding.IssueCode.StartsWith("OIDC_TRUST", StringComparison.Ordinal) || finding.IssueCode.StartsWith("SAML_TRUST", StringComparison.Ordinal)).Select(finding => $"{finding.IssueCode}: {finding.Details}"));

    private static bool Names(Trace trace) => trace.Statements.Any(traced => traced.NamedAs != PrincipalMatch.None);
}
