using System.Text.Json;
using System.Xml.Linq;
using Daypass.Testing;

namespace Daypass.Server.Tests.Wire;

/// <summary>Denials on the wire: AWS's sentence and the encoded message, in every dialect; and without the message where an operator says so.</summary>
public sealed class DenialTests
{
    private const string Sentence = "because no identity-based policy allows the ";
    private const string LookupEvents = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents";

    [Fact]
    public async Task Every_dialect_carries_the_message_and_each_decodes()
    {
        await using var server = await DaypassServer.StartAsync();
        var nobody = await NobodyAsync(server);
        foreach (var (action, text) in await DenialsAsync(nobody))
        {
            var (sentence, message) = Denial.Split(text);
            Assert.EndsWith($"{Sentence}{action} action", sentence, StringComparison.Ordinal);
            var decoded = (await server.Administrator.StsAsync("DecodeAuthorizationMessage", ("EncodedMessage", message))).Result.GetProperty("DecodedMessage").GetString()!;
            Assert.Equal(action, JsonDocument.Parse(decoded).RootElement.GetProperty("context").GetProperty("action").GetString());
        }
    }

    [Fact]
    public async Task With_plain_denials_the_sentence_is_all()
    {
        await using var server = await DaypassServer.StartAsync("--plain-denials");
        foreach (var (action, text) in await DenialsAsync(await NobodyAsync(server)))
            Assert.EndsWith($"{Sentence}{action} action", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_decodes_after_a_restart_and_after_the_keys_have_turned_and_not_once_its_key_is_refused()
    {
        await using var server = await DaypassServer.StartAsync();
        var message = Denial.Split((await (await NobodyAsync(server)).IamAsync("ListUsers")).ErrorMessage).Message;
        await server.StopAsync();
        await server.RestartAsync();
        Assert.Contains("iam:ListUsers", (await DecodeAsync(server, message)).Body, StringComparison.Ordinal);
        var old = (await server.Administrator.DaypassAsync("ListKeys")).Result.GetProperty("Keys").EnumerateArray()
            .Single(key => key.GetProperty("Purpose").GetString() == "session" && key.GetProperty("State").GetString() == "Active").GetProperty("KeyId").GetString()!;
        Assert.Equal(200, (int)(await server.Administrator.DaypassAsync("RevokeKey", ("Purpose", "session"), ("KeyId", old))).Status);
        Assert.Equal("InvalidAuthorizationMessageException", (await DecodeAsync(server, message)).ErrorCode);
    }

    private static Task<ApiReply> DecodeAsync(DaypassServer server, string message) => server.Administrator.StsAsync("DecodeAuthorizationMessage", ("EncodedMessage", message));

    private static async Task<IReadOnlyList<(string Action, string Text)>> DenialsAsync(SigningClient nobody)
    {
        var xml = nobody.Sign(HttpMethod.Post, nobody.Endpoint, "iam", "Action=ListRoles&Version=2010-05-08", new() { ["Content-Type"] = "application/x-www-form-urlencoded" });
        XNamespace iam = "https://iam.amazonaws.com/doc/2010-05-08/";
        return
        [
            ("iam:ListUsers", (await nobody.IamAsync("ListUsers")).ErrorMessage),
            ("iam:ListRoles", XDocument.Parse((await SigningClient.SendAsync(xml)).Body).Descendants(iam + "Message").Single().Value),
            ("cloudtrail:LookupEvents", JsonDocument.Parse((await nobody.JsonAsync("cloudtrail", LookupEvents, "{}")).Body).RootElement.GetProperty("message").GetString()!),
        ];
    }

    private static async Task<SigningClient> NobodyAsync(DaypassServer server)
    {
        await server.Administrator.IamAsync("CreateUser", ("UserName", "nobody"));
        var key = (await server.Administrator.IamAsync("CreateAccessKey", ("UserName", "nobody"))).Result.GetProperty("AccessKey");
        return server.Client(key.GetProperty("AccessKeyId").GetString()!, key.GetProperty("SecretAccessKey").GetString()!);
    }
}
