using Daypass.Policies;
using Daypass.Policies.Comparing;

namespace Daypass.Core.Tests.Policies.Comparing;

/// <summary>What every edit of its kind does, whatever the document.</summary>
public sealed class EditsOfPolicies
{
    private const int Runs = 300;

    public static TheoryData<PolicyType> Types => [PolicyType.Identity, PolicyType.Session, PolicyType.Resource];

    [Theory, MemberData(nameof(Types))]
    public void A_document_grants_nothing_new_against_itself(PolicyType type) => ForAll(type, (_, statements) => (statements, statements, true));

    [Theory, MemberData(nameof(Types))]
    public void A_document_in_another_order_grants_the_same(PolicyType type) => ForAll(type, (random, statements) =>
    {
        var shuffled = statements.ToArray();
        random.Shuffle(shuffled);
        return (shuffled, statements, true);
    });

    [Theory, MemberData(nameof(Types))]
    public void An_Allow_less_grants_nothing_new(PolicyType type) => ForAll(type, (_, statements) =>
        (OrOne([.. statements.Where((statement, i) => IsDeny(statement) || i % 2 == 0)], type), [.. statements, Nothing(type)], true));

    [Theory, MemberData(nameof(Types))]
    public void A_Deny_more_grants_nothing_new(PolicyType type) => ForAll(type, (random, statements) =>
        ([.. statements, new RandomPolicies(random.Next()).Statement(type, "Deny")], statements, true));

    [Theory, MemberData(nameof(Types))]
    public void An_action_of_a_service_that_nothing_spoke_of_is_new(PolicyType type) => ForAll(type, (_, statements) =>
    {
        string[] existing = [.. statements.Where(statement => !statement.Contains("'*'", StringComparison.Ordinal) && !statement.Contains("*:*", StringComparison.Ordinal) && !statement.Contains("NotAction", StringComparison.Ordinal))];
        existing = OrOne(existing, type);
        return ([.. existing, Statement(type, "Allow", "new:Action")], existing, false);
    });

    [Fact]
    public void To_take_a_Deny_away_that_mattered_is_new_access()
    {
        var request = Checks.AssertFails(Checks.Identity(Checks.Allow("'s3:*'")), Checks.Identity(Checks.Allow("'s3:*'"), Checks.Deny("'s3:DeleteObject'")));
        Assert.Equal("s3:DeleteObject", request.Action);
        Checks.AssertPasses(Checks.Identity(Checks.Allow("'s3:*'")), Checks.Identity(Checks.Allow("'s3:*'"), Checks.Deny("'iam:*'")));
    }

    [Fact]
    public void Reasons_name_every_statement_that_gives_new_access()
    {
        var updated = Checks.Identity(Checks.Allow("'s3:GetObject'"), Checks.Allow("'ec2:*'"), "{'Sid':'Queues','Effect':'Allow','Action':'sqs:*','Resource':'*'}");
        var comparison = PolicyComparer.CheckNoNewAccess(updated, Checks.Identity(Checks.Allow("'s3:*'")));
        Assert.Equal([new ComparisonReason("New access in the statement with index: 1.", 1, null), new("New access in the statement with sid: Queues.", 2, "Queues")], comparison.Reasons);
    }

    [Fact]
    public void Examples_are_readable()
    {
        var request = Checks.AssertFails(
            Checks.Identity(Checks.Allow("'s3:Put*'", "'arn:aws:s3:::reports/*'", "{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}")), Checks.Identity(Checks.Allow("'s3:Get*'")));
        Assert.Equal("s3:PutObject", request.Action);
        Assert.Equal("arn:aws:s3:::reports/example", request.Resource);
        Assert.True(request.Context.TryGet("aws:SourceIp", out var address));
        Assert.Equal("10.0.0.1", address.Single);
    }

    [Fact]
    public void Policies_of_different_kinds_are_not_compared()
    {
        var comparison = PolicyComparer.CheckNoNewAccess(Checks.Identity(Checks.Allow()), Checks.OnResource(Checks.Allow()));
        Assert.False(comparison.Passes);
        Assert.Null(comparison.CounterExample);
    }

    private static void ForAll(PolicyType type, Func<Random, string[], (string[] Updated, string[] Existing, bool Passes)> edit)
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var (random, policies) = (new Random(seed), new RandomPolicies(seed));
            var (updated, existing, passes) = edit(random, [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => policies.Statement(type))]);
            var (left, right) = (Requests.Document(type, updated), Requests.Document(type, existing));
            if (passes)
                Checks.AssertPasses(left, right);
            else if (!updated.Any(IsDeny))
                Checks.AssertFails(left, right);
        }
    }

    private static bool IsDeny(string statement) => statement.Contains("'Effect':'Deny'", StringComparison.Ordinal);

    private static string[] OrOne(string[] statements, PolicyType type) => statements.Length > 0 ? statements : [Nothing(type)];

    private static string Nothing(PolicyType type) => Statement(type, "Allow", "none:");

    private static string Statement(PolicyType type, string effect, string action) =>
        $"{{'Effect':'{effect}',{(type == PolicyType.Resource ? "'Principal':'*'," : "")}'Action':'{action}','Resource':'*'}}";
}
