using BenchmarkDotNet.Attributes;
using Daypass.Policies;

namespace Daypass.Bench.Policies;

/// <summary>What an attacker writes to make the engine slow.</summary>
public class HostileInputs
{
    private const int Stars = 60;
    private static readonly string Wildcards = string.Concat(Enumerable.Repeat("a*", Stars)) + "b";
    private readonly string _deep = "{\"Statement\":" + new string('[', 64) + new string(']', 64) + "}";
    private readonly string _huge = new(' ', 10 * 1024 * 1024);
    private readonly PolicySet _wildcards = new()
    {
        Identity = [new Policy(PolicyDocument.Parse($"{{\"Version\":\"2012-10-17\",\"Statement\":{{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::{Wildcards}\"}}}}", PolicyType.Identity), "hostile", null)],
    };
    private readonly AccessRequest _longName = Population.Request("s3:GetObject", "arn:aws:s3:::" + new string('a', 1024));

    [Benchmark(Description = "decide with a*a*a*... (60 stars) on a resource of 1,024 times a")]
    public bool DecideWithWildcards() => PolicyEvaluator.Evaluate(_longName, _wildcards).IsAllowed;

    [Benchmark(Description = "refuse a document nested 64 deep")]
    public PolicyDocument? ParseDeep() => PolicyDocument.TryParse(_deep, PolicyType.Identity, out _);

    [Benchmark(Description = "refuse a document of 10 MB")]
    public PolicyDocument? ParseHuge() => PolicyDocument.TryParse(_huge, PolicyType.Identity, out _);
}
