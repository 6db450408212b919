using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>The parameters that both Simulate actions take.</summary>
internal sealed record SimulationRequest
{
    private static readonly TextRule ActionName = TextRule.Of(3, 128);
    private static readonly TextRule ResourceName = TextRule.Of(1, 2048);

    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>ARNs, or <c>*</c> alone.</summary>
    public required IReadOnlyList<string> Resources { get; init; }

    public required IReadOnlyList<string> Policies { get; init; }

    public required IReadOnlyList<string> Boundaries { get; init; }

    public required IReadOnlyList<ContextEntry> Context { get; init; }

    public string? ResourcePolicy { get; init; }

    public string? ResourceOwner { get; init; }

    public string? CallerArn { get; init; }

    public string? ResourceHandling { get; init; }

    public required SimulationPaging Paging { get; init; }

    public required SimulationExtensions Extensions { get; init; }

    /// <param name="wire">The parameters.</param>
    /// <param name="policies">The texts of <c>PolicyInputList</c>.</param>
    /// <param name="extensions">Those that the action takes.</param>
    public static SimulationRequest Read(Parameters wire, IReadOnlyList<string> policies, SimulationExtensions extensions)
    {
        var actions = wire.Texts("ActionNames", ActionName);
        if (actions.Count == 0)
            wire.Missing("ActionNames");
        return new SimulationRequest
        {
            Actions = actions,
            Resources = wire.Texts("ResourceArns", ResourceName) is { Count: > 0 } resources ? resources : ["*"],
            Policies = policies,
            Boundaries = InputPolicies.Read(wire, "PermissionsBoundaryPolicyInputList"),
            Context = ContextEntries.Read(wire),
            ResourcePolicy = wire.Text("ResourcePolicy", TextRules.PolicyDocument),
            ResourceOwner = wire.Text("ResourceOwner", ResourceName),
            CallerArn = wire.Text("CallerArn", ResourceName),
            ResourceHandling = wire.Text("ResourceHandlingOption", TextRule.Of(1, 64)),
            Paging = SimulationPaging.Read(wire),
            Extensions = extensions,
        };
    }

    /// <summary>The single value that a context entry gives a key; null if there is no such entry.</summary>
    public string? Given(string key) =>
        Context.FirstOrDefault(entry => entry.Key.Equals(key, StringComparison.OrdinalIgnoreCase)) is { IsList: false, Values: [var value] } ? value : null;

    /// <summary>The boundary that was passed; null for none.</summary>
    /// <exception cref="ApiException">InvalidInput: there are two, or it is none.</exception>
    public Policy? ParseBoundary() => Boundaries.Count > 1
        ? throw Errors.InvalidInput("The list of Permissions Boundary policies cannot exceed 1 items.")
        : InputPolicies.Parse(Boundaries, "PermissionsBoundaryPolicyInputList").FirstOrDefault();

    /// <summary>The account that <c>ResourceOwner</c> names: by its root's ARN, or by its number.</summary>
    /// <exception cref="ApiException">InvalidInput.</exception>
    public AccountId? ParseOwner()
    {
        if (ResourceOwner is null)
            return null;
        if (AccountId.TryParse(ResourceOwner, out var account))
            return account;
        return Arn.TryParse(ResourceOwner, out var arn) && arn is { Service: "iam", Region: "", AccountId: { } owner } ? owner : throw Errors.InvalidInput("Invalid Resource Owner.");
    }
}
