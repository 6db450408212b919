using System.Text.Json.Nodes;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Attacks;

/// <summary>Parameters that nothing reads, sent to make the trail tell what did not happen.</summary>
public sealed class FalseTrails
{
    [Fact]
    public async Task A_parameter_in_another_letter_case_does_not_stand_in_the_trail_beside_or_instead_of_the_one_that_counted()
    {
        await using var bench = await PipelineBench.StartAsync();
        await bench.CallAsync("GetUser", ("UserName", "mallory"), ("userName", "alice"));
        var record = Assert.Single(await bench.TrailAsync());
        Assert.Equal("""{"userName":"mallory"}""", record["requestParameters"]!.ToJsonString());
    }

    [Fact]
    public async Task Nor_does_one_that_the_action_does_not_have()
    {
        await using var bench = await PipelineBench.StartAsync();
        await bench.CallAsync("GetCallerIdentity", ("Policy", "{}"), ("TokenCode", "123456"), ("A.B", "1"), ("A", "2"), ("", "3"));
        Assert.Null(Assert.Single(await bench.TrailAsync())["requestParameters"]);
    }

    [Fact]
    public async Task Lists_are_recorded_as_the_action_read_them()
    {
        await using var bench = await PipelineBench.StartAsync();
        await bench.CallAsync("CreateUser", ("UserName", "alice"), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "blue"), ("Tags.member.1.value", "red"), ("tags.member.1.Value", "red"));
        var record = Assert.Single(await bench.TrailAsync());
        Assert.Equal("""{"userName":"alice","tags":[{"key":"team","value":"blue"}]}""", record["requestParameters"]!.ToJsonString());
    }

    [Theory]
    [InlineData("Tags.member.01")]
    [InlineData("Tags.member.0000000000000000000001")]
    [InlineData("Tags.member.")]
    [InlineData("Tags.member.1a")]
    [InlineData("Tags.member.-1")]
    [InlineData("Tags.member.99999999999")]
    [InlineData("Tags.member.\u0661")]
    public void A_list_member_has_one_spelling_of_its_number(string name)
    {
        var parameters = new Parameters([KeyValuePair.Create("Tags.member.1.Key", "a"), KeyValuePair.Create(name + ".Key", "b")]);
        Assert.Equal("MalformedInput", Assert.Throws<ApiException>(() => parameters.Members("Tags")).Error.Code);
    }

    [Fact]
    public void A_refusal_does_not_repeat_all_that_was_sent()
    {
        var name = new string('x', 100_000);
        Assert.InRange(Errors.InvalidAction(name, name).Error.Message.Length, 1, 1000);
        var parameters = new Parameters([KeyValuePair.Create("N", name), KeyValuePair.Create($"L.member.{name}", "")]);
        Assert.InRange(Assert.Throws<ApiException>(() => parameters.Number("N", 1, 2)).Error.Message.Length, 1, 1000);
        Assert.InRange(Assert.Throws<ApiException>(() => parameters.Flag("N")).Error.Message.Length, 1, 1000);
        Assert.InRange(Assert.Throws<ApiException>(() => parameters.Members("L")).Error.Message.Length, 1, 1000);
    }

    [Fact]
    public async Task What_was_read_stays_in_the_record_of_a_refusal()
    {
        await using var bench = await PipelineBench.StartAsync();
        await bench.CallAsync("AssumeRole", ("RoleArn", "arn:aws:iam::123456789012:role/none"), ("RoleSessionName", "s1"), ("ExternalId", "x1"));
        var record = Assert.Single(await bench.TrailAsync());
        Assert.Equal("AccessDenied", record["errorCode"]!.GetValue<string>());
        Assert.Equal(
            JsonNode.Parse("""{"roleArn":"arn:aws:iam::123456789012:role/none","roleSessionName":"s1","externalId":"x1"}""")!.ToJsonString(),
            record["requestParameters"]!.ToJsonString());
    }
}
