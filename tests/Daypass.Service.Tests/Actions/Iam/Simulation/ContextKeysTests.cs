using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Actions.Iam.Simulation.Simulations;

namespace Daypass.Service.Tests.Actions.Iam.Simulation;

/// <summary>GetContextKeysForCustomPolicy and GetContextKeysForPrincipalPolicy.</summary>
public sealed class ContextKeysTests
{
    private readonly ActionBench _bench = new();

    [Fact]
    public void Keys_of_conditions_and_variables_come_once_as_written_first()
    {
        var policy = """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:username}/*","Condition":{"StringLike":{"aws:PrincipalTag/Team":"${test:team, 'none'}"}}},
              {"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"AWS:SecureTransport":"false"},"StringEquals":{"AWS:UserName":"x"}}}]}
            """;
        var keys = _bench.Call("GetContextKeysForCustomPolicy", Given([policy, If("""{"Null":{"aws:securetransport":"true","aws:SourceIp":"true"}}""")]))["ContextKeyNames"].Texts();
        Assert.Equal(["aws:username", "aws:PrincipalTag/Team", "test:team", "AWS:SecureTransport", "aws:SourceIp"], keys);
    }

    [Fact]
    public void Text_of_the_old_version_has_no_variables() =>
        Assert.Empty(_bench.Call("GetContextKeysForCustomPolicy", Given(["""{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:username}"}}"""]))["ContextKeyNames"].Texts());

    [Fact]
    public void A_user_has_the_keys_of_its_groups_and_further_policies_add_theirs()
    {
        _bench.Call("CreateUser", ("UserName", "alice"));
        _bench.Call("CreateGroup", ("GroupName", "writers"));
        _bench.Call("AddUserToGroup", ("UserName", "alice"), ("GroupName", "writers"));
        _bench.Call("PutUserPolicy", ("UserName", "alice"), ("PolicyName", "p"), ("PolicyDocument", If("""{"Null":{"test:user":"true"}}""")));
        _bench.Call("PutGroupPolicy", ("GroupName", "writers"), ("PolicyName", "p"), ("PolicyDocument", If("""{"Null":{"test:group":"true"}}""")));
        Assert.Equal(["test:user", "test:group", "test:more"], Of("user/alice", Given([If("""{"Null":{"test:more":"true"}}""")])));
        Assert.Equal(["test:group"], Of("group/writers"));
    }

    [Fact]
    public void Each_needs_its_own_permission()
    {
        _bench.AsHolderOf("iam:GetContextKeysForPrincipalPolicy", "arn:aws:iam::123456789012:user/admin");
        Assert.Empty(Of("user/admin"));
        Assert.Equal("AccessDenied", _bench.Refusal("GetContextKeysForPrincipalPolicy", ("PolicySourceArn", "arn:aws:iam::123456789012:user/holder")).Code);
        Assert.Equal("AccessDenied", _bench.Refusal("GetContextKeysForCustomPolicy", Given([Allow])).Code);
    }

    [Fact]
    public void What_is_no_policy_is_refused_with_its_number()
    {
        var error = _bench.Refusal("GetContextKeysForCustomPolicy", Given([Allow, "{}"]));
        Assert.Equal("InvalidInput", error.Code);
        Assert.StartsWith("Policy input list item 2 has invalid content", error.Message, StringComparison.Ordinal);
    }

    private IEnumerable<string> Of(string source, params (string, string)[] more) =>
        _bench.Call("GetContextKeysForPrincipalPolicy", [("PolicySourceArn", "arn:aws:iam::123456789012:" + source), .. more])["ContextKeyNames"].Texts();
}
