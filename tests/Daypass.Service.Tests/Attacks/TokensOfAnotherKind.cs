using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Actions.Sts;
using Daypass.Service.Tests.Support;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Attacks;

/// <summary>What the server has sealed itself, shown where something else belongs.</summary>
public sealed class TokensOfAnotherKind
{
    [Fact]
    public async Task A_message_is_no_session_and_a_session_is_no_message()
    {
        await using var bench = await PipelineBench.StartAsync();
        var session = Shown.Of((await bench.CallAsync("GetSessionToken")).Response!)["Credentials"]!;
        var (id, secret, token) = (session["AccessKeyId"]!.GetValue<string>(), session["SecretAccessKey"]!.GetValue<string>(), session["SessionToken"]!.GetValue<string>());
        var nobody = Shown.Of((await bench.CallAsync("GetFederationToken", ("Name", "nobody"))).Response!)["Credentials"]!;
        var denied = await bench.CallAsync((nobody["AccessKeyId"]!.GetValue<string>(), nobody["SecretAccessKey"]!.GetValue<string>(), nobody["SessionToken"]!.GetValue<string>()), "ListAccounts");
        const string Mark = "Encoded authorization failure message: ";
        var message = denied.Error!.Message[(denied.Error.Message.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..];

        Assert.Null((await bench.CallAsync("DecodeAuthorizationMessage", ("EncodedMessage", message))).Error);
        Assert.Equal("InvalidClientTokenId", (await bench.CallAsync((id, secret, message), "GetCallerIdentity")).Error?.Code);
        Assert.Equal("InvalidAuthorizationMessageException", (await bench.CallAsync("DecodeAuthorizationMessage", ("EncodedMessage", token))).Error?.Code);
    }

    [Fact]
    public async Task A_users_session_is_none_of_a_federated_user_nor_of_a_role()
    {
        await using var bench = await PipelineBench.StartAsync();
        var session = Shown.Of((await bench.CallAsync("GetSessionToken")).Response!)["Credentials"]!;
        var (id, token) = (session["AccessKeyId"]!.GetValue<string>(), session["SessionToken"]!.GetValue<string>());
        Assert.Equal(SessionKind.User, bench.Vault.OpenSession(token, id)!.Kind);
        // The kind is inside the seal: no bit of it can be turned.
        var bytes = Convert.FromBase64String(token);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(bench.Vault.OpenSession(Convert.ToBase64String(bytes), id));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public async Task Sessions_from_before_a_moment_are_denied_by_AWSs_own_policy_for_that()
    {
        var time = new ManualTime();
        await using var bench = await PipelineBench.StartAsync(time: time, throttling: time);
        var role = new Role
        {
            Name = "worker", Path = "/", Id = "AROAEXAMPLEWORKER", Created = default,
            Trust = new TrustPolicy("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"} }""", new Dictionary<string, string>()),
            Inline = [new InlinePolicy("all", StsWorld.Allow("*"))],
        };
        await bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.Role, role);
        var older = await AssumeAsync(bench);
        time.Advance(TimeSpan.FromSeconds(2));
        var moment = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var newer = await AssumeAsync(bench);
        Assert.Null((await bench.CallAsync(older, "ListUsers")).Error);

        var deny = $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["*"],"Resource":["*"],"Condition":{"DateLessThan":{"aws:TokenIssueTime":"{{{moment}}}"} } }]}""";
        Assert.Null((await bench.CallAsync("PutRolePolicy", ("RoleName", "worker"), ("PolicyName", "AWSRevokeOlderSessions"), ("PolicyDocument", deny))).Error);
        Assert.Equal("AccessDenied", (await bench.CallAsync(older, "ListUsers")).Error?.Code);
        Assert.Equal("AccessDenied", (await bench.CallAsync(older, "AssumeRole", ("RoleArn", "arn:aws:iam::123456789012:role/worker"), ("RoleSessionName", "away"))).Error?.Code);
        Assert.Null((await bench.CallAsync(newer, "ListUsers")).Error);
    }

    private static async Task<(string Id, string Secret, string? Token)> AssumeAsync(PipelineBench bench)
    {
        var answer = await bench.CallAsync("AssumeRole", ("RoleArn", "arn:aws:iam::123456789012:role/worker"), ("RoleSessionName", "session"));
        var credentials = Shown.Of(answer.Response!)["Credentials"]!;
        return (credentials["AccessKeyId"]!.GetValue<string>(), credentials["SecretAccessKey"]!.GetValue<string>(), credentials["SessionToken"]!.GetValue<string>());
    }
}
