using System.Globalization;
using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>Service control policies that a caller passes: one list for each level, from the organization's root to the account.</summary>
internal static class OrganizationLevels
{
    private const string Name = "OrderedOrganizationPolicyInputList";
    private const string Documents = "ServiceControlPolicyInputList";

    /// <summary>The texts of each level.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Read(Parameters wire) =>
        [.. wire.Members(Name).Select(member => InputPolicies.Read(wire, member + "." + Documents))];

    /// <exception cref="ApiException">InvalidInput: a level is empty, or a document is none.</exception>
    public static IReadOnlyList<IReadOnlyList<Policy>> Parse(IReadOnlyList<IReadOnlyList<string>> levels)
    {
        for (var i = 0; i < levels.Count; i++)
        {
            if (levels[i].Count == 0)
                throw Errors.InvalidInput(string.Create(CultureInfo.InvariantCulture, $"Organization policy at index {i + 1} must contain at least one service control policy"));
        }
        return [.. levels.Select((texts, index) => InputPolicies.Parse(texts, InputPolicies.Numbered(Name, index) + "." + Documents, PolicyType.ServiceControl))];
    }
}
