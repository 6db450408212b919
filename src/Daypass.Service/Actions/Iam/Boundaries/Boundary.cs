using Daypass.Service.Actions.Iam.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Boundaries;

/// <summary>The <c>PermissionsBoundary</c> of a request: the ARN of a managed policy. Called by all that set one, CreateUser and CreateRole too.</summary>
internal static class Boundary
{
    public static string? Read(Parameters wire) => wire.Text("PermissionsBoundary", TextRules.Arn);

    /// <summary><c>iam:PermissionsBoundary</c> for a request that sets one; absent when it sets none.</summary>
    public static KeyValuePair<string, string?> Key(string? policyArn) => KeyValuePair.Create("iam:PermissionsBoundary", policyArn);

    /// <summary>Refuses what is no policy of the account or of AWS; none is no fault.</summary>
    /// <exception cref="ApiException">ValidationError, InvalidInput or NoSuchEntity.</exception>
    public static void Check(Scene scene, string? policyArn)
    {
        if (policyArn is null)
            return;
        PolicyTarget.Parse(policyArn);
        if (scene.Home.FindPolicy(policyArn) is null)
            throw Errors.NoSuchEntity($"Scope ARN: {policyArn} does not exist or is not attachable.");
    }

    /// <summary>Makes the write that sets a boundary cross with the deletion of the policy; none is no use.</summary>
    public static Changes UseBoundary(this Changes changes, string? policyArn) => policyArn is null ? changes : changes.UsePolicy(policyArn);
}
