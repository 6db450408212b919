using System.Globalization;
using System.Text.Json.Nodes;
using Daypass.Service.Pipeline;
using Daypass.Tokens;
using static Daypass.Service.Tests.Actions.Sts.StsWorld;

namespace Daypass.Service.Tests.Actions.Sts;

/// <summary>PackedPolicySize is what it says, and no token is ever longer than clients and headers take.</summary>
public sealed class PackedPolicyTests
{
    private readonly StsWorld _world = new StsWorld().AddRole("first").AddRole("second");

    [Fact]
    public void A_session_without_policies_and_tags_says_nothing_of_their_size() => Assert.Null(_world.Assume("first")["PackedPolicySize"]);

    [Fact]
    public void More_takes_more()
    {
        var sizes = new[] { 1, 10, 100, 200 }.Select(length => Percent(_world.Assume("first", Tags(("k", new string('v', length)))))).ToArray();
        Assert.Equal(sizes.Order(), sizes);
        Assert.InRange(sizes[0], 1, 1);
        Assert.True(Percent(_world.Assume("first", [("Policy", Allow("s3:*")), .. Tags(("k", new string('v', 100)))])) > Percent(_world.Assume("first", ("Policy", Allow("s3:*")))));
    }

    [Fact]
    public void Being_transitive_costs_nothing_and_being_inherited_costs_as_much()
    {
        var tags = Tags(("team", new string('v', 256)), ("site", new string('v', 256)));
        var plain = Percent(_world.Assume("first", tags));
        var transitive = _world.Assume("first", [.. tags, .. Transitive("team", "site")]);
        Assert.Equal(plain, Percent(transitive));
        _world.Bench.AsSession(transitive["Credentials"]!);
        Assert.InRange(Percent(_world.Assume("second")), plain, plain + 1);
    }

    [Fact]
    public void Up_to_a_hundred_percent_fits_and_beyond_is_refused_and_the_token_never_exceeds_its_limit()
    {
        var last = 0;
        for (var length = 0; length <= 256 * 12; length += 16)
        {
            var tags = Tags([.. Enumerable.Range(0, (length / 256) + 1).Select(i => ("k" + i.ToString(CultureInfo.InvariantCulture), new string('v', Math.Min(256, length - (256 * i)))))]);
            if (TryAssume(tags, out var response, out var message))
            {
                Assert.InRange(response["Credentials"]!["SessionToken"]!.GetValue<string>().Length, 1, SessionTokenCodec.MaxLength);
                Assert.InRange(last = Percent(response), 1, 100);
                continue;
            }
            var percent = int.Parse(message.Split(' ')[3].TrimEnd('%'), CultureInfo.InvariantCulture);
            Assert.InRange(percent, 101, 120);
            Assert.Equal(100, last);
        }
        Assert.Equal(100, last);
    }

    public static TheoryData<string> WorstCases => ["50 tags of the largest keys and values", "the same in Chinese", "the longest policy, and tags", "ten long policy ARNs"];

    [Theory]
    [MemberData(nameof(WorstCases))]
    public void What_does_not_fit_is_refused_with_its_size_and_what_to_shorten(string what)
    {
        var error = _world.Refusal("first", what switch
        {
            "50 tags of the largest keys and values" => Tags([.. Enumerable.Range(0, 50).Select(i => (i.ToString("D128", CultureInfo.InvariantCulture), new string('v', 256)))]),
            "the same in Chinese" => Tags([.. Enumerable.Range(0, 50).Select(i => (i.ToString("D2", CultureInfo.InvariantCulture) + new string('中', 126), new string('中', 256)))]),
            "the longest policy, and tags" => [("Policy", Padded(2048)), .. Tags(("a", new string('v', 256)), ("b", new string('v', 256)), ("c", new string('v', 256)), ("d", new string('v', 256)))],
            _ => LongArns(),
        });
        Assert.Equal("PackedPolicyTooLarge", error.Code);
        Assert.Matches(@"^Packed policy consumes \d{3,4}% of allotted space, please use smaller policy\. The inline policy takes \d+%, policy ARNs \d+%, session tags with inherited ones \d+%: shorten the largest\.$", error.Message);
    }

    [Fact]
    public void The_longest_chain_with_the_longest_names_still_has_room_for_tags()
    {
        var (name, identity) = (new string('n', 64), new string('i', 64));
        var response = _world.Bench.Call("AssumeRole", ("RoleArn", ArnOf("first")), ("RoleSessionName", name), ("SourceIdentity", identity));
        for (var hop = 1; hop < 16; hop++)
        {
            _world.Bench.AsSession(response["Credentials"]!);
            response = _world.Bench.Call("AssumeRole", [("RoleArn", ArnOf(hop % 2 == 0 ? "first" : "second")), ("RoleSessionName", name), .. Tags(("k", new string('v', 256)))]);
            Assert.InRange(response["Credentials"]!["SessionToken"]!.GetValue<string>().Length, 1, SessionTokenCodec.MaxLength);
        }
        Assert.InRange(Percent(response), 1, 20);
        _world.Bench.AsSession(response["Credentials"]!);
        Assert.Equal("The chain of roles is longer than 16.", _world.Refusal("first").Message);
    }

    [Fact]
    public void Plain_text_of_policies_is_limited_too()
    {
        Assert.NotNull(_world.Assume("first", ("Policy", Padded(2048))));
        var error = _world.Refusal("first", ("Policy", Padded(2049)));
        Assert.Equal(
            ("PackedPolicyTooLarge", "Packed policy consumes 101% of allotted space, please use smaller policy. The inline policy and the managed ones have 2049 characters together, and 2048 is the most."),
            (error.Code, error.Message));
    }

    private (string, string)[] LongArns()
    {
        var path = "/" + new string('p', 510) + "/";
        List<(string, string)> arns = [];
        foreach (var i in Enumerable.Range(1, 10))
        {
            var arn = _world.Bench.As("admin").Call("CreatePolicy", ("PolicyName", $"p{i}"), ("Path", path), ("PolicyDocument", Allow("s3:*")))["Policy"]!["Arn"]!.GetValue<string>();
            arns.Add(($"PolicyArns.member.{i}.arn", arn));
        }
        _world.Bench.As("alice");
        return [.. arns];
    }

    private bool TryAssume((string, string)[] parameters, out JsonNode response, out string message)
    {
        try
        {
            (response, message) = (_world.Assume("first", parameters), "");
            return true;
        }
        catch (ApiException refusal)
        {
            Assert.Equal("PackedPolicyTooLarge", refusal.Error.Code);
            (response, message) = (null!, refusal.Error.Message);
            return false;
        }
    }

    private static string Padded(int length)
    {
        var text = Allow("s3:*");
        return text + new string(' ', length - text.Length);
    }

    private static int Percent(JsonNode response) => response["PackedPolicySize"]!.GetValue<int>();
}
