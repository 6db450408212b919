using System.Globalization;
using System.Text.RegularExpressions;

namespace Daypass.Core.Tests.Policies;

/// <summary>
/// The known traps and the truth table are numbered, and a number that nobody tests is a promise that nobody holds. A row of data begins
/// with its number, the name of a test of one says <c>Number_72_</c> or <c>Row_21_</c>.
/// </summary>
public sealed class EveryNumber
{
    private static readonly string Tests = Path.GetFullPath(Path.Combine(Root(AppContext.BaseDirectory), "tests"));

    [Fact]
    public void Each_of_the_75_known_traps_has_its_test() => Assert.Equal(
        Enumerable.Range(1, 75),
        Rows("Daypass.Core.Tests/Policies/KnownTraps.cs", "Daypass.Core.Tests/Policies/TrapsOfPrincipals.cs").Union(Names("Number")).Order());

    [Fact]
    public void Each_row_of_the_truth_table_has_its_test() => Assert.Equal(
        Enumerable.Range(1, 21),
        Rows("Daypass.Core.Tests/Policies/TruthTable.cs").Union(Names("Row")).Order());

    private static IEnumerable<int> Rows(params string[] files) =>
        files.SelectMany(file => Numbers(File.ReadAllText(Path.Combine(Tests, file)), @"^\s*(?:\{ |\[InlineData\()(\d+), "));

    private static IEnumerable<int> Names(string word) => Directory.EnumerateFiles(Tests, "*.cs", SearchOption.AllDirectories)
        .SelectMany(file => Numbers(File.ReadAllText(file), $@"^    public (?:async Task|void) {word}_(\d+)_"));

    private static IEnumerable<int> Numbers(string text, string pattern) =>
        Regex.Matches(text, pattern, RegexOptions.Multiline | RegexOptions.NonBacktracking).Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Daypass.slnx")) ? folder : Root(Path.GetDirectoryName(folder)!);
}
