using Daypass.Server.Tests.Wire;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>What a caller without rights can learn of what exists: nothing, in words, codes, order of checks or the trail.</summary>
public sealed class Enumeration(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly DaypassServer _server = fixture.Server;

    public static TheoryData<string, (string, string)[]> Calls => new()
    {
        { "plain", [] },
        { "too long for any role", [("DurationSeconds", "43200")] },
        { "a policy that is none", [("Policy", "no policy")] },
        { "a policy that does not exist", [("PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/NoSuchPolicy")] },
        { "an external id", [("ExternalId", "guess")] },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_role_that_may_not_be_assumed_and_one_that_does_not_exist_look_alike(string what, (string, string)[] parameters)
    {
        var other = await MovableClock.OtherAccountAsync(_server);
        var account = (await other.StsAsync("GetCallerIdentity")).Result.GetProperty("Account").GetString();
        var nobody = await NobodyAsync();
        const string Existing = "OrganizationAccountAccessRole", Missing = "OrganizationAccountAccessRolf";
        var forbidden = await AssumeAsync(nobody, account!, Existing, parameters);
        var absent = await AssumeAsync(nobody, account!, Missing, parameters);
        var nowhere = await AssumeAsync(nobody, "999999999998", Missing, parameters);

        Assert.True(forbidden.ErrorCode == "AccessDenied", $"{what}: {forbidden.Body}");
        Assert.Equal(SeenOf(forbidden), SeenOf(absent, text => text.Replace(Missing, Existing, StringComparison.Ordinal)));
        Assert.Equal(SeenOf(absent), SeenOf(nowhere, text => text.Replace("999999999998", account, StringComparison.Ordinal)));
        Assert.Equal(forbidden.Headers.Keys.Order(), absent.Headers.Keys.Order());
    }

    [Fact]
    public async Task Spellings_of_a_role_that_exists_are_roles_that_do_not()
    {
        var other = await MovableClock.OtherAccountAsync(_server);
        var account = (await other.StsAsync("GetCallerIdentity")).Result.GetProperty("Account").GetString()!;
        string[] spellings =
        [
            $"arn:aws:iam::{account}:role/organizationaccountaccessrole", $"arn:aws:iam::{account}:role//OrganizationAccountAccessRole", $"arn:aws:iam::{account}:role/x/OrganizationAccountAccessRole",
            $"arn:aws:iam::{account}:role/x/../OrganizationAccountAccessRole", $"arn:aws:iam::{account}:role/OrganizationAccountAccessRole/", $"arn:aws:iam::{account}:role/*",
            $"arn:aws-cn:iam::{account}:role/OrganizationAccountAccessRole", $"arn:aws:iam::{account}:role/OrganizationAccountAccess\u0052ole\u200B", $"arn:aws:iam::{account}:role/OrganizationAccountAccessRo\u217Ce",
        ];
        foreach (var arn in spellings)
        {
            var reply = await _server.Administrator.StsAsync("AssumeRole", ("RoleArn", arn), ("RoleSessionName", "s1"));
            Assert.True(reply.ErrorCode == "AccessDenied", $"{arn}: {reply.Body}");
        }
        foreach (var arn in (string[])[$"arn:aws:iam:us-east-1:{account}:role/OrganizationAccountAccessRole", $"arn:aws:sts::{account}:role/OrganizationAccountAccessRole", $"arn:aws:iam::{account}:user/OrganizationAccountAccessRole"])
            Assert.Equal("ValidationError", (await _server.Administrator.StsAsync("AssumeRole", ("RoleArn", arn), ("RoleSessionName", "s1"))).ErrorCode);
    }

    [Fact]
    public async Task Keys_that_never_were_and_keys_of_accounts_that_never_were_look_alike()
    {
        // One of each: another shape, AWS's shape with no account of ours, AWS's shape of ours but never issued.
        string[] keys = ["nothing-like-a-key", "AKIAQEXAMPLEEXAMPLE2", Names.AccessKeyId.Create("AKIA", Names.AccountId.Of(111122223333), [1, 2, 3, 4, 5])];
        var answers = await Task.WhenAll(keys.Select(key => _server.Client(key, "secretEXAMPLE").StsAsync("GetCallerIdentity")));
        Assert.Single(answers.Select(answer => (answer.Status, answer.ErrorCode, answer.ErrorMessage)).Distinct());
    }

    // All that a stranger sees: of the encoded message how long it is.
    private static (System.Net.HttpStatusCode, string, string, int) SeenOf(ApiReply reply, Func<string, string>? asIf = null) =>
        Denial.Split(reply.ErrorMessage) is var (sentence, message) ? (reply.Status, reply.ErrorCode, asIf?.Invoke(sentence) ?? sentence, message.Length) : default;

    private static Task<ApiReply> AssumeAsync(SigningClient caller, string account, string role, (string, string)[] parameters) =>
        caller.StsAsync("AssumeRole", [("RoleArn", $"arn:aws:iam::{account}:role/{role}"), ("RoleSessionName", "s1"), .. parameters]);

    private async Task<SigningClient> NobodyAsync()
    {
        var admin = _server.Administrator;
        await admin.IamAsync("CreateUser", ("UserName", "nobody"));
        foreach (var old in (await admin.IamAsync("ListAccessKeys", ("UserName", "nobody"))).Result.GetProperty("AccessKeyMetadata").EnumerateArray())
            await admin.IamAsync("DeleteAccessKey", ("UserName", "nobody"), ("AccessKeyId", old.GetProperty("AccessKeyId").GetString()!));
        var key = (await admin.IamAsync("CreateAccessKey", ("UserName", "nobody"))).Result.GetProperty("AccessKey");
        return _server.Client(key.GetProperty("AccessKeyId").GetString()!, key.GetProperty("SecretAccessKey").GetString()!);
    }
}
