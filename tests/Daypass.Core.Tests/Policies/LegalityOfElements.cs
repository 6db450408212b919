using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>Which element is legal in which type of policy.</summary>
public sealed class LegalityOfElements
{
    private const string S3 = "'Effect':'Deny','Action':'s3:*','Resource':'*'";
    private const string Sts = "'Effect':'Allow','Principal':{'AWS':'111111111111'},'Action':'sts:AssumeRole'";
    private const string Organization = "The provided policy document does not meet the requirements of the specified policy type.";
    private const string Trusting = "Trust Policy statement actions can only be sts:AssumeRole, sts:AssumeRoleWithSAML,  and sts:AssumeRoleWithWebIdentity";

    /// <summary>Type, the statement's members, the message or null if it is legal.</summary>
    public static TheoryData<PolicyType, string, string?> Rows => new()
    {
        { PolicyType.Identity, S3, null },
        { PolicyType.Session, S3, null },
        { PolicyType.Boundary, S3, null },
        { PolicyType.ServiceControl, S3, null },
        { PolicyType.Resource, S3, null },
        { PolicyType.Identity, S3 + ",'Principal':'*'", "Has prohibited field Principal" },
        { PolicyType.Session, S3 + ",'Principal':'*'", "Has prohibited field Principal" },
        { PolicyType.Boundary, S3 + ",'NotPrincipal':'*'", "Has prohibited field NotPrincipal" },
        { PolicyType.ServiceControl, S3 + ",'Principal':'*'", Organization },
        { PolicyType.Resource, S3 + ",'Principal':'*'", null },
        { PolicyType.Resource, S3 + ",'NotPrincipal':{'AWS':'111111111111'}", null },
        { PolicyType.Identity, "'Effect':'Allow','NotAction':'iam:*','NotResource':'arn:aws:s3:::b'", null },
        { PolicyType.ServiceControl, "'Effect':'Allow','NotAction':'iam:*','NotResource':'arn:aws:s3:::b'", null },
        { PolicyType.Trust, Sts, null },
        { PolicyType.Trust, "'Effect':'Allow','Principal':{'Service':'ec2.amazonaws.com'},'Action':['STS:AssumeRole','sts:TagSession','sts:SetSourceIdentity']", null },
        { PolicyType.Trust, "'Effect':'Allow','Principal':{'Federated':'accounts.google.com'},'Action':'sts:AssumeRoleWithWebIdentity'", null },
        { PolicyType.Trust, "'Effect':'Allow','Action':'sts:AssumeRole'", "Missing required field Principal" },
        { PolicyType.Trust, Sts + ",'Resource':'*'", "Has prohibited field Resource" },
        { PolicyType.Trust, Sts + ",'NotResource':'*'", "Has prohibited field NotResource" },
        { PolicyType.Trust, "'Effect':'Deny','NotPrincipal':{'AWS':'111111111111'},'Action':'sts:*'", "Has prohibited field NotPrincipal" },
        { PolicyType.Trust, "'Effect':'Deny','Principal':'*','NotAction':'sts:AssumeRole'", "Has prohibited field NotAction" },
        { PolicyType.Trust, "'Effect':'Allow','Principal':'*','Action':'s3:GetObject'", Trusting },
        { PolicyType.Trust, "'Effect':'Allow','Principal':'*','Action':['sts:AssumeRole','*']", Trusting },
        { PolicyType.ResourceControl, S3 + ",'Principal':'*'", null },
        { PolicyType.ResourceControl, S3 + ",'Principal':{'AWS':'*'}", null },
        { PolicyType.ResourceControl, S3, Organization },
        { PolicyType.ResourceControl, S3 + ",'Principal':{'AWS':'111111111111'}", Organization },
        { PolicyType.ResourceControl, "'Effect':'Deny','Principal':'*','Action':'*','Resource':'*'", Organization },
        { PolicyType.ResourceControl, "'Effect':'Deny','Principal':'*','NotAction':'s3:*','Resource':'*'", Organization },
        { PolicyType.ResourceControl, "'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*'", Organization },
        { PolicyType.ResourceControl, "'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'", null },
    };

    [Theory, MemberData(nameof(Rows))]
    public void Each_type_takes_its_own_elements(PolicyType type, string members, string? message)
    {
        var text = Requests.Json($"{{'Version':'2012-10-17','Statement':{{{members}}}}}");
        PolicyDocument.TryParse(text, type, out var error);
        Assert.Equal(message, error?.Message);
    }

    [Theory]
    [InlineData(PolicyType.Identity, false)]
    [InlineData(PolicyType.Boundary, false)]
    [InlineData(PolicyType.Session, true)]
    [InlineData(PolicyType.ServiceControl, true)]
    [InlineData(PolicyType.Resource, true)]
    public void The_old_version_is_taken_where_AWS_takes_it(PolicyType type, bool isTaken)
    {
        var text = Requests.Json($"{{'Version':'2008-10-17','Statement':[{{{S3}}}]}}");
        Assert.Equal(isTaken, PolicyDocument.TryParse(text, type, out _) is not null);
        Assert.Equal(isTaken, PolicyDocument.TryParse(text.Replace("\"Version\":\"2008-10-17\",", "", StringComparison.Ordinal), type, out _) is not null);
    }

    [Fact]
    public void A_resource_policy_takes_Sids_and_ARNs_that_IAM_would_not()
    {
        var text = Requests.Json("{'Statement':[{'Sid':'let all in',    'Effect':'Allow','Principal':'*','Action':'get','Resource':'ucs:uhost:*:1:instance/x'}]}");
        Assert.NotNull(PolicyDocument.TryParse(text, PolicyType.Resource, out _));
    }

    [Fact]
    public void Conditions_without_content_say_nothing()
    {
        foreach (var condition in new[] { "{}", "{'StringEquals':{}}", "{'NoSuchOperator':{}}" })
        {
            var policy = Requests.Policy(PolicyType.Identity, $"{{'Effect':'Allow','Action':'*','Resource':'*','Condition':{condition}}}");
            Assert.True(KnownTraps.Decide(policy, Requests.Request()).IsAllowed);
        }
    }

    [Fact]
    public void The_principals_named_are_told_with_kind_and_text()
    {
        var document = Requests.Document(
            PolicyType.Trust,
            "{'Effect':'Allow','Principal':{'AWS':['111111111111','arn:aws:iam::111111111111:role/r','arn:aws:iam::111111111111:root'],'Service':'s.example.com'},'Action':'sts:AssumeRole'}",
            "{'Effect':'Deny','Principal':'*','Action':'sts:AssumeRole'}",
            "{'Effect':'Deny','Principal':{'AWS':['arn:aws:sts::111111111111:assumed-role/r/s','AROAEXAMPLEEXAMPLE001','arn:aws:sts::111111111111:federated-user/f','arn:aws:iam::111111111111:user/p/u']},'Action':'sts:AssumeRole'}");
        Assert.Equal(
            [
                PrincipalPatternKind.Account, PrincipalPatternKind.Role, PrincipalPatternKind.Account, PrincipalPatternKind.Service, PrincipalPatternKind.Anyone,
                PrincipalPatternKind.RoleSession, PrincipalPatternKind.UniqueId, PrincipalPatternKind.FederatedUser, PrincipalPatternKind.User,
            ],
            document.Principals.Select(principal => principal.Kind));
        Assert.Equal("arn:aws:iam::111111111111:role/r", document.Principals.ElementAt(1).Text);
    }
}
