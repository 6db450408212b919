using Daypass.Policies;
using Daypass.Policies.Matching;
using Daypass.Policies.Validation;

namespace Daypass.Core.Tests.Policies.Validation;

/// <summary>What is called covered is covered: whatever the engine matches by the narrow entry, it matches by the wide one.</summary>
public sealed class RedundancyIsTrue
{
    private static readonly string[] Fields = ["arn", "aws", "s3", "s*", "", "*", "a*", "*a", "?", "a?", "r", "b/k", "b/*", "${aws:username}", "x${aws:username}*", "${aws:username}/k", "a:b", "*:a", "${*}", "${aws:userid, 'd'}"];
    private static readonly string[] Values = ["arn", "aws", "s3", "", "a", "r", "ab", "b/k", "b", "bob", "xbob", "bob/k", "a:b", "b:a", "*", "d", "aws:s3"];

    [Fact]
    public void A_covered_resource_matches_nothing_more()
    {
        var random = new Random(20_261_122);
        var context = Requests.Context("aws:username=bob");
        var covered = 0;
        for (var i = 0; i < 60_000; i++)
        {
            var wide = Pattern(random);
            var narrow = random.Next(3) == 0 ? Pattern(random) : Changed(random, wide);
            var variables = random.Next(2) == 0;
            if (!new Coverage(variables).OfResources(wide, narrow))
                continue;
            covered++;
            var (wider, narrower) = (new ResourcePattern(wide, variables), new ResourcePattern(narrow, variables));
            for (var j = 0; j < 200; j++)
            {
                var resource = new ArnFields(Value(random, narrow));
                if (narrower.IsMatch(resource, context))
                    Assert.True(wider.IsMatch(resource, context), $"{wide} covers {narrow}, not {resource.Text}");
            }
        }
        Assert.True(covered > 1_000, $"{covered}");
    }

    [Fact]
    public void A_covered_action_matches_nothing_more()
    {
        var random = new Random(20_261_122);
        string[] pieces = ["s3:", "S3:", "*", "?", "Get", "get", "Object", ":", "", "iam:", "\u00e9", "\u00c9"];
        string Make() => string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => pieces[random.Next(pieces.Length)]));
        var (covered, context) = (0, new RequestContext());
        for (var i = 0; i < 60_000; i++)
        {
            var (wide, narrow) = (Make(), Make());
            if (!new Coverage(variables: false).OfActions(wide, narrow))
                continue;
            covered++;
            for (var j = 0; j < 40; j++)
            {
                var action = ActionPattern.Lower(narrow.Replace("*", pieces[random.Next(pieces.Length)], StringComparison.Ordinal).Replace('?', 'e'));
                if (new ActionPattern(narrow).IsMatch(action, context))
                    Assert.True(new ActionPattern(wide).IsMatch(action, context), $"{wide} covers {narrow}, not {action}");
            }
        }
        Assert.True(covered > 300, $"{covered}");
    }

    [Fact]
    public void Without_a_redundant_statement_every_decision_is_the_same()
    {
        int redundant = 0;
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new RandomPolicies(seed);
            var policy = random.Policy(seed % 2 == 0 ? PolicyType.Identity : PolicyType.Resource);
            var findings = PolicyValidator.Validate(policy.Document.Text, policy.Document.Type).Where(finding => finding.IssueCode == "REDUNDANT_STATEMENT").ToList();
            var drop = findings.Select(finding => finding.Locations[0].Path[1].Index ?? 0).ToHashSet();
            var left = policy.Document.Statements.Where((_, i) => !drop.Contains(i)).Select(statement => policy.Document.Text[statement.Raw]).ToArray();
            if (drop.Count == 0)
                continue;
            redundant++;
            Assert.NotEmpty(left);
            var without = policy with { Document = Requests.Document(policy.Document.Type, left) };
            for (var i = 0; i < 30; i++)
            {
                var request = random.Request();
                Assert.Equal(PolicyEvaluator.Evaluate(request, SetOf(policy)).Reason, PolicyEvaluator.Evaluate(request, SetOf(without)).Reason);
            }
        }
        Assert.True(redundant > 50, $"{redundant}");
    }

    private static PolicySet SetOf(Policy policy) => policy.Document.Type == PolicyType.Identity ? new() { Identity = [policy] } : new() { Resource = [policy] };

    private static string Pattern(Random random)
    {
        var count = random.Next(8) == 0 ? random.Next(1, 8) : 6;
        return string.Join(':', Enumerable.Range(0, count).Select(i => i switch
        {
            0 => random.Next(12) == 0 ? Fields[random.Next(Fields.Length)] : "arn",
            < 5 => Fields[random.Next(3) == 0 ? random.Next(Fields.Length) : random.Next(8)],
            _ => Fields[random.Next(Fields.Length)],
        }));
    }

    /// <summary>The pattern with one or two other fields.</summary>
    private static string Changed(Random random, string pattern)
    {
        var fields = pattern.Split(':');
        for (var i = random.Next(1, 3); i > 0; i--)
            fields[random.Next(fields.Length)] = Fields[random.Next(Fields.Length)];
        return string.Join(':', fields);
    }

    private static string Value(Random random, string near) =>
        random.Next(3) == 0
            ? string.Join(':', Enumerable.Range(0, random.Next(5, 8)).Select(i => i == 0 ? "arn" : Values[random.Next(Values.Length)]))
            : Filled(random, near);

    /// <summary>The pattern with something in place of its wildcards and variables.</summary>
    private static string Filled(Random random, string pattern)
    {
        var text = pattern.Replace("${aws:username}", "bob", StringComparison.Ordinal).Replace("${aws:userid, 'd'}", "d", StringComparison.Ordinal).Replace("${*}", "*", StringComparison.Ordinal);
        var filled = new System.Text.StringBuilder();
        foreach (var character in text)
            filled.Append(character switch { '*' => Values[random.Next(Values.Length)], '?' => "r", _ => $"{character}" });
        while (random.Next(3) > 0 && filled.ToString().Count(character => character == ':') < 5)
            filled.Append(':').Append(Values[random.Next(Values.Length)]);
        return filled.ToString();
    }
}
