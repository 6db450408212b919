using Daypass.Names;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>What AWS's simulator refuses to simulate.</summary>
internal static class SimulationChecks
{
    // The scenarios of the API reference. They bundle resources of ec2:RunInstances; the answer for each resource is the same with and without.
    private static readonly string[] Scenarios =
        ["EC2-Classic-InstanceStore", "EC2-Classic-EBS", "EC2-VPC-InstanceStore", "EC2-VPC-InstanceStore-Subnet", "EC2-VPC-EBS", "EC2-VPC-EBS-Subnet"];

    /// <exception cref="ApiException">InvalidInput.</exception>
    public static void Check(SimulationRequest request)
    {
        request.Extensions.Check(request);
        for (var i = 0; i < request.Actions.Count; i++)
            CheckAction(request.Actions[i], InputPolicies.Numbered("ActionNames.member", i));
        foreach (var resource in request.Resources)
        {
            if (resource == "*" ? request.Resources.Count > 1 : !Arn.TryParse(resource, out _))
                throw Errors.InvalidInput($"ResourceNames are not in a valid ARN format: {resource}.");
        }
        if (request.ResourceHandling is { } option && !Scenarios.Contains(option))
            throw Errors.InvalidInput($"Invalid input resource handling options: {option} is none of {string.Join(", ", Scenarios)}.");
        // A resource policy is somebody's, on something.
        if (request.ResourcePolicy is not null && request.Resources is ["*"])
            throw Errors.InvalidInput("Invalid Entity Arn: * does not clearly define entity type and name. ResourcePolicy needs ResourceArns.");
    }

    private static void CheckAction(string action, string parameter)
    {
        if (!action.Contains(':', StringComparison.Ordinal))
            throw Errors.InvalidInput($"The action is invalid since it is missing names: {parameter} is '{action}'.");
        if (action.AsSpan().ContainsAny('*', '?'))
            throw Errors.InvalidInput($"Action names may not have wildcards: {parameter} is '{action}'.");
    }
}
