using System.Text.Json;
using System.Xml.Linq;
using Daypass.Server.Tests.Wire;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>Texts that would break what repeats them: answers in XML and JSON, and the trail.</summary>
public sealed class Outputs(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly DaypassServer _server = fixture.Server;

    // Escaped as a form has it: control characters, markup, an unpaired surrogate's bytes, overlong UTF-8, and what XML forbids.
    public static TheoryData<string> Texts => ["%00%01%1B%7F", "%3C%26%3E%22%27%5D%5D%3E", "%0D%0A%0D%0AHTTP/1.1 200 OK", "%ED%A0%80", "%C0%AF%FF%FE", "%EF%BF%BE%EF%BF%BF", "%E2%80%A8%E2%80%AE", "%F0%9F%98%80"];

    // What no ARN has, and is refused for, by a message that repeats it.
    private static readonly string[] Unwritable = ["%00%01%1B%7F", "%ED%A0%80", "%C0%AF%FF%FE", "%EF%BF%BE%EF%BF%BF"];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task An_answer_that_repeats_a_text_stays_well_formed(string text)
    {
        var form = $"Action=AssumeRole&Version=2011-06-15&RoleSessionName=s1&RoleArn=arn:aws:iam::111122223333:role/{text}";
        var signed = RawRequest.Post(_server.Endpoint, form).Signed(_server.Administrator);
        var (status, xml) = await signed.SendAsync(_server.Endpoint);
        var code = Unwritable.Contains(text) ? "ValidationError" : "AccessDenied";
        Assert.Equal(Unwritable.Contains(text) ? 400 : 403, status);
        Assert.Equal(1, xml.Split("HTTP/1.1").Length - (text.Contains("HTTP", StringComparison.Ordinal) ? 2 : 1));
        Assert.Equal(code, XDocument.Parse(BodyOf(xml)).Descendants().Single(element => element.Name.LocalName == "Code").Value);

        var (_, json) = await signed.With("Accept", "application/json").SendAsync(_server.Endpoint);
        Assert.Equal(code, JsonDocument.Parse(BodyOf(json)).RootElement.GetProperty("Error").GetProperty("Code").GetString());
    }

    [Fact]
    public async Task A_long_user_agent_is_cut_in_the_trail_and_breaks_nothing()
    {
        // Cut at 1024, the last character would lose its second half. As bytes, since the wire has no characters.
        var agent = new string('x', 1023) + "\u00f0\u009f\u0098\u0080" + new string('y', 5000);
        Assert.Equal(200, (await RawRequest.Post(_server.Endpoint).With("User-Agent", agent).Signed(_server.Administrator).SendAsync(_server.Endpoint)).Status);
        var found = await _server.Administrator.JsonAsync("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", "{}");
        var events = JsonDocument.Parse(found.Body).RootElement.GetProperty("Events").EnumerateArray();
        var agents = events.Select(one => JsonDocument.Parse(one.GetProperty("CloudTrailEvent").GetString()!).RootElement.GetProperty("userAgent").GetString()!);
        Assert.Contains(agents, shown => shown.Length is >= 1023 and <= 1024 && shown.StartsWith("xxx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_that_the_server_writes_can_be_read_by_others()
    {
        await _server.Administrator.StsAsync("GetSessionToken");
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var top = _server.DataDirectory;
        // Also where somebody else made the folder itself: each entry keeps others out, the journal's folder for all that is in it.
        Assert.All(
            Directory.EnumerateFileSystemEntries(top).Append(top).Append(top + ".master.key"),
            path => Assert.True((File.GetUnixFileMode(path) & ~owner) == UnixFileMode.None, path));
    }

    [Fact]
    public async Task A_source_of_nonsense_is_turned_away_before_its_bodies_are_read()
    {
        // A burst of ten.
        await using var server = await DaypassServer.StartAsync("--refusals-per-source", "1");
        var nonsense = RawRequest.Post(server.Endpoint, "Action=None&Version=2011-06-15");
        List<string> codes = [];
        for (var call = 0; call < 15; call++)
        {
            var (_, answer) = await nonsense.SendAsync(server.Endpoint);
            codes.Add(XDocument.Parse(BodyOf(answer)).Descendants().Single(element => element.Name.LocalName == "Code").Value);
        }
        Assert.Equal("InvalidAction", codes[0]);
        Assert.Contains("Throttling", codes);
        var (status, unread) = await (nonsense with { Body = "" }).SendAsync(server.Endpoint);
        Assert.True(status == 400 && unread.Contains("Throttling", StringComparison.Ordinal), "it waited for a body that never came");
    }

    private static string BodyOf(string answer) => answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
}
