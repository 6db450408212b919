using System.Text.RegularExpressions;

namespace Daypass.Architecture.Tests.AttackLists;

/// <summary>A known attack that no test tries is a hope. Each line of the lists names tests, and those are there and run.</summary>
public sealed class EveryAttack
{
    private static readonly Dictionary<string, string> Classes = Repository.Sources("tests")
        .Select(File.ReadAllText)
        .SelectMany(text => Regex.Matches(text, @"^(?:public|internal) (?:sealed |static )?(?:partial )?class (\w+)", RegexOptions.Multiline | RegexOptions.NonBacktracking).Select(match => (Name: match.Groups[1].Value, Text: text)))
        .GroupBy(found => found.Name)
        .ToDictionary(group => group.Key, group => string.Join('\n', group.Select(found => found.Text)));

    public static TheoryData<string> Numbers => [.. AttackList.All.Select(attack => attack.Number)];

    [Theory, MemberData(nameof(Numbers))]
    public void Each_attack_has_a_test(string number)
    {
        var attack = AttackList.All.Single(attack => attack.Number == number);
        Assert.NotEmpty(attack.Proofs);
        Assert.All(attack.Proofs, proof => Assert.True(IsThere(proof), $"{number}, {attack.What}: there is no test {proof}"));
    }

    [Theory]
    [InlineData("S", 49)]
    [InlineData("T", 29)]
    [InlineData("C", 11)]
    [InlineData("M", 48)]
    [InlineData("O", 40)]
    [InlineData("X", 22)]
    [InlineData("L", 18)]
    [InlineData("E", 7)]
    [InlineData("U", 24)]
    public void No_number_is_left_out(string list, int count) => Assert.Equal(
        Enumerable.Range(1, count).Select(number => $"{list}{number}"), AttackList.All.Where(attack => attack.Number.StartsWith(list, StringComparison.Ordinal)).Select(attack => attack.Number));

    [Theory]
    [InlineData("SessionTokenTests.A_token_that_no_test_has")]
    [InlineData("NoSuchClass.A_token_cut_anywhere_does_not_open")]
    [InlineData("SessionTokenTests \"no such row\"")]
    [InlineData("SessionTokenTests.Claims")]
    [InlineData("Boto3Exchange.a_promise_that_nobody_made")]
    public void A_test_that_is_gone_is_missed(string proof) => Assert.False(IsThere(proof));

    private static bool IsThere(string proof)
    {
        var at = proof.IndexOfAny(['.', ' ']);
        if (!Classes.TryGetValue(proof[..at], out var text))
            return false;
        return proof[at] == ' ' ? text.Contains(proof[(at + 1)..], StringComparison.Ordinal) : IsTest(text.Split('\n'), proof[(at + 1)..]) || IsPromise(text, proof[(at + 1)..]);
    }

    // A promise that a client in Python finds kept: a function of the script that the class runs whole.
    private static bool IsPromise(string text, string promise) =>
        Regex.Match(text, @"EachPromise\(Tool\.Boto3, ""(\w+\.py)""\)", RegexOptions.NonBacktracking) is { Success: true } script
        && File.ReadAllText(Path.Combine(Repository.Root, "tests", "Daypass.Compat.Tests", "python", script.Groups[1].Value)).Contains($"\ndef {promise}():", StringComparison.Ordinal);

    // Those that need a program are skipped where it is not, and fail on CI.
    private static readonly string[] Marks = ["    [Fact", "    [Theory", "    [NeedsTheory", "    [SlapdFact", "    [SlapdTheory"];

    // The method, and above it without an empty line between, what makes it a test.
    private static bool IsTest(string[] lines, string method) => lines
        .Select((line, at) => (Line: line, At: at))
        .Where(row => row.Line.StartsWith("    public ", StringComparison.Ordinal) && row.Line.Contains($" {method}(", StringComparison.Ordinal))
        .Any(row => lines[..row.At].Reverse().TakeWhile(line => line.Length > 0).Any(line => Marks.Any(mark => line.StartsWith(mark, StringComparison.Ordinal))));
}
