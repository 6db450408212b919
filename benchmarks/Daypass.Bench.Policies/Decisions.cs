using BenchmarkDotNet.Attributes;
using Daypass.Policies;

namespace Daypass.Bench.Policies;

/// <summary>One decision, by how many policies are attached and how many of their statements concern the action.</summary>
public class Decisions
{
    private PolicySet _policies = null!;
    private AccessRequest _request = null!;

    /// <summary>Which policies are attached.</summary>
    [ParamsSource(nameof(AllAttached))]
    public Attached Attached { get; set; } = Attached.All[0];

    /// <summary>How it ends.</summary>
    [ParamsAllValues]
    public Outcome Outcome { get; set; }

    public static IEnumerable<Attached> AllAttached => Attached.All;

    /// <summary>The last application is asked for, so that whoever looks through all in order finds it last.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _policies = Attached.Make();
        _request = Population.Request(Outcome, Attached.LastApplication);
        if (Population.OutcomeOf(PolicyEvaluator.Evaluate(_request, _policies)) != Outcome)
            throw new InvalidOperationException("What is measured does not work.");
    }

    [Benchmark]
    public bool Decide() => PolicyEvaluator.Evaluate(_request, _policies).IsAllowed;
}
