using BenchmarkDotNet.Attributes;
using Daypass.Policies;

namespace Daypass.Bench.Policies;

/// <summary>From text to a compiled policy.</summary>
public class Parsing
{
    private const int ApplicationsOfSixKilobytes = 4;
    private readonly string _text = Population.Text(0, ApplicationsOfSixKilobytes);

    [Benchmark(Description = "parse a policy of 6 KB, 40 statements")]
    public PolicyDocument? Parse() => PolicyDocument.TryParse(_text, PolicyType.Identity, out _);
}
