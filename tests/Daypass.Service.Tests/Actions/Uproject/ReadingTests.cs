using Daypass.Service.Pipeline;
using Daypass.Signing;

namespace Daypass.Service.Tests.Actions.Uproject;

/// <summary>All requests that one signed text can be cut into, however unlikely: at most one of them is taken.</summary>
public sealed class ReadingTests
{
    private static readonly string[] Names =
        ["Action", "Description", "Document", "Limit", "MFA", "Name", "PolicyURNs.0", "PolicyURNs.1", "PolicyURNs.12", "ProjectId", "PublicKey", "Region", "SecurityToken", "Status", "StatusText", "UserName", "Zone"];

    // What values are made of: the names themselves, and what rules ask for.
    private static readonly string[] Pieces = ["Name", "Status", "StatusText", "Zone", "Limit", "7", "true", "MFA", "Active", "x", "Inactive", "UserName", "PolicyURNs.1", "2", "{}", "Document", "Region", "SecurityToken", "Toy", "k", ""];

    [Fact]
    public void Of_all_requests_with_one_signed_text_at_most_one_is_taken()
    {
        var random = new Random(20261122);
        var (ambiguous, taken) = (0, 0);
        for (var round = 0; round < 600; round++)
        {
            var parts = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["Action"] = "Toy", ["PublicKey"] = "k" };
            foreach (var name in Names.Where(_ => random.Next(3) == 0).Where(name => name is not "Action" and not "PublicKey" and not "SecurityToken").Append("UserName"))
                parts[name] = string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var text = string.Concat(parts.Select(part => part.Key + part.Value));
            var readings = new List<List<(string Name, string Value)>>();
            Cut(text, 0, "", [], readings);
            // With another token, or none, it is proven by another key or not at all.
            foreach (var same in readings.GroupBy(reading => reading.Find(part => part.Name == "SecurityToken").Value ?? ""))
            {
                var accepted = same.Count(reading => Toy.Takes(Toy.Request(Request(reading))));
                Assert.True(accepted <= 1, text);
                ambiguous += same.Count() > 1 ? 1 : 0;
                taken += accepted;
            }
        }
        // Neither by refusing everything, nor for want of anything to confuse.
        Assert.InRange(taken, 20, int.MaxValue);
        Assert.InRange(ambiguous, 500, int.MaxValue);
    }

    /// <summary>Values without rules, as those of protected services are; a cut behind the key's name is a dead end, each time.</summary>
    [Fact]
    public void A_search_costs_in_proportion_to_what_was_sent()
    {
        var grammar = UprojectGrammar.New();
        foreach (var name in (string[])["Name", "Status"])
            grammar.Know(name);
        var hard = string.Concat(Enumerable.Repeat("Status" + new string('x', 200), 600));
        var request = Request([("Action", "Toy"), ("Name", hard), ("PublicKey", "k")]);
        UprojectReadings.FindOther(request, grammar);
        var before = GC.GetAllocatedBytesForCurrentThread();
        UprojectReadings.FindOther(request, grammar);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100L * hard.Length);
    }

    [Fact]
    public void A_text_that_is_made_to_take_long_is_refused_soon()
    {
        var hard = string.Concat(Enumerable.Repeat("MFATrueNameStatus", 2000));
        Assert.False(Toy.Takes(Toy.Request(Request([("Action", "Toy"), ("Description", hard[..100]), ("Document", "{\"a\":\"" + hard + "\"}"), ("PublicKey", "k"), ("UserName", "u")]))));
    }

    [Theory]
    [InlineData("Description", "a Limit of 7", true)]
    [InlineData("Description", "Status page", true)]
    [InlineData("Description", "MFA true", true)]
    [InlineData("Description", "MFAtrue", false)]
    [InlineData("Description", "my pages by Name", false)]
    [InlineData("Description", "Document{}", false)]
    [InlineData("Description", "Document{}.", true)]
    [InlineData("Description", "StatusActive", true)]
    [InlineData("Document", """{"Statement":[{"Sid":"UserName Status Name","Resource":"Zone"}]}""", true)]
    [InlineData("Name", "Description", true)]
    [InlineData("UserName", "Zoned", true)]
    [InlineData("UserName", "bobZoned", false)]
    [InlineData("UserName", "Names", true)]
    public void A_value_is_refused_only_when_another_request_could_be_meant(string name, string value, bool isTaken)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["Action"] = "Toy", ["PublicKey"] = "k", ["UserName"] = "bob", [name] = value };
        Assert.Equal(isTaken, Toy.Takes(Toy.Request(Request([.. parts.Select(part => (part.Key, part.Value))]))));
    }

    private static UprojectRequest Request(IEnumerable<(string Name, string Value)> reading) =>
        UprojectRequest.TryRead(string.Join('&', reading.Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}")) + "&Signature=s", null, [], out _)!;

    private static void Cut(string text, int at, string last, List<(string Name, string Value)> before, List<List<(string Name, string Value)>> readings)
    {
        foreach (var name in Names)
        {
            if (string.CompareOrdinal(name, last) <= 0 || string.CompareOrdinal(text, at, name, 0, name.Length) != 0)
                continue;
            for (var end = at + name.Length; end <= text.Length; end++)
            {
                List<(string Name, string Value)> so = [.. before, (name, text[(at + name.Length)..end])];
                if (end == text.Length)
                    Add(so, readings);
                else
                    Cut(text, end, name, so, readings);
            }
        }
    }

    private static void Add(List<(string Name, string Value)> reading, List<List<(string Name, string Value)>> readings)
    {
        if (reading.Exists(part => part == ("Action", "Toy")) && reading.Exists(part => part == ("PublicKey", "k")))
            readings.Add(reading);
    }
}
