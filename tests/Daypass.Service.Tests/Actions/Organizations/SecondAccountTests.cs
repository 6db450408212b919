using System.Text.Json.Nodes;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Organizations;

/// <summary>The story across accounts, through the whole pipeline.</summary>
public sealed class SecondAccountTests : IAsyncLifetime
{
    private PipelineBench _bench = null!;

    public async Task InitializeAsync() => _bench = await PipelineBench.StartAsync();

    public async Task DisposeAsync()
    {
        Assert.Empty(_bench.Failures);
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task The_management_accounts_administrator_gets_into_the_account_that_it_made_and_sees_the_organization_from_there()
    {
        var member = await EnterAsync();
        Assert.EndsWith("assumed-role/OrganizationAccountAccessRole/session", (await OkAsync(member, "GetCallerIdentity")).Text("Arn"));
        var own = await OkAsync("DescribeOrganization");
        Assert.Equal(own.ToJsonString(), (await OkAsync(member, "DescribeOrganization")).ToJsonString());
        Assert.Equal("AccessDenied", (await _bench.CallAsync(member, "ListAccounts")).Error!.Code);
        Assert.Equal(2, (await OkAsync("ListAccounts"))["Accounts"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_lookup_finds_the_calls_before_it_allowed_and_refused_each_in_its_own_account()
    {
        var member = await EnterAsync();
        await _bench.CallAsync(member, "ListAccounts");
        var own = (await OkAsync(member, "LookupEvents"))["Events"]!;
        Assert.Equal(["ListAccounts", "AssumeRole", "CreateRole", "CreateAccount"], own.Each("EventName"));
        Assert.Equal("session", own[0].Text("Username"));
        var refused = JsonNode.Parse(own[0].Text("CloudTrailEvent"))!;
        Assert.Equal("AccessDeniedException", refused.Text("errorCode"));
        Assert.Equal("OrganizationAccountAccessRole", refused["userIdentity"]!["sessionContext"]!["sessionIssuer"].Text("userName"));
        var management = (await OkAsync("LookupEvents"))["Events"]!.Each("EventName").ToList();
        Assert.Equal("AssumeRole", management[0]);
        Assert.Contains("CreateAccountResult", management);
        Assert.DoesNotContain("ListAccounts", management);
    }

    [Fact]
    public async Task A_lookup_goes_on_from_page_to_page()
    {
        for (var call = 0; call < 5; call++)
            await OkAsync("GetCallerIdentity");
        (string, string)[] sought = [("LookupAttributes.member.1.AttributeKey", "EventName"), ("LookupAttributes.member.1.AttributeValue", "GetCallerIdentity"), ("MaxResults", "2")];
        List<string> found = [];
        string? token = null;
        do
        {
            var page = await OkAsync("LookupEvents", token is null ? sought : [.. sought, ("NextToken", token)]);
            found.AddRange(page["Events"].Each("EventId"));
            token = page["NextToken"]?.GetValue<string>();
        }
        while (token is not null);
        Assert.Equal(5, found.Distinct().Count());
        Assert.Equal("InvalidNextTokenException", (await _bench.CallAsync("LookupEvents", [.. sought, ("NextToken", "0.0")])).Error!.Code);
    }

    private async Task<(string, string, string?)> EnterAsync()
    {
        await OkAsync("CreateOrganization");
        var id = (await OkAsync("CreateAccount", ("Email", "b@example.com"), ("AccountName", "Second")))["CreateAccountStatus"].Text("Id");
        Assert.True(await _bench.Provisioner.FinishAsync(id, default));
        var account = (await OkAsync("DescribeCreateAccountStatus", ("CreateAccountRequestId", id)))["CreateAccountStatus"].Text("AccountId");
        var role = $"arn:aws:iam::{account}:role/OrganizationAccountAccessRole";
        var credentials = (await OkAsync("AssumeRole", ("RoleArn", role), ("RoleSessionName", "session")))["Credentials"];
        return (credentials.Text("AccessKeyId"), credentials.Text("SecretAccessKey"), credentials.Text("SessionToken"));
    }

    private async Task<JsonNode> OkAsync(string action, params (string, string)[] parameters) => Ok(await _bench.CallAsync(action, parameters));

    private async Task<JsonNode> OkAsync((string, string, string?) key, string action) => Ok(await _bench.CallAsync(key, action));

    private static JsonNode Ok(ApiAnswer answer)
    {
        Assert.Null(answer.Error);
        return Shown.Of(answer.Response!);
    }
}
