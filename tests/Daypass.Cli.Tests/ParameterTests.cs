using Daypass.Cli.Api;
using Daypass.Cli.Arguments;

namespace Daypass.Cli.Tests;

public sealed class ParameterTests : IDisposable
{
    private readonly TestHost _host = new();

    public static TheoryData<string, string[], string> QueryForms => new()
    {
        { "sts", ["assume-role", "--role-arn", "R", "--role-session-name", "me"], "AssumeRole RoleArn=R&RoleSessionName=me" },
        { "sts", ["assume-role", "--role-arn=R", "--role-session-name=--me"], "AssumeRole RoleArn=R&RoleSessionName=--me" },
        { "sts", ["AssumeRole", "RoleArn=R", "RoleSessionName=a=b"], "AssumeRole RoleArn=R&RoleSessionName=a=b" },
        { "sts", ["assume-root", "--target-principal", "A", "--task-policy-arn", "P"], "AssumeRoot TargetPrincipal=A&TaskPolicyArn.arn=P" },
        { "sts", ["assume-root", "--target-principal", "A", "--task-policy-arn", "arn=P"], "AssumeRoot TargetPrincipal=A&TaskPolicyArn.arn=P" },
        { "sts", ["get-session-token", "--duration-seconds", "900"], "GetSessionToken DurationSeconds=900" },
        { "iam", ["create-user", "--user-name", "alice", "--tags", "Key=team,Value=ops", "Key=a,Value=b,c=d"], "CreateUser UserName=alice&Tags.member.1.Key=team&Tags.member.1.Value=ops&Tags.member.2.Key=a&Tags.member.2.Value=b,c=d" },
        { "iam", ["create-user", "--user-name", "alice", "--tags", """[{"Key":"team","Value":"ops"}]"""], "CreateUser UserName=alice&Tags.member.1.Key=team&Tags.member.1.Value=ops" },
        { "iam", ["create-user", "--user-name", "alice", "--tags", """{"Key":"team","Value":""}"""], "CreateUser UserName=alice&Tags.member.1.Key=team&Tags.member.1.Value=" },
        { "iam", ["CreateUser", "UserName=alice", "Tags.member.1.Key=team", "Tags.member.1.Value=ops"], "CreateUser UserName=alice&Tags.member.1.Key=team&Tags.member.1.Value=ops" },
        { "iam", ["untag-user", "--user-name", "alice", "--tag-keys", "a", "b"], "UntagUser UserName=alice&TagKeys.member.1=a&TagKeys.member.2=b" },
        { "iam", ["untag-user", "--user-name", "alice", "--tag-keys"], "UntagUser UserName=alice&TagKeys=" },
        { "iam", ["untag-user", "UserName=alice", "TagKeys.member.1=a", "TagKeys.member.2=b"], "UntagUser UserName=alice&TagKeys.member.1=a&TagKeys.member.2=b" },
        { "sts", ["assume-role", "--role-arn", "R", "--role-session-name", "n", "--policy-arns", "arn:aws:iam::aws:policy/X", "arn=Y"], "AssumeRole RoleArn=R&RoleSessionName=n&PolicyArns.member.1.arn=arn:aws:iam::aws:policy/X&PolicyArns.member.2.arn=Y" },
        { "iam", ["create-policy-version", "--policy-arn", "P", "--policy-document", "{}", "--set-as-default"], "CreatePolicyVersion PolicyArn=P&PolicyDocument={}&SetAsDefault=true" },
        { "iam", ["create-policy-version", "--policy-arn", "P", "--policy-document", "{}", "--no-set-as-default"], "CreatePolicyVersion PolicyArn=P&PolicyDocument={}&SetAsDefault=false" },
        { "iam", ["get-context-keys-for-custom-policy", "--policy-input-list", """{"Version":"2012-10-17"}""", "{}"], """GetContextKeysForCustomPolicy PolicyInputList.member.1={"Version":"2012-10-17"}&PolicyInputList.member.2={}""" },
        {
            "iam", ["simulate-custom-policy", "--policy-input-list", "{}", "--action-names", "s3:GetObject", "--explain", "--context-entries", "ContextKeyName=test:k,ContextKeyValues=a,b,ContextKeyType=stringList"],
            "SimulateCustomPolicy PolicyInputList.member.1={}&ActionNames.member.1=s3:GetObject&Explain=true&ContextEntries.member.1.ContextKeyName=test:k&ContextEntries.member.1.ContextKeyValues.member.1=a&ContextEntries.member.1.ContextKeyValues.member.2=b&ContextEntries.member.1.ContextKeyType=stringList"
        },
        { "daypass", ["register-service", "--name", "s3"], "RegisterService Name=s3&Region=eu-west-9" },
        { "iam", ["brand-new-action", "--some-value", "x", "--several", "a", "b", "--tags", "Key=k,Value=v"], "BrandNewAction SomeValue=x&Several.member.1=a&Several.member.2=b&Tags.member.1.Key=k&Tags.member.1.Value=v" },
    };

    [Theory, MemberData(nameof(QueryForms))]
    public void What_is_typed_becomes_the_query_protocols_names(string service, string[] words, string expected)
    {
        var call = Read(service, words);
        Assert.Equal(expected.TrimEnd(), $"{call.Action} {string.Join('&', ParameterTree.Flatten(call.Parameters).Select(pair => $"{pair.Key}={pair.Value}"))}".TrimEnd());
    }

    [Theory]
    [InlineData("organizations create-account --email a@example.com --account-name B", """{"Email":"a@example.com","AccountName":"B"}""")]
    [InlineData("organizations CreateAccount Email=a@example.com AccountName=B Tags.member.1.Key=k Tags.member.1.Value=v", """{"Email":"a@example.com","AccountName":"B","Tags":[{"Key":"k","Value":"v"}]}""")]
    [InlineData("organizations list-accounts --max-results 5", """{"MaxResults":5}""")]
    [InlineData("cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole --start-time 2026-11-22T00:00:00Z", """{"LookupAttributes":[{"AttributeKey":"EventName","AttributeValue":"AssumeRole"}],"StartTime":1795305600}""")]
    [InlineData("accessanalyzer validate-policy --policy-document {} --policy-type IDENTITY_POLICY --max-results 5", """{"PolicyDocument":"{}","PolicyType":"IDENTITY_POLICY","MaxResults":5}""")]
    [InlineData("accessanalyzer check-access-not-granted --policy-document {} --policy-type IDENTITY_POLICY --access actions=s3:GetObject,s3:PutObject,resources=*", """{"PolicyDocument":"{}","PolicyType":"IDENTITY_POLICY","Access":[{"actions":["s3:GetObject","s3:PutObject"],"resources":["*"]}]}""")]
    [InlineData("accessanalyzer ValidatePolicy policyDocument={} PolicyType=IDENTITY_POLICY", """{"PolicyDocument":"{}","PolicyType":"IDENTITY_POLICY"}""")]
    public void Json_services_get_lists_and_numbers(string line, string expected)
    {
        var words = line.Split(' ');
        Assert.Equal(expected, Read(words[0], words[1..]).Parameters.ToJsonString());
    }

    [Theory]
    [InlineData("iam", "create-user --user-nam alice", "CreateUser has no parameter --user-nam. Did you mean --user-name?")]
    [InlineData("sts", "assume-role --polcy x", "AssumeRole has no parameter --polcy. Did you mean --policy?")]
    [InlineData("sts", "assume-role-with-ldap-identity --ldap-user x", "AssumeRoleWithLDAPIdentity has no parameter --ldap-user. Did you mean --ldap-username?")]
    [InlineData("iam", "creat-user", "Unknown action iam creat-user. Did you mean create-user?")]
    [InlineData("iam", "CreatUser", "Unknown action iam CreatUser. Did you mean CreateUser?")]
    [InlineData("iam", "create-user", "CreateUser needs --user-name.")]
    [InlineData("accessanalyzer", "list-analyzers", "Unknown action accessanalyzer list-analyzers.")]
    [InlineData("iam", "create-user --user-name a b", "--user-name takes one value, not 2; quote a value that has spaces.")]
    [InlineData("iam", "create-user UserName=a UserName=b", "UserName is given twice.")]
    [InlineData("iam", "create-user stray", "'stray' is not an option; parameters are --user-name alice or UserName=alice.")]
    [InlineData("iam", "create-user --user-name a --tags Kye=x", "--tags takes Key=...,Value=..., not 'Kye=x'.")]
    [InlineData("sts", "get-session-token --duration-seconds soon", "--duration-seconds takes a whole number, not 'soon'.")]
    [InlineData("iam", "untag-user UserName=a TagKeys.member.x=b TagKeys.member.1=c", "TagKeys.member.1 does not fit the other parameters: list items are numbered from 1, as in Tags.member.1.Key.")]
    public void A_mistake_is_named_before_anything_is_sent(string service, string line, string message) =>
        Assert.Equal(message, Assert.Throws<CommandException>(() => Read(service, line.Split(' '))).Message);

    [Fact]
    public void A_policy_comes_from_a_file()
    {
        _host.WriteFile("policy.json", """{"Version":"2012-10-17"}""");
        var call = Read("sts", ["assume-role", "--role-arn", "R", "--role-session-name", "me", "--policy", "file://policy.json"]);
        Assert.Equal("""{"Version":"2012-10-17"}""", call.Parameters["Policy"]!.ToString());
        Assert.Contains("'missing.json'", Assert.Throws<CommandException>(() => Read("sts", ["assume-role", "--policy", "file://missing.json"])).Message.Replace(_host.Folder + "/", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    public void Dispose() => _host.Dispose();

    private ApiCall Read(string service, string[] words) =>
        ApiCall.Read(ApiService.All.Single(each => each.Name == service), CommandLine.Parse(words, [], takesAny: true), "eu-west-9", new ValueReader(_host.Host));
}
