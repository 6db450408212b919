using Daypass.Policies;

namespace Daypass.Bench.Micro;

/// <summary>What parsing and deciding cost: by the number of policies, by the number of statements, and with every statement in question.</summary>
internal static class PolicyCases
{
    private const int ApplicationsOfSixKilobytes = 4;

    public static string Run() => $"""
        | policies | µs | bytes allocated |
        |---|--:|--:|
        {Parse()}
        {Decide("1 policy of 10 statements", PolicyPopulation.Set(1), 0)}
        {Decide("10 policies of 10 statements", PolicyPopulation.Set(10), 9)}
        {Decide("25 policies of 10 statements", PolicyPopulation.Set(25), 24)}
        {Decide("10 policies of 10 statements, all for this action", PolicyPopulation.Set(10, isForOneService: true), 9)}
        {Decide("10 policies of 100 statements", PolicyPopulation.Set(10, applications: 10), 99)}
        """;

    /// <summary>The time of a decision that allows, in microseconds, for the comparison.</summary>
    public static double MicrosecondsOf(PolicySet set, AccessRequest request) => MicroRunner.Measure(() => PolicyEvaluator.Evaluate(request, set));

    private static string Parse()
    {
        var text = PolicyPopulation.Text(0, ApplicationsOfSixKilobytes);
        return MicroRunner.Run($"parse a policy of {text.Length:N0} characters", () => Require(PolicyDocument.TryParse(text, PolicyType.Identity, out _) is not null));
    }

    /// <summary>The last application is asked for, so that whoever looks through all in order finds it last.</summary>
    private static string Decide(string name, PolicySet set, int last) => string.Join('\n',
        Decide($"{name}: allowed", set, $"arn:aws:s3:::home-{last}/bob/file.txt", DenialReason.None),
        Decide($"{name}: denied", set, $"arn:aws:s3:::secret-{last}/file.txt", DenialReason.ExplicitDeny),
        Decide($"{name}: not allowed", set, "arn:aws:s3:::other/file.txt", DenialReason.NoIdentityPolicyAllows));

    private static string Decide(string name, PolicySet set, string resource, DenialReason reason)
    {
        var request = PolicyPopulation.Request("s3:GetObject", resource);
        return MicroRunner.Run(name, () => Require(PolicyEvaluator.Evaluate(request, set).Reason == reason));
    }

    private static void Require(bool isRight)
    {
        if (!isRight)
            throw new InvalidOperationException("What is measured does not work.");
    }
}
