using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Policies;

/// <summary>Every parameter that takes a policy takes the same texts, and says so before it looks at what they mean.</summary>
public sealed class PolicyTexts
{
    private const string Allow = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}";
    private const string Trust = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"123456789012\"},\"Action\":\"sts:AssumeRole\"}}";

    /// <summary>Action, its other parameters, the parameter, a policy that it takes.</summary>
    public static TheoryData<string, string, string, string> Writes => new()
    {
        { "CreatePolicy", "PolicyName=p", "PolicyDocument", Allow },
        { "CreatePolicyVersion", "PolicyArn=arn:aws:iam::123456789012:policy/there", "PolicyDocument", Allow },
        { "PutUserPolicy", "UserName=admin|PolicyName=p", "PolicyDocument", Allow },
        { "PutGroupPolicy", "GroupName=there|PolicyName=p", "PolicyDocument", Allow },
        { "PutRolePolicy", "RoleName=there|PolicyName=p", "PolicyDocument", Allow },
        { "CreateRole", "RoleName=new", "AssumeRolePolicyDocument", Trust },
        { "UpdateAssumeRolePolicy", "RoleName=there", "PolicyDocument", Trust },
        { "AssumeRole", "RoleArn=arn:aws:iam::123456789012:role/there|RoleSessionName=session", "Policy", Allow },
        { "GetFederationToken", "Name=fed", "Policy", Allow },
    };

    [Theory, MemberData(nameof(Writes))]
    public async Task Characters_that_IAM_does_not_have_are_refused_before_anything_else(string action, string others, string parameter, string policy)
    {
        await using var bench = await PipelineBench.StartAsync();
        Assert.Null((await bench.CallAsync("CreatePolicy", ("PolicyName", "there"), ("PolicyDocument", Allow))).Error);
        Assert.Null((await bench.CallAsync("CreateGroup", ("GroupName", "there"))).Error);
        Assert.Null((await bench.CallAsync("CreateRole", ("RoleName", "there"), ("AssumeRolePolicyDocument", Trust))).Error);
        foreach (var damage in (string[])["\u0100", "\u20ac", "\u0000", "\u0008", "\u000b", "\ufeff", "\ud83d\ude00"])
        {
            foreach (var text in (string[])[damage + policy, policy + damage, "{" + damage])
                Assert.Equal("ValidationError", await CodeAsync(text));
        }
        Assert.Equal("ValidationError", await CodeAsync(""));
        Assert.Equal("ValidationError", await CodeAsync(policy + new string(' ', 131_073 - policy.Length)));
        Assert.Equal("MalformedPolicyDocument", await CodeAsync("\u00ff" + policy));
        Assert.Equal("MalformedPolicyDocument", await CodeAsync(policy[1..]));
        Assert.Null(await CodeAsync("\t\r\n " + policy.Replace("{\"Version\"", "{\"Id\":\"\u007f\u0080\u00ff\",\"Version\"", StringComparison.Ordinal)));

        async Task<string?> CodeAsync(string text)
        {
            var fixedOnes = others.Split('|').Select(pair => (pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]));
            return (await bench.CallAsync(action, [.. fixedOnes, (parameter, text)])).Error?.Code;
        }
    }
}
