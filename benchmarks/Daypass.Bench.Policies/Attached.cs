using Daypass.Policies;

namespace Daypass.Bench.Policies;

/// <summary>A number of policies attached to the caller.</summary>
/// <param name="Name">For the table.</param>
/// <param name="LastApplication">The number of the last application that they are about.</param>
/// <param name="Make">Parses them.</param>
public sealed record Attached(string Name, int LastApplication, Func<PolicySet> Make)
{
    internal static readonly Attached Ten = Of(10);

    internal static readonly Attached[] All =
    [
        Of(1),
        Ten,
        Of(25),
        new("10 policies of 10 statements, all for this action", 9, () => Population.Set(10, about: Concerned.All)),
        new("10 policies of 100 statements, 40 for this action", 99, () => Population.Set(10, 10, Concerned.LastOnly)),
        new("10 policies of 100 statements, 400 for this action", 99, () => Population.Set(10, 10)),
    ];

    public override string ToString() => Name;

    private static Attached Of(int policies) => new($"{policies} {(policies == 1 ? "policy" : "policies")} of 10 statements", policies - 1, () => Population.Set(policies));
}
