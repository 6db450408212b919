using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Sts;

/// <summary>The role that the <c>RoleArn</c> of a request names.</summary>
internal static class RoleTarget
{
    /// <exception cref="ApiException">ValidationError: it is no ARN, or none of a role.</exception>
    public static Arn Check(string roleArn)
    {
        if (!Arn.TryParse(roleArn, out var arn))
            throw Errors.ValidationError($"{roleArn} is invalid");
        return IsRole(arn) ? arn : throw Errors.ValidationError("Request ARN is invalid");
    }

    /// <summary>Whether a name is one that a role could have.</summary>
    public static bool IsRole(Arn arn) => arn is { Service: "iam", Region: "", AccountId: not null } && arn.Resource.StartsWith("role/", StringComparison.Ordinal);

    /// <summary>By name and then by the whole ARN: the path is part of who is meant.</summary>
    public static Role? Find(Arn arn, Scene scene) =>
        scene.Find(arn.AccountId!.Value) is { } directory
        && directory.FindRole(arn.Resource[(arn.Resource.LastIndexOf('/') + 1)..]) is { } role
        && role.ArnIn(directory.Account) == arn
            ? role
            : null;
}
