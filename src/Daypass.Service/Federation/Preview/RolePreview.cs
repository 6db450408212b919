using Daypass.Policies;
using Daypass.Policies.Validation;
using Daypass.Service.Actions.Sts;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Preview;

/// <summary>What one role says to whom a token or an assertion would prove: the engine's answer to the very question of the live call.</summary>
/// <param name="RoleArn">The role.</param>
/// <param name="IsOffered">Whether the assertion offers it; null for tokens, which offer none.</param>
/// <param name="Role">The same, as it is stored.</param>
/// <param name="Trace">The answer that decides: the first denial, or the last allow.</param>
internal sealed record RolePreview(string RoleArn, bool? IsOffered, Role Role, Trace Trace) : IShape
{
    public bool IsAllowed => Trace.Decision.IsAllowed && IsOffered != false;

    /// <summary>Null when the role does not name the provider.</summary>
    public static RolePreview? Of(Role role, string action, Scene supposed)
    {
        var identity = supposed.Caller.Federation!;
        var arn = role.ArnIn(supposed.Home.Account);
        var question = new FederatedRole(arn.ToString(), arn, identity.Saml?.SignIn.SessionName ?? "preview").Ask(action, supposed);
        var common = RequestKeys.Of(supposed);
        Trace? deciding = null;
        foreach (var permission in question.Permissions)
        {
            deciding = Authorizer.Explain(supposed, permission, common);
            if (!deciding.Decision.IsAllowed)
                break;
        }
        bool? isOffered = identity.Saml?.SignIn.Offers.Contains((arn.ToString(), identity.Provider));
        return Names(deciding!) || isOffered == true ? new RolePreview(arn.ToString(), isOffered, role, deciding!) : null;
    }

    public void Write(ShapeWriter writer)
    {
        writer.Text("RoleArn", RoleArn);
        writer.Flag("IsAllowed", IsAllowed);
        writer.Flag("IsOffered", IsOffered);
        writer.Text("Action", Trace.Request.Action);
        writer.Text("Explanation", Trace.ToText());
        writer.TextList("Warnings", Warnings());
        writer.TextList("MissingKeys", [.. Trace.Statements.Where(traced => !traced.IsMatch).SelectMany(traced => traced.Shortfalls).SelectMany(shortfall => shortfall.MissingKeys).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    // Also of roles that were made before it was asked for, or came with a backup.
    private IEnumerable<string> Warnings() => PolicyValidator.Validate(Role.Trust.Document, PolicyType.Trust)
        .Where(finding => finding.IssueCode.StartsWith("OIDC_TRUST", StringComparison.Ordinal) || finding.IssueCode.StartsWith("SAML_TRUST", StringComparison.Ordinal)).Select(finding => $"{finding.IssueCode}: {finding.Details}");

    private static bool Names(Trace trace) => trace.Statements.Any(traced => traced.NamedAs != PrincipalMatch.None);
}
