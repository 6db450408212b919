using System.Diagnostics;
using System.Globalization;
using System.Text;
using Daypass.Core.Tests.Policies.Plain;
using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>
/// Damaged texts from the kept corpus, read, stored, sliced, decided and explained: nothing throws, and what both readers take means the same
/// to the engine, to its slices and to the plain evaluator. DAYPASS_FUZZ_SECONDS asks for a long run, DAYPASS_FUZZ_SEED for another.
/// </summary>
public sealed class Fuzzing
{
    private static readonly double Seconds = Setting("DAYPASS_FUZZ_SECONDS", 4);
    private static readonly int Seed = (int)Setting("DAYPASS_FUZZ_SEED", 1);
    private static readonly string[] Corpus = CorpusIn("Corpus");
    private static readonly string[] UprojectCorpus = CorpusIn("Corpus", "Uproject");

    private static readonly string[] Pieces =
    [
        "\"", "\\", "{", "}", "[", "]", ":", ",", "*", "?", "$", "${", "'", ", '", "'}", "\0", "\ud800", "\u00e9", "arn:aws:s3:::", "\"Condition\":{", "\"Not", "Action\":", "\"Effect\":\"Deny\",",
        "null", "true", "1e999", "2020", "::", "/64", "ForAllValues:", "IfExists", "Null", "2008-10-17", "aws:username", "${aws:username}", "111111111111", "\\u0022", "\n", "//", "s3:*", "ucs:s3:::", "ucs:", "\"1\"", "65818677", "UCS",
    ];

    [Fact]
    public void No_text_breaks_the_reader_or_the_evaluator() => Break(Corpus, PolicySyntax.Aws);

    [Fact]
    public void No_text_of_the_second_syntax_breaks_the_reader_or_the_evaluator() => Break(UprojectCorpus, PolicySyntax.Uproject);

    private static void Break(string[] corpus, PolicySyntax syntax)
    {
        Assert.True(corpus.Length >= 8);
        var random = new Random(Seed);
        var watch = Stopwatch.StartNew();
        int texts = 0, taken = 0;
        while (watch.Elapsed.TotalSeconds < Seconds || texts <= 100)
        {
            var text = Damage(random, corpus);
            var type = (PolicyType)random.Next(7);
            try
            {
                taken += Examine(text, type, syntax, random.Next()) ? 1 : 0;
            }
            catch (Exception exception)
            {
                Assert.Fail($"{syntax}, {type}, {Convert.ToBase64String(Encoding.Unicode.GetBytes(text))}: {exception}");
            }
            texts++;
        }
        Assert.True(texts > 100 && taken > texts / 50, $"{taken} of {texts} were taken");
    }

    /// <summary>Whether the text is a policy.</summary>
    private static bool Examine(string text, PolicyType type, PolicySyntax syntax, int seed)
    {
        var parsed = PolicyDocument.TryParse(text, type, syntax, out var error);
        Assert.NotEqual(parsed is null, error is null);
        Assert.True(error is null || error.Position.Offset <= text.Length);
        var stored = PolicyDocument.ReadStored(text, type, syntax);
        Assert.Equal(text, stored.Text);
        Assert.Equal(parsed is null, stored.Fault is not null);
        var random = new AdversarialPolicies(seed);
        var service = type == PolicyType.Trust ? "sts" : "s3";
        var (set, slices, exact) = (SetOf(stored), SetOf(PolicyDocument.ReadStored(stored.Slice(service), type, syntax)), parsed is null ? null : SetOf(parsed));
        // The plain evaluator reads AWS's syntax only.
        var plain = exact is null || syntax != PolicySyntax.Aws ? null : new PlainEvaluator(exact);
        for (var i = 0; i < 4; i++)
        {
            var request = random.Request();
            var decision = PolicyEvaluator.Evaluate(request, set);
            Assert.Equal(decision, PolicyEvaluator.Explain(request, set).Decision);
            if (plain is not null)
                Assert.Equal(plain.Decide(request), (PolicyEvaluator.Evaluate(request, exact!).Reason, decision.DecidedBy));
            if (request.Action.StartsWith(service + ":", StringComparison.OrdinalIgnoreCase))
                Assert.Equal(decision.Reason, PolicyEvaluator.Evaluate(request, slices).Reason);
        }
        return parsed is not null;
    }

    private static PolicySet SetOf(PolicyDocument document)
    {
        var full = Requests.Policy(PolicyType.Identity, "{'Effect':'Allow','Action':'*','Resource':'*'}");
        Policy[] policy = [new Policy(document, "fuzzed", null)];
        return document.Type switch
        {
            PolicyType.Identity => new PolicySet { Identity = policy },
            PolicyType.Boundary => new PolicySet { Identity = [full], Boundary = policy[0] },
            PolicyType.Session => new PolicySet { Identity = [full], Session = policy },
            PolicyType.ServiceControl => new PolicySet { Identity = [full], ServiceControl = [policy] },
            PolicyType.ResourceControl => new PolicySet { Identity = [full], ResourceControl = [policy] },
            _ => new PolicySet { Identity = [full], Resource = policy },
        };
    }

    private static string Damage(Random random, string[] corpus)
    {
        var text = new StringBuilder(corpus[random.Next(corpus.Length)]);
        for (var hits = random.Next(0, 5); hits > 0 && text.Length > 0; hits--)
        {
            var at = random.Next(text.Length);
            var length = random.Next(0, Math.Min(random.Next(2) == 0 ? 2 : 40, text.Length - at));
            var other = corpus[random.Next(corpus.Length)];
            var from = random.Next(other.Length);
            var piece = random.Next(4) == 0 ? other[from..Math.Min(other.Length, from + random.Next(60))] : Pieces[random.Next(Pieces.Length)];
            text.Remove(at, length).Insert(at, piece);
        }
        return text.ToString();
    }

    private static string[] CorpusIn(params string[] folder) =>
        [.. Directory.GetFiles(Path.Combine([AppContext.BaseDirectory, "Policies", .. folder])).Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    private static double Setting(string name, double normal) =>
        double.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : normal;
}
