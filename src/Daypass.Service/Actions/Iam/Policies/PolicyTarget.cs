using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>The managed policy that the <c>PolicyArn</c> of a request names.</summary>
internal static class PolicyTarget
{
    public static string Read(Parameters wire) => wire.RequiredText("PolicyArn", TextRules.Arn);

    /// <summary>Permission for an action on the policy. Policies of other accounts belong to those, so they are refused, not missing.</summary>
    /// <exception cref="ApiException">ValidationError or InvalidInput: the text is no ARN of a policy.</exception>
    public static Permission Ask(Scene scene, string action, string policyArn)
    {
        var arn = Parse(policyArn);
        return ResourceKeys.On(scene, "iam:" + action, arn, scene.Home.FindPolicy(policyArn)?.Tags ?? []) with { Owner = arn.AccountId ?? scene.Caller.Account };
    }

    /// <exception cref="ApiException">ValidationError or InvalidInput: the text is no ARN of a policy.</exception>
    public static Arn Parse(string policyArn)
    {
        if (!Arn.TryParse(policyArn, out var arn))
            throw Errors.ValidationError("Invalid ARN:  Could not be parsed!");
        return arn is { Partition: "aws", Service: "iam", Region: "" } && arn.Resource.StartsWith("policy/", StringComparison.Ordinal) && (arn.Account is "aws" or Urn.Cloud || arn.AccountId is not null)
            ? arn
            : throw Errors.InvalidInput($"ARN {policyArn} is not valid.");
    }

    /// <summary>A policy of the account or of AWS.</summary>
    /// <exception cref="ApiException">NoSuchEntity.</exception>
    public static ManagedPolicy Require(Scene scene, string policyArn) =>
        scene.Home.FindPolicy(policyArn) ?? throw Errors.NoSuchPolicy($"Policy {policyArn} was not found.");

    /// <summary>A policy that the account may change.</summary>
    /// <exception cref="ApiException">NoSuchEntity; AccessDenied for a policy of AWS, whatever the caller is allowed.</exception>
    public static ManagedPolicy RequireOwn(Scene scene, string action, string policyArn)
    {
        var policy = Require(scene, policyArn);
        return SystemPolicies.Find(policyArn) is null ? policy : throw Errors.AccessDenied(scene.Caller.Arn, "iam:" + action, policyArn, "");
    }

    /// <summary>One version of a policy.</summary>
    /// <exception cref="ApiException">NoSuchEntity.</exception>
    public static PolicyVersion RequireVersion(ManagedPolicy policy, string policyArn, string versionId) =>
        policy.Versions.FirstOrDefault(version => version.Id == versionId)
        ?? throw Errors.NoSuchPolicy($"Policy {policyArn} version {versionId} does not exist or is not attachable.");

    /// <summary>A policy that is to be put to use.</summary>
    /// <exception cref="ApiException">NoSuchEntity.</exception>
    public static ManagedPolicy RequireAttachable(Scene scene, string policyArn) =>
        scene.Home.FindPolicy(policyArn) ?? throw Errors.NoSuchPolicy($"Policy {policyArn} does not exist or is not attachable.");

    public static AuditResource Resource(string policyArn) => new("AWS::IAM::Policy", policyArn);

    /// <summary>Where a policy stands in lists: by name, the account's own before the system's of the same name.</summary>
    public static string KeyOf(string policyArn)
    {
        var name = policyArn[(policyArn.LastIndexOf('/') + 1)..];
        return Arn.TryParse(policyArn, out var arn) && arn.AccountId is null ? $"{name}/{arn.Account}" : name + "/";
    }
}
