using System.Globalization;
using Daypass.Policies;
using Daypass.Policies.Comparing;
using Daypass.Policies.Conditions;
using Daypass.Policies.Variables;

namespace Daypass.Core.Tests.Policies.Comparing;

/// <summary>
/// What proofs rest on: whatever the engine says of any value, it says of one of the values that stand for all.
/// </summary>
public sealed class ClassesOfValues
{
    private const int Runs = 200;
    private const int LongestText = 6;
    private const string Letters = "aB:";

    private static readonly RequestContext NoValues = new();

    [Fact]
    public void Every_text_is_in_a_class_of_patterns_and_every_class_has_the_text_that_stands_for_it()
    {
        var texts = AllTexts(LongestText).ToArray();
        ForAll(random =>
        {
            var patterns = Several(random, 5, () => TextPattern.Compile(Text(random, "aB:*?", 5), wildcards: true, variables: false));
            AssertComplete(patterns, [.. patterns.Select(pattern => TextShape.Of(pattern, null)!)], texts, (pattern, text) => pattern.IsMatch(text, NoValues));
        });
    }

    [Fact]
    public void So_it_is_if_letter_case_counts_for_nothing()
    {
        var texts = AllTexts(4).Concat(["b", "A", "bB"]).ToArray();
        ForAll(random =>
        {
            var patterns = Several(random, 4, () => TextPattern.Compile(Text(random, "aAbB", 3), wildcards: false, variables: false));
            AssertComplete(patterns, [.. patterns.Select(pattern => TextShape.Of(pattern, null, ignoreCase: true)!)], texts, (pattern, text) => pattern.IsEqual(text, NoValues, StringComparison.OrdinalIgnoreCase));
        });
    }

    [Fact]
    public void Every_number_is_as_one_of_the_candidates() => ForAll(random => AssertAs(
        random, ["NumericEquals", "NumericLessThan", "NumericGreaterThanEquals"], NumberCandidates.Of, () => ((decimal)random.Next(-20, 20) / 4).ToString(CultureInfo.InvariantCulture)));

    [Fact]
    public void Every_date_is_as_one_of_the_candidates() => ForAll(random => AssertAs(
        random, ["DateEquals", "DateLessThan", "DateGreaterThanEquals"], DateCandidates.Of, () => random.Next(6) switch
        {
            0 => $"2026-01-01T00:00:00.{random.Next(3)}00000{random.Next(3)}Z",
            1 => $"0001-01-01T00:0{random.Next(3)}:00+2{random.Next(4)}:00",
            2 => $"9999-12-31T23:59:5{random.Next(10)}-{random.Next(24):D2}:00",
            3 => $"{random.Next(3)}{random.NextInt64(300_000_000_000, 320_000_000_000)}",
            4 => $"-{random.NextInt64(62_135_596_000, 62_135_597_000)}",
            _ => $"{random.Next(1, 9999):D4}-0{random.Next(1, 9)}",
        }));

    [Fact]
    public void Every_address_is_as_one_of_the_candidates() => ForAll(random => AssertAs(
        random, ["IpAddress"], AddressCandidates.Of, () => Address(random), operand => $"{operand}/{random.Next(operand.Contains(':', StringComparison.Ordinal) ? 129 : 33)}"));

    private static string Address(Random random) => random.Next(3) switch
    {
        0 => $"{random.Next(3) * 127}.{random.Next(2)}.0.{random.Next(4)}",
        1 => $"{random.Next(2):x}:{random.Next(2):x}::{random.Next(4):x}",
        _ => $"::{random.Next(0xfffe, 0x10000):x}:{random.Next(2) * 0xffff:x}:{random.Next(2) * 0xffff:x}",
    };

    private static void AssertComplete(TextPattern[] patterns, TextShape[] shapes, string[] texts, Func<TextPattern, string, bool> isMatch)
    {
        string Matched(string text) => string.Join(' ', Enumerable.Range(0, patterns.Length).Where(i => isMatch(patterns[i], text)));
        var limit = new WorkLimit(1_000_000);
        var classes = TextClasses.Of(shapes, [], limit);
        Assert.False(limit.IsExhausted);
        Assert.All(classes, found => Assert.Equal(Matched(found.Text), string.Join(' ', found.Shapes)));
        Assert.Subset(classes.Select(found => Matched(found.Text)).ToHashSet(), texts.Select(Matched).ToHashSet());
    }

    /// <summary>Operands are drawn as values are, so that the two often meet.</summary>
    private static void AssertAs(Random random, string[] names, Func<IReadOnlyList<string>, IReadOnlyList<string>> candidates, Func<string> draw, Func<string, string>? operand = null)
    {
        string[] texts = Several(random, 4, () => operand is null ? draw() : operand(draw()));
        Operands[] operands = [.. names.SelectMany(name => texts.Select(text => Daypass.Policies.Conditions.ConditionOperators.Find(name)!.Read([text], false)))];
        string Compared(string value) => string.Join(' ', operands.Select(each => each.Compare(value, NoValues)));
        var known = candidates(texts).Select(Compared).ToHashSet();
        foreach (var value in Enumerable.Range(0, 50).Select(_ => draw()).Where(value => !Compared(value).Contains("Unreadable", StringComparison.Ordinal)))
            Assert.True(known.Contains(Compared(value)), $"{value} against {string.Join(' ', texts)}");
    }

    private static void ForAll(Action<Random> holds)
    {
        for (var seed = 0; seed < Runs; seed++)
            holds(new Random(seed));
    }

    private static IEnumerable<string> AllTexts(int longest) =>
        longest == 0 ? [""] : AllTexts(longest - 1).SelectMany(text => text.Length < longest - 1 ? [text] : Letters.Select(letter => text + letter).Append(text)).Distinct();

    private static string Text(Random random, string letters, int longest) => string.Concat(Enumerable.Range(0, random.Next(longest + 1)).Select(_ => letters[random.Next(letters.Length)]));

    private static T[] Several<T>(Random random, int most, Func<T> draw) => [.. Enumerable.Range(0, random.Next(1, most)).Select(_ => draw())];
}
